// The sketch in the page, as shapes for a map. The page draws it as SVG, so that it is there without this script and on paper.

export const DEGREES = 0.01; // of one unit of the sketch: so small a part of the globe, and at the equator, is as good as flat

export function shapesOf(svg) {
  const [left, top, width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const place = (x, y) => [(x - left - width / 2) * DEGREES, (top + height / 2 - y) * DEGREES];
  const counties = [...svg.querySelectorAll("path:not(.city)")].map((path, id) => county(path, id, place));
  const cities = [...svg.querySelectorAll("path.city")].map((path) => feature("MultiLineString", rings(path, place), {}));
  const names = [...svg.querySelectorAll("text.name")].map((text) => ({
    name: text.textContent,
    at: place(Number(text.getAttribute("x")), Number(text.getAttribute("y"))),
  }));
  return { counties, cities, names, corners: [place(left, top + height), place(left + width, top)] };
}

function county(path, id, place) {
  const pieces = rings(path, place).map((ring) => [ring]);
  const largest = pieces.map(([ring]) => ring).sort((one, other) => other.length - one.length)[0];
  const title = path.querySelector("title").textContent;
  const shape = feature("MultiPolygon", pieces, {
    id, title,
    kind: path.getAttribute("class").replace("county-", ""),
    href: path.closest("a")?.getAttribute("href") ?? "",
  });
  return { ...shape, id, middle: middle(largest) };
}

function feature(type, coordinates, properties) {
  return { type: "Feature", properties, geometry: { type, coordinates } };
}

// "M x y l dx dy dx dy … z", several times.
function rings(path, place) {
  return path.getAttribute("d").split("M").slice(1).map((piece) => {
    const numbers = piece.match(/-?\d+/g).map(Number);
    const points = [];
    for (let at = 0, x = 0, y = 0; at < numbers.length; at += 2) {
      x += numbers[at];
      y += numbers[at + 1];
      points.push(place(x, y));
    }
    return [...points, points[0]];
  });
}

function middle(ring) {
  const xs = ring.map(([x]) => x), ys = ring.map(([, y]) => y);
  return [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
}
