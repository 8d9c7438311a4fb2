// A MapLibre map in a room of the page: no tiles, the strict bundle, words in Chinese. Without WebGL the room keeps its sketch.
import maplibre from "maplibre-gl/dist/maplibre-gl-csp.js";
import worker from "maplibre-gl/dist/maplibre-gl-csp-worker.js?url";
import "maplibre-gl/dist/maplibre-gl.css";

maplibre.setWorkerUrl(worker); // the usual way, a worker out of a blob, is refused by the page's security policy

const WORDS = {
  "Map.Title": "示意图", "NavigationControl.ZoomIn": "放大", "NavigationControl.ZoomOut": "缩小", "Popup.Close": "关闭", "Marker.Title": "市",
};

export { maplibre };

export const source = (features) => ({ type: "geojson", data: collection(features) });

export const collection = (features) => ({ type: "FeatureCollection", features });

// `furnish(map)` is called when the style has loaded; what it throws is not caught here.
export function openMap(room, style, corners, furnish, padding = 8) {
  const live = document.createElement("div");
  live.className = "map-live";
  room.append(live);
  try {
    const map = new maplibre.Map({
      container: live, style, bounds: corners, fitBoundsOptions: { padding }, attributionControl: false,
      renderWorldCopies: false, dragRotate: false, pitchWithRotate: false, cooperativeGestures: false, locale: WORDS, maxZoom: 12,
    });
    map.touchZoomRotate.disableRotation();
    map.scrollZoom.disable(); // whoever reads down the page shall not be caught here
    map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
    map.on("load", () => furnish(map));
  } catch {
    live.remove();
  }
}
