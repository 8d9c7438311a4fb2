// Forms marked data-guard: warn before what was typed is lost.
const changed = new Set();

export const holdsChanges = (element) => [...changed].some((form) => element.contains(form));

export function guardForms(root) {
  for (const form of root.querySelectorAll("form[data-guard]")) {
    form.addEventListener("input", () => changed.add(form));
    form.addEventListener("submit", () => changed.delete(form));
    form.addEventListener("htmx:afterRequest", (event) => event.detail.successful && changed.delete(form));
  }
}

window.addEventListener("beforeunload", (event) => {
  for (const form of changed) if (!form.isConnected) changed.delete(form);
  if (!changed.size) return;
  event.preventDefault();
  event.returnValue = ""; // what browsers before 2024 look at
});
