// The site works without this file. It saves a page load here and there, and keeps people from losing what they typed.
import htmx from "htmx.org";
import "./site.css";
import { guardForms } from "./guard.js";
import { showUploads } from "./upload.js";
import { queueOffline } from "./offline.js";

// The page's security policy allows neither eval nor inline styles.
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;

guardForms(document);
showUploads(document);
queueOffline(document);
document.addEventListener("htmx:load", (event) => {
  guardForms(event.target);
  showUploads(event.target);
});
