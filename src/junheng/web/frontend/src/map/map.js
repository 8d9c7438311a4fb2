// The sketch as a map that can be moved and enlarged, with a list to go to a county by keyboard. Without WebGL the sketch
// stays as it is; on paper it always does. There are no tiles: nothing is asked of any server.
import { maplibre, openMap, source } from "./base.js";
import { COLOURS, hatching, sign } from "./looks.js";
import { shapesOf } from "./outlines.js";

export function draw(room) {
  const shapes = shapesOf(room.querySelector("svg"));
  openMap(room, styleOf(shapes), shapes.corners, (map) => furnish(map, shapes, room));
}

function styleOf(shapes) {
  const points = shapes.counties.map((each) => ({ ...each, geometry: { type: "Point", coordinates: each.middle } }));
  return {
    version: 8,
    sources: { counties: source(shapes.counties), cities: source(shapes.cities), points: source(points) },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": "#f5f6f8" } },
      { id: "fill", type: "fill", source: "counties", paint: { "fill-color": ["match", ["get", "kind"], ...Object.entries(COLOURS).flat(), COLOURS.none] } },
      { id: "edge", type: "line", source: "counties", paint: { "line-color": "#7d8793", "line-width": 0.8 } },
      { id: "city", type: "line", source: "cities", paint: { "line-color": "#1c2430", "line-width": 1.6 } },
      { id: "chosen", type: "line", source: "counties", filter: ["==", ["get", "id"], -1], paint: { "line-color": "#1f4e8c", "line-width": 3 } },
    ],
  };
}

function furnish(map, shapes, room) {
  map.addImage("hatching", hatching());
  map.addLayer({ id: "wait", type: "fill", source: "counties", filter: ["==", ["get", "kind"], "wait"], paint: { "fill-pattern": "hatching" } }, "edge");
  for (const kind of ["pass", "fail", "wait"]) map.addImage(kind, sign(kind), { pixelRatio: 2 });
  map.addLayer({ id: "sign", type: "symbol", source: "points", filter: ["!=", ["get", "kind"], "none"], layout: { "icon-image": ["get", "kind"] } });
  for (const { name, at } of shapes.names) {
    const element = document.createElement("span");
    element.className = "map-name";
    element.textContent = name;
    new maplibre.Marker({ element }).setLngLat(at).addTo(map);
    element.removeAttribute("tabindex");
    element.setAttribute("aria-hidden", "true");
  }
  pointing(map);
  listing(map, shapes, room);
  room.classList.add("has-map");
}

function pointing(map) {
  const popup = new maplibre.Popup({ closeButton: false, closeOnClick: false });
  map.on("mousemove", "fill", ({ features: [found], lngLat }) => {
    map.getCanvas().style.cursor = found.properties.href ? "pointer" : "";
    map.setFilter("chosen", ["==", ["get", "id"], found.properties.id]);
    popup.setLngLat(lngLat).setText(found.properties.title).addTo(map);
  });
  map.on("mouseleave", "fill", () => popup.remove());
  map.on("click", "fill", ({ features: [found] }) => found.properties.href && location.assign(found.properties.href));
}

// A list of the counties: by keyboard, and for whoever does not know where one lies.
function listing(map, shapes, room) {
  const label = document.createElement("label"), list = document.createElement("select"), link = document.createElement("a");
  label.className = "map-list";
  label.append("到哪个县（市、区） ", list, " ", link);
  list.append(new Option("请选择", ""), ...shapes.counties.map((each) => new Option(each.properties.title, each.id)));
  list.addEventListener("change", () => {
    const found = shapes.counties[list.value];
    map.setFilter("chosen", ["==", ["get", "id"], found ? found.id : -1]);
    if (found) map.easeTo({ center: found.middle, zoom: Math.max(map.getZoom(), 7), duration: 0 });
    link.hidden = !found?.properties.href;
    link.textContent = found ? `打开 ${found.properties.title}` : "";
    if (found) link.href = found.properties.href;
  });
  link.hidden = true;
  room.before(label);
}
