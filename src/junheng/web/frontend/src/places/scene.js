// The sketch of schools and villages in the page, as shapes for a map.
import { DEGREES } from "../map/outlines.js";

export function sceneOf(svg) {
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const place = (x, y) => [(x - width / 2) * DEGREES, (height / 2 - y) * DEGREES];
  const number = (element, name) => Number(element.getAttribute(name));
  const land = [...svg.querySelectorAll("path.land")].map((path) => feature("MultiPolygon", rings(path, place), { home: path.classList.contains("land-home") }));
  const marks = [...svg.querySelectorAll("path.place")].map((path, id) => {
    const [, x, y, size] = path.getAttribute("transform").match(/translate\(([\d.-]+) ([\d.-]+)\) scale\(([\d.]+)\)/).map(Number);
    const { key, kind } = path.dataset;
    return { ...feature("Point", place(x, y), { key, kind, size, title: path.querySelector("title").textContent }), id, key, facts: { ...path.dataset } }; // plain: it goes to the worker
  });
  const ties = [...svg.querySelectorAll("line.tie")].map((line) =>
    feature("LineString", [place(number(line, "x1"), number(line, "y1")), place(number(line, "x2"), number(line, "y2"))], {
      start: line.dataset.start, end: line.dataset.end,
    }));
  const [lons, lats] = [0, 1].map((at) => marks.map(({ geometry }) => geometry.coordinates[at]));
  return { land, marks, ties, corners: [[Math.min(...lons), Math.min(...lats)], [Math.max(...lons), Math.max(...lats)]] };
}

function feature(type, coordinates, properties) {
  return { type: "Feature", properties, geometry: { type, coordinates } };
}

function rings(path, place) {
  return path.getAttribute("d").split("M").slice(1).map((piece) => [
    piece.replace("z", "").split("L").map((spot) => place(...spot.split(" ").map(Number))),
  ]);
}

// The shape of a kind, as its sample in the legend has it.
const DOTS = 44, UNIT = 14;

export function picture(sample) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = DOTS;
  const pen = canvas.getContext("2d"), look = getComputedStyle(sample), shape = new Path2D();
  shape.addPath(new Path2D(sample.getAttribute("d")), new DOMMatrix([UNIT, 0, 0, UNIT, DOTS / 2, DOTS / 2]));
  pen.fillStyle = look.fill;
  pen.strokeStyle = look.stroke;
  pen.lineWidth = 2.4 * parseFloat(look.strokeWidth);
  if (look.strokeDasharray !== "none") pen.setLineDash([5, 4]);
  pen.fill(shape, "evenodd");
  pen.stroke(shape);
  return pen.getImageData(0, 0, DOTS, DOTS);
}

export const SIZE = UNIT / 2; // pixels from the middle of a picture shown at half its dots
