// A map of shapes without a ground under it: nothing is fetched, from us or from anybody else. The table beside it says
// the same, so the picture itself is left out for those who hear the page. A bundle of its own: few pages have a map.
import { Map } from "leaflet/src/map/index.js";
import { Polygon } from "leaflet/src/layer/vector/index.js";
import { Tooltip } from "leaflet/src/layer/Tooltip.js";

const words = (text) => {
  const line = document.createElement("span");
  line.textContent = text;
  return line;
};
const turned = (ring) => ring.map(([east, north]) => [north, east]);

function draw(map, { outline, words: said, label, shade, kind }) {
  const shape = new Polygon(turned(outline), {
    className: `al-map__${kind} al-map__shade-${shade}`,
    fill: kind === "cell",
    interactive: kind === "cell",
  }).addTo(map);
  if (kind === "cell") shape.bindTooltip(words(said), { sticky: true });
  if (label) {
    new Tooltip({ permanent: true, direction: "center", className: "al-map__label", interactive: false })
      .setLatLng(shape.getBounds().getCenter())
      .setContent(words(label))
      .addTo(map);
  }
  return shape.getBounds();
}

function button(map, bar, sign, said, by) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "al-map__zoom";
  made.textContent = sign;
  made.setAttribute("aria-label", said);
  made.addEventListener("click", () => map.setZoom(map.getZoom() + by));
  bar.append(made);
}

export function start(box) {
  const shapes = JSON.parse(box.dataset.shapes);
  if (!shapes.length) return;
  box.hidden = false;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = new Map(box, {
    attributionControl: false, zoomControl: false, zoomSnap: 0.25, zoomDelta: 0.5, scrollWheelZoom: false,
    zoomAnimation: !still, fadeAnimation: !still, inertia: !still,
  });
  const whole = shapes.map(({ outline }) => new Polygon(turned(outline)).getBounds()).reduce((a, b) => a.extend(b));
  map.fitBounds(whole, { padding: [12, 12], animate: false });
  map.setMaxBounds(whole.pad(0.5));
  for (const shape of shapes) draw(map, shape);
  const bar = document.createElement("div");
  bar.className = "al-map__bar";
  button(map, bar, "+", box.dataset.nearer, 0.5);
  button(map, bar, "−", box.dataset.wider, -0.5);
  box.before(bar);
}

for (const box of document.querySelectorAll('[data-module~="map"]')) start(box);
