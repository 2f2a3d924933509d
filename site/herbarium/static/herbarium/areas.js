// The map of growing areas: a dot for each area of the list, gathered where they crowd, and the
// outlines of plots for who comes close. Without this script, or without the data, the list says
// the same.

const CLOSE = 13; // zoom from which outlines are worth drawing
const CELL = 44; // pixels in which areas are gathered

function load(element, attributes) {
  return new Promise((resolve, reject) => {
    const node = Object.assign(document.createElement(element), attributes);
    node.addEventListener("load", resolve);
    node.addEventListener("error", reject);
    document.head.append(node);
  });
}

async function read(address) {
  const answer = await fetch(address, { headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

// Gathers the areas in view into cells of the screen; a cell of one area is that area.
function gather(map, areas) {
  const view = map.getBounds().pad(0.2);
  const zoom = map.getZoom();
  const cells = new Map();
  for (const area of areas) {
    const [, longitude, latitude] = area;
    if (!view.contains([latitude, longitude])) continue;
    const at = map.project([latitude, longitude], zoom);
    const key = `${Math.floor(at.x / CELL)} ${Math.floor(at.y / CELL)}`;
    const cell = cells.get(key);
    if (cell) cell.push(area);
    else cells.set(key, [area]);
  }
  return [...cells.values()];
}

function middle(areas) {
  const sum = areas.reduce((sum, [, x, y]) => [sum[0] + x, sum[1] + y], [0, 0]);
  return [sum[1] / areas.length, sum[0] / areas.length];
}

function bubble(cell, words) {
  const size = Math.min(56, 28 + 6 * Math.log2(cell.length));
  const worst = Math.max(...cell.map(([, , , state]) => state));
  const icon = L.divIcon({
    className: `areamap__bubble areamap__bubble--${worst ? "mixed" : "good"}`,
    html: `<span>${cell.length}</span>`,
    iconSize: [size, size],
  });
  return L.marker(middle(cell), { icon, title: `${cell.length} ${words.many}`, alt: "" });
}

function dot(area, page, states) {
  const [code, longitude, latitude, state] = area;
  const icon = L.divIcon({
    className: `areamap__dot areamap__dot--${state}`,
    iconSize: [16, 16],
  });
  const title = `${code}: ${states[state]}`;
  const mark = L.marker([latitude, longitude], { icon, title, alt: title });
  return opens(mark, () => {
    location.href = page.replace("CODE", encodeURIComponent(code));
  });
}

// A finger, a mouse and the Enter key do the same.
function opens(mark, act) {
  mark.on("click", act);
  return mark.on("keypress", ({ originalEvent }) => {
    if (originalEvent.key === "Enter") act();
  });
}

class AreaMap {
  constructor(section) {
    this.section = section;
    this.words = section.dataset;
    this.map = L.map(section.querySelector(".areamap__map"), {
      zoomControl: false,
      keyboard: true,
      scrollWheelZoom: false,
      maxZoom: 18,
      minZoom: 4,
    });
    this.map.attributionControl.setPrefix("");
    L.control.zoom({ zoomInTitle: this.words.in, zoomOutTitle: this.words.out }).addTo(this.map);
    if (this.words.tiles) {
      L.tileLayer(this.words.tiles, { attribution: this.words.attribution }).addTo(this.map);
    }
    this.marks = L.layerGroup().addTo(this.map);
    this.names = L.layerGroup().addTo(this.map);
    this.outlines = L.geoJSON([], { className: "areamap__outline" }).addTo(this.map);
    this.map.on("moveend", () => this.draw());
  }

  async show() {
    const asked = location.search;
    const { areas, provinces } = await read(this.words.areas + asked);
    if (asked !== location.search) return; // a filter chosen since then is on its way
    this.areas = areas;
    this.names.clearLayers();
    for (const [name, longitude, latitude] of provinces) {
      const html = Object.assign(document.createElement("span"), { textContent: name });
      const icon = L.divIcon({ className: "areamap__name", html, iconSize: [120, 20], iconAnchor: [60, 44] });
      const mark = L.marker([latitude, longitude], { icon, interactive: false, keyboard: false });
      mark.addTo(this.names);
    }
    if (!areas.length) return;
    const places = areas.map(([, longitude, latitude]) => [latitude, longitude]);
    this.map.fitBounds(places, { padding: [32, 32], maxZoom: 12, animate: false });
  }

  draw() {
    this.marks.clearLayers();
    const states = this.words.states.split("|");
    for (const cell of gather(this.map, this.areas ?? [])) {
      const alone = cell.length === 1;
      const mark = alone ? dot(cell[0], this.words.page, states) : bubble(cell, this.words);
      if (!alone) opens(mark, () => this.open(cell));
      mark.addTo(this.marks);
    }
    this.drawOutlines().catch(() => this.outlines.clearLayers());
  }

  // Comes closer until the areas part; those in one place are told apart by the list.
  open(cell) {
    const places = cell.map(([, longitude, latitude]) => [latitude, longitude]);
    const bounds = L.latLngBounds(places);
    if (this.map.getZoom() >= this.map.getMaxZoom() || bounds.getNorthEast().equals(bounds.getSouthWest())) {
      document.getElementById("results").scrollIntoView();
    } else {
      this.map.fitBounds(bounds, { padding: [40, 40] });
    }
  }

  async drawOutlines() {
    if (this.map.getZoom() < CLOSE) {
      this.outlines.clearLayers();
      return;
    }
    const view = this.map.getBounds();
    const box = new URLSearchParams({
      west: view.getWest(),
      south: view.getSouth(),
      east: view.getEast(),
      north: view.getNorth(),
    });
    const found = await read(`${this.words.outlines}?${box}`);
    this.outlines.clearLayers();
    this.outlines.addData(found);
  }
}

async function begin(section) {
  const { script, style } = section.dataset;
  try {
    await Promise.all([
      load("link", { rel: "stylesheet", href: style }),
      load("script", { src: script }),
    ]);
    section.hidden = false;
    const map = new AreaMap(section);
    await map.show();
    // A filter beside the list narrows the map, too.
    document.body.addEventListener("htmx:pushedIntoHistory", () => map.show());
  } catch {
    section.hidden = false;
    section.textContent = section.dataset.failed;
  }
}

const section = document.querySelector(".areamap");
if (section) begin(section);
