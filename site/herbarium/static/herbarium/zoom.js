// Deep zoom: opens an image's tiles over the page. Without this script the link opens the image.

const TILE = 256;
let leaflet = null;

function load(element, attributes) {
  return new Promise((resolve, reject) => {
    const node = Object.assign(document.createElement(element), attributes);
    node.addEventListener("load", resolve);
    node.addEventListener("error", reject);
    document.head.append(node);
  });
}

// Fetched when somebody looks closer, not with the page.
function library({ script, style }) {
  leaflet ??= Promise.all([
    load("link", { rel: "stylesheet", href: style }),
    load("script", { src: script }),
  ]);
  return leaflet;
}

function frame({ name, close }, opener) {
  const dialog = document.createElement("dialog");
  dialog.className = "zoom";
  dialog.setAttribute("aria-label", name);
  const button = Object.assign(document.createElement("button"), {
    type: "button",
    className: "btn btn--quiet",
    textContent: close,
  });
  button.addEventListener("click", () => dialog.close());
  const map = document.createElement("div");
  map.className = "zoom__map";
  dialog.append(button, map);
  dialog.addEventListener("close", () => {
    dialog.remove();
    opener.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  return map;
}

function draw(place, { tiles, levels, width, height, ...words }) {
  const depth = Number(levels);
  const map = L.map(place, {
    crs: L.CRS.Simple,
    minZoom: 0,
    maxZoom: depth + 1,
    zoomSnap: 0.5,
    attributionControl: false,
    zoomControl: false,
  });
  L.control.zoom({ zoomInTitle: words.in, zoomOutTitle: words.out }).addTo(map);
  const bounds = L.latLngBounds(
    map.unproject([0, 0], depth),
    map.unproject([Number(width), Number(height)], depth),
  );
  L.tileLayer(`${tiles}/{z}/{x}/{y}.webp`, {
    tileSize: TILE,
    minZoom: 0,
    maxZoom: depth + 1,
    maxNativeZoom: depth,
    noWrap: true,
    bounds,
  }).addTo(map);
  map.fitBounds(bounds);
  map.setMaxBounds(bounds.pad(0.25));
  // Arrow keys move, + and - zoom, Escape closes.
  place.setAttribute("aria-label", words.name);
  place.focus();
}

for (const link of document.querySelectorAll("[data-zoom]")) {
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    try {
      await library(link.dataset);
    } catch {
      window.location.assign(link.href);
      return;
    }
    draw(frame(link.dataset, link), link.dataset);
  });
}
