// The sketch as a map: what a mark is, its lines, one chosen by pointer, by the arrow keys or from the list.
// Says "place:chosen" with { key, byHand } on the room, and obeys "place:kind" with { key, kind }.
import { collection, maplibre, openMap, source } from "../map/base.js";
import { SIZE, picture, sceneOf } from "./scene.js";

export function draw(room) {
  const scene = sceneOf(room.querySelector("svg"));
  openMap(room, styleOf(scene), scene.corners, (map) => furnish(map, scene, room), 40);
}

const NOBODY = ["==", ["get", "key"], ""];

function styleOf({ land, ties, marks }) {
  return {
    version: 8,
    sources: { land: source(land), ties: source(ties), marks: source(marks) },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": "#f5f6f8" } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": ["case", ["get", "home"], "#fbfaf4", "#ffffff"] } },
      { id: "edge", type: "line", source: "land", paint: { "line-color": ["case", ["get", "home"], "#1c2430", "#7d8793"], "line-width": ["case", ["get", "home"], 1.6, 0.8] } },
      { id: "ties", type: "line", source: "ties", filter: ["==", ["get", "start"], ""], paint: { "line-color": "#1f4e8c", "line-width": 1.6 } },
      { id: "chosen", type: "circle", source: "marks", filter: NOBODY, paint: { "circle-radius": ["+", ["get", "size"], 6], "circle-color": "#fdf3dc", "circle-stroke-color": "#1f4e8c", "circle-stroke-width": 3 } },
    ],
  };
}

function furnish(map, scene, room) {
  for (const sample of room.closest("figure").querySelectorAll("[data-sample]")) map.addImage(sample.dataset.sample, picture(sample), { pixelRatio: 2 });
  map.addLayer({
    id: "marks", type: "symbol", source: "marks",
    layout: {
      "icon-image": ["get", "kind"], "icon-size": ["/", ["get", "size"], SIZE], "icon-allow-overlap": true, "icon-ignore-placement": true,
      "symbol-sort-key": ["get", "size"],
    },
  });
  const said = document.createElement("output");
  said.className = "map-said";
  room.after(said);
  const chooser = choosing(map, scene, room, said);
  pointing(map, chooser);
  keying(map, scene, chooser);
  listing(scene, room, chooser);
  room.addEventListener("place:kind", ({ detail }) => {
    const found = scene.marks.find(({ key }) => key === detail.key);
    if (!found) return;
    found.properties.kind = detail.kind;
    map.getSource("marks").setData(collection(scene.marks));
  });
  map.getCanvas().setAttribute("aria-label", "示意图：方向键换到相邻的点，回车选它，加号、减号放大、缩小");
  room.classList.add("has-map");
}

function choosing(map, { marks, ties: lines }, room, said) {
  const ties = (key) => map.setFilter("ties", ["any", ["==", ["get", "start"], key], ["==", ["get", "end"], key]]);
  const chooser = {
    key: "",
    ties,
    choose(key, byHand) {
      const found = marks.find((each) => each.key === key);
      if (!found) return;
      chooser.key = key;
      map.setFilter("chosen", ["==", ["get", "key"], key]);
      ties(key);
      const linked = lines.filter(({ properties }) => properties.end === key).length;
      said.textContent = found.properties.title + (linked ? `；${linked} 个村、小区或片区去这里` : "");
      const at = found.geometry.coordinates;
      if (!map.getBounds().contains(at)) map.easeTo({ center: at, duration: 0 });
      room.dispatchEvent(new CustomEvent("place:chosen", { detail: { key, byHand, facts: found.facts, title: found.properties.title } }));
    },
  };
  return chooser;
}

function pointing(map, chooser) {
  const popup = new maplibre.Popup({ closeButton: false, closeOnClick: false });
  map.on("mousemove", "marks", ({ features }) => {
    const { key, title } = features[0].properties;
    map.getCanvas().style.cursor = "pointer";
    chooser.ties(key);
    popup.setLngLat(features[0].geometry.coordinates).setText(title).addTo(map);
  });
  map.on("mouseleave", "marks", () => {
    map.getCanvas().style.cursor = "";
    chooser.ties(chooser.key);
    popup.remove();
  });
  map.on("click", "marks", ({ features }) => chooser.choose(features[0].properties.key, true));
}

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function keying(map, { marks }, chooser) {
  map.keyboard.disable();
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (WAYS[event.key]) chooser.choose(next(map, marks, chooser.key, WAYS[event.key]), false);
    else if (event.key === "Enter") chooser.choose(chooser.key, true);
    else if (event.key === "+" || event.key === "=") map.zoomIn();
    else if (event.key === "-") map.zoomOut();
    else return;
    event.preventDefault();
  });
}

// The nearest mark that way, what lies to the side counted double; the one nearest the middle to begin with.
function next(map, marks, key, [right, down]) {
  const spots = marks.map((each) => ({ key: each.key, ...map.project(each.geometry.coordinates) }));
  const here = spots.find((each) => each.key === key);
  if (!here) {
    const { clientWidth, clientHeight } = map.getCanvas();
    return nearest(spots, ({ x, y }) => Math.hypot(x - clientWidth / 2, y - clientHeight / 2))?.key;
  }
  const ahead = spots.filter(({ x, y }) => (x - here.x) * right + (y - here.y) * down > 0.5);
  return nearest(ahead, ({ x, y }) => {
    const along = (x - here.x) * right + (y - here.y) * down, beside = Math.abs((x - here.x) * down) + Math.abs((y - here.y) * right);
    return along + 2 * beside;
  })?.key;
}

function nearest(spots, distance) {
  return spots.reduce((best, each) => (best === undefined || distance(each) < distance(best) ? each : best), undefined);
}

// A list of all there is: for whoever does not know where it lies.
function listing({ marks }, room, chooser) {
  const label = document.createElement("label"), list = document.createElement("select");
  label.className = "map-list";
  label.append("在图上找 ", list);
  list.append(new Option("请选择", ""), ...marks.map((each) => new Option(each.properties.title, each.key)));
  list.addEventListener("change", () => chooser.choose(list.value, false));
  list.addEventListener("input", (event) => event.stopPropagation()); // looking is no change of the form around it
  room.addEventListener("place:chosen", ({ detail }) => (list.value = detail.key));
  room.before(label);
}
