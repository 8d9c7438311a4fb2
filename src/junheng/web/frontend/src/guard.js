// Forms marked data-guard: warn before what was typed is lost.
const changed = new Set();

export function guardForms(root) {
  for (const form of root.querySelectorAll("form[data-guard]")) {
    if (form.dataset.guarded) continue;
    form.dataset.guarded = "1";
    form.addEventListener("input", () => changed.add(form));
    form.addEventListener("submit", () => changed.delete(form));
    form.addEventListener("htmx:afterRequest", (event) => event.detail.successful && changed.delete(form));
  }
}

window.addEventListener("beforeunload", (event) => {
  for (const form of changed) if (!form.isConnected) changed.delete(form);
  if (changed.size) event.preventDefault();
});
