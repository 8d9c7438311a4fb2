import { holdsChanges } from "./guard.js";

// Links marked data-dialog lead to a page that asks before a step is taken; with this script it opens over the present
// page, with data-dialog="drawer" at its right edge. What it holds, its title included, is the page's own: without the
// script, or without an answer, the link is followed.
export function openDialogs(root) {
  if (!window.HTMLDialogElement) return;
  for (const link of root.querySelectorAll("a[data-dialog]")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open(link.href, link.dataset.dialog).catch(() => location.assign(link.href));
    });
  }
}

async function open(url, look) {
  const response = await fetch(url);
  if (!response.ok || response.redirected) throw new Error(String(response.status));
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const dialog = dialogOf(page.querySelector("main"));
  for (const form of dialog.querySelectorAll("form:not([action])")) form.setAttribute("action", url);
  if (look) dialog.classList.add(look);
  document.body.append(dialog);
  for (const link of dialog.querySelectorAll("a")) {
    if (link.pathname === location.pathname) link.addEventListener("click", (event) => leave(event, dialog));
  }
  dialog.addEventListener("cancel", (event) => holdsChanges(dialog) && event.preventDefault()); // Esc, after typing
  dialog.addEventListener("close", () => dialog.remove());
  dialog.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true, detail: { elt: dialog } }));
  dialog.showModal();
}

function dialogOf(main) {
  const dialog = document.createElement("dialog");
  const title = document.createElement("h2");
  title.id = "title";
  title.textContent = main.querySelector("h1").textContent;
  main.querySelector("h1").remove();
  dialog.append(title, ...main.childNodes);
  renameIds(dialog);
  dialog.setAttribute("aria-labelledby", title.id);
  return dialog;
}

// The page beneath may hold fields of the same names.
function renameIds(dialog) {
  for (const attribute of ["id", "for", "aria-describedby", "aria-labelledby"]) {
    for (const element of dialog.querySelectorAll(`[${attribute}]`)) {
      element.setAttribute(attribute, element.getAttribute(attribute).replace(/\S+/g, "dialog-$&"));
    }
  }
}

function leave(event, dialog) {
  event.preventDefault();
  dialog.close();
}
