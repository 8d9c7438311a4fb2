// The site works without this script. It keeps people from losing what they typed, and saves a page load here and there.
import htmx from "htmx.org";
import "./site.css";
import { openDialogs } from "./dialog.js";
import { guardForms } from "./guard.js";
import { keepOffline } from "./offline/forms.js";
import { showFiles } from "./files.js";
import { bindPins } from "./places/pins.js";
import { sendUploads } from "./upload.js";

// The page's security policy allows neither eval nor inline styles.
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;

htmx.onLoad((root) => {
  guardForms(root);
  showFiles(root);
  sendUploads(root);
  openDialogs(root);
  keepOffline(root);
  for (const room of root.querySelectorAll("[data-map]")) import("./map/map.js").then((map) => map.draw(room)); // large: only where there is one
  for (const room of root.querySelectorAll("[data-places]")) import("./places/places.js").then((places) => places.draw(room));
  for (const form of root.querySelectorAll("form[data-pins]")) bindPins(form);
});
