// Deep zoom: opens an image's tiles over the page. Without this script the link opens the image.
"use strict";

const TILE = 256;

function openZoom(link) {
  const { folder, levels, width, height, close } = link.dataset;
  const depth = Number(levels);
  const dialog = document.createElement("dialog");
  dialog.className = "zoom";
  const map = document.createElement("div");
  map.className = "zoom__map";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn";
  button.textContent = close;
  button.addEventListener("click", () => dialog.close());
  dialog.append(button, map);
  dialog.addEventListener("close", () => {
    dialog.remove();
    link.focus();
  });
  document.body.append(dialog);
  dialog.showModal();

  const flat = L.map(map, { crs: L.CRS.Simple, minZoom: 0, maxZoom: depth + 1, attributionControl: false });
  const corner = flat.unproject([Number(width), Number(height)], depth);
  const bounds = L.latLngBounds(flat.unproject([0, 0], depth), corner);
  L.tileLayer(`${folder}/{z}/{x}/{y}.jpg`, { tileSize: TILE, maxNativeZoom: depth, noWrap: true, bounds }).addTo(flat);
  flat.fitBounds(bounds);
  flat.setMaxBounds(bounds.pad(0.2));
  map.querySelector("[tabindex]")?.focus();
}

for (const link of document.querySelectorAll("[data-zoom]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    openZoom(link);
  });
}
