// Plots drawn on a map: corners by a click, at the cross in the middle, or where one stands. What
// is drawn stands in the field of text as GeoJSON, which is checked like any other file.

const DECIMALS = 6;

function load(element, attributes) {
  return new Promise((resolve, reject) => {
    const node = Object.assign(document.createElement(element), attributes);
    node.addEventListener("load", resolve);
    node.addEventListener("error", reject);
    document.head.append(node);
  });
}

// Zeros at the end stay: they say how exactly a place is known.
function position([x, y]) {
  return `[${x.toFixed(DECIMALS)}, ${y.toFixed(DECIMALS)}]`;
}

function feature({ label, hectares, geometry }) {
  const places =
    geometry.type === "Point"
      ? position(geometry.coordinates)
      : `[[${geometry.coordinates[0].map(position).join(", ")}]]`;
  const properties = JSON.stringify(hectares == null ? { label } : { label, hectares });
  return `{"type": "Feature", "properties": ${properties}, "geometry": {"type": "${geometry.type}", "coordinates": ${places}}}`;
}

function written(plots) {
  return `{"type": "FeatureCollection", "features": [\n${plots.map(feature).join(",\n")}\n]}`;
}

function isDrawable(geometry) {
  const isOutline = geometry?.type === "Polygon" && geometry.coordinates.length === 1;
  return isOutline || geometry?.type === "Point";
}

// Reads what this map has written; null for what it could not write back without loss.
function read(text) {
  try {
    const plots = JSON.parse(text).features.map(({ properties, geometry }) => ({
      label: properties.label,
      hectares: properties.hectares,
      geometry,
    }));
    const known = plots.every(({ label, geometry }) => typeof label === "string" && isDrawable(geometry));
    return known ? plots : null;
  } catch {
    return null;
  }
}

// A name comes from somebody's file, and a tooltip takes a string for HTML.
function asText(name) {
  return Object.assign(document.createElement("span"), { textContent: name });
}

class Drawing {
  constructor(section, { plots, others, at }) {
    this.section = section;
    this.words = section.dataset;
    this.field = document.getElementById(this.words.field);
    this.plots = plots;
    this.corners = null; // of the plot that is being drawn
    this.map = L.map(section.querySelector(".drawing__map"), { zoomControl: false, maxZoom: 19, minZoom: 5 });
    this.map.attributionControl.setPrefix("");
    L.control.zoom({ zoomInTitle: this.words.in, zoomOutTitle: this.words.out }).addTo(this.map);
    if (this.words.tiles) L.tileLayer(this.words.tiles, { attribution: this.words.attribution, maxZoom: 19 }).addTo(this.map);
    const neighbours = L.geoJSON(others.map(({ name, geometry }) => ({ type: "Feature", properties: { name }, geometry })), {
      className: "drawing__other",
      pointToLayer: (_feature, place) => L.circleMarker(place, { radius: 5, className: "drawing__other" }),
    });
    neighbours.bindTooltip((layer) => asText(layer.feature.properties.name)).addTo(this.map);
    this.kept = L.layerGroup().addTo(this.map);
    this.drawn = L.layerGroup().addTo(this.map);
    this.map.on("click", ({ latlng }) => this.corners && this.add(latlng));
    for (const button of section.querySelectorAll("[data-do]")) {
      button.addEventListener("click", () => this[button.dataset.do]());
    }
    section.querySelector("[name=label]").addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault(); // the form below is not meant
      this.finish();
    });
    this.show();
    const bounds = this.kept.getLayers().length ? L.featureGroup(this.kept.getLayers()).getBounds() : null;
    if (bounds?.isValid()) this.map.fitBounds(bounds, { padding: [40, 40], maxZoom: 17, animate: false });
    else this.map.setView([at[1], at[0]], 13);
  }

  get label() {
    return this.section.querySelector("[name=label]");
  }

  say(sentence) {
    this.section.querySelector("[role=status]").textContent = sentence;
  }

  begin() {
    this.corners = [];
    this.edited = null;
    this.label.value = this.freeLabel();
    this.show();
    this.say(this.words.begun);
  }

  freeLabel() {
    const taken = new Set(this.plots.map(({ label }) => label.toLowerCase()));
    let number = this.plots.length + 1;
    while (taken.has(`${this.words.plot} ${number}`.toLowerCase())) number += 1;
    return `${this.words.plot} ${number}`;
  }

  centre() {
    this.add(this.map.getCenter());
  }

  here() {
    if (!navigator.geolocation) return this.say(this.words.nowhere);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const place = L.latLng(coords.latitude, coords.longitude);
        this.map.panTo(place, { animate: false });
        this.add(place);
        this.say(this.words.exact.replace("{}", Math.round(coords.accuracy)));
      },
      () => this.say(this.words.nowhere),
      { enableHighAccuracy: true, timeout: 20000, maximumAge: 0 },
    );
  }

  add(place) {
    if (!this.corners) return;
    this.corners.push(L.latLng(place.lat, place.lng));
    this.show();
    this.say(`${this.words.corners}: ${this.corners.length}`);
  }

  undo() {
    this.corners?.pop();
    this.show();
    this.say(`${this.words.corners}: ${this.corners?.length ?? 0}`);
  }

  cancel() {
    if (this.edited) this.plots.push(this.edited);
    this.corners = this.edited = null;
    this.show();
    this.say("");
  }

  finish() {
    if (this.corners.length < 3) return this.say(this.words.few);
    const label = this.label.value.trim();
    if (!label) return this.say(this.words.unnamed);
    const ring = this.corners.map(({ lng, lat }) => [lng, lat]);
    this.plots.push({ label, geometry: { type: "Polygon", coordinates: [[...ring, ring[0]]] } });
    this.corners = this.edited = null;
    this.write();
    this.say(this.words.finished);
  }

  edit(plot) {
    this.take(plot);
    this.edited = plot;
    this.label.value = plot.label;
    this.corners = plot.geometry.coordinates[0].slice(0, -1).map(([x, y]) => L.latLng(y, x));
    this.show();
    this.map.fitBounds(L.latLngBounds(this.corners), { padding: [60, 60], maxZoom: 18, animate: false });
    this.say(this.words.begun);
  }

  take(plot) {
    if (this.edited) this.plots.push(this.edited);
    this.plots = this.plots.filter((one) => one !== plot);
    this.corners = this.edited = null;
  }

  remove(plot) {
    this.take(plot);
    this.write();
    this.say(this.words.removed.replace("{}", plot.label));
  }

  write() {
    this.field.value = this.plots.length ? written(this.plots) : "";
    this.show();
  }

  show() {
    this.section.querySelector(".drawing__tools").hidden = !this.corners;
    this.section.querySelector("[data-do=begin]").hidden = Boolean(this.corners);
    this.section.classList.toggle("drawing--open", Boolean(this.corners));
    this.showKept();
    this.showDrawn();
  }

  showKept() {
    this.kept.clearLayers();
    for (const { label, geometry } of this.plots) {
      L.geoJSON(geometry, {
        className: "drawing__plot",
        pointToLayer: (_feature, place) => L.circleMarker(place, { radius: 6, className: "drawing__plot" }),
      })
        .bindTooltip(() => asText(label))
        .addTo(this.kept);
    }
    this.section.querySelector("ul").replaceChildren(...this.plots.map((plot) => this.line(plot)));
  }

  line(plot) {
    const line = document.createElement("li");
    line.append(`${plot.label} `);
    if (plot.geometry.type === "Polygon") line.append(this.button(this.words.edit, plot, () => this.edit(plot)), " ");
    line.append(this.button(this.words.remove, plot, () => this.remove(plot)));
    return line;
  }

  button(word, { label }, act) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: word });
    button.className = "button button-small button-secondary";
    button.setAttribute("aria-label", `${word}: ${label}`);
    button.addEventListener("click", act);
    return button;
  }

  showDrawn() {
    this.drawn.clearLayers();
    if (!this.corners) return;
    const outline = this.corners.length > 2 ? L.polygon : L.polyline;
    const shape = outline(this.corners, { className: "drawing__drawn", interactive: false }).addTo(this.drawn);
    this.corners.forEach((corner, at) => {
      const icon = L.divIcon({ className: "drawing__corner", iconSize: [18, 18] });
      const mark = L.marker(corner, { icon, draggable: true, keyboard: false, alt: "" }).addTo(this.drawn);
      mark.on("drag", ({ latlng }) => {
        this.corners[at] = latlng;
        shape.setLatLngs(this.corners);
      });
    });
  }
}

async function begin(section) {
  const { script, style, field } = section.dataset;
  const text = document.getElementById(field).value.trim();
  const found = JSON.parse(document.getElementById("drawing").textContent);
  const plots = text ? read(text) : found.plots;
  section.hidden = false;
  if (!plots || !plots.every(({ geometry }) => isDrawable(geometry))) {
    section.replaceChildren(section.dataset.other);
    return;
  }
  try {
    await Promise.all([load("link", { rel: "stylesheet", href: style }), load("script", { src: script })]);
    new Drawing(section, { ...found, plots });
  } catch {
    section.replaceChildren(section.dataset.failed);
  }
}

const section = document.querySelector(".drawing");
if (section) begin(section);
