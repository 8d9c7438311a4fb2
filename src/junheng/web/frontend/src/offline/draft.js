// One form's draft: kept while it is being filled in, given back when its page is opened again.
import { drafts } from "./store.js";

export class Draft {
  constructor(form, key, account) {
    this.form = form;
    this.mark = { key, account, page: location.pathname };
    this.timer = null;
    form.addEventListener("input", () => this.soon());
    form.addEventListener("change", () => this.soon());
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => drafts.put({ ...this.mark, entries: [...new FormData(this.form).entries()] }), 300);
  }

  async forget() {
    clearTimeout(this.timer);
    await drafts.remove(this.mark.key);
  }

  // Returns whether there was one.
  async giveBack() {
    const draft = await drafts.get(this.mark.key);
    if (!draft) return false;
    for (const field of this.form.elements) {
      if (field.name && field.type !== "hidden" && field.type !== "submit") fill(field, draft.entries);
    }
    return true;
  }
}

function fill(field, entries) {
  const values = entries.filter(([name]) => name === field.name).map(([, value]) => value);
  if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
  else if (field.type === "file") fillFiles(field, values.filter((value) => value.size));
  else if (field.type === "select-multiple") for (const option of field.options) option.selected = values.includes(option.value);
  else if (values.length) field.value = values[0];
}

function fillFiles(field, files) {
  if (!files.length) return;
  const carrier = new DataTransfer();
  for (const file of files) carrier.items.add(file);
  field.files = carrier.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}
