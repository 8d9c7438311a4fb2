// Selects of a list and a map of the same schools: what is chosen on one shows on the other. A school whose row is on another page of
// the list gets a row of its own below the map, in the same form.

export function bindPins(form) {
  const room = form.querySelector("[data-places]");
  const side = form.querySelector("[data-side]");
  if (!room || !side) return;
  const tell = (select) => {
    const kind = select.selectedOptions[0]?.dataset.kind;
    if (kind) room.dispatchEvent(new CustomEvent("place:kind", { detail: { key: select.dataset.key, kind } }));
  };
  form.addEventListener("change", ({ target }) => target.matches("select[data-key]") && tell(target));
  room.addEventListener("place:chosen", ({ detail }) => show(form, side, detail));
}

function show(form, side, { key, byHand, facts, title }) {
  let row = rowOf(form, key);
  const label = document.createElement("label"), twin = (row ?? choicesOf(form, facts)).cloneNode(true);
  twin.removeAttribute("name");
  twin.removeAttribute("data-key");
  twin.removeAttribute("aria-label");
  twin.id = "pin-on-map";
  twin.value = row ? row.value : (facts.value ?? "");
  label.htmlFor = twin.id;
  label.textContent = facts.name;
  twin.addEventListener("change", () => {
    row ??= added(form, key, facts, title);
    row.value = twin.value;
    row.dispatchEvent(new Event("change", { bubbles: true }));
  });
  side.replaceChildren(label, " ", twin);
  side.hidden = false;
  if (byHand) twin.focus({ preventScroll: true });
}

const rowOf = (form, key) => [...form.querySelectorAll("select[data-key]")].find((each) => each.dataset.key === key);

// The choices of a school without a row here; what its table says otherwise stands first until it is chosen anew.
function choicesOf(form, facts) {
  const select = form.querySelector(`template[data-choices="${facts.group}"]`).content.querySelector("select").cloneNode(true);
  if (facts.value && ![...select.options].some(({ value }) => value === facts.value)) select.prepend(new Option("照约束表里另写的", facts.value));
  return select;
}

function added(form, key, facts, title) {
  const select = choicesOf(form, facts), line = document.createElement("label"), others = form.querySelector("[data-others]");
  select.name = `pin:${key}`;
  select.dataset.key = key;
  line.append(title, " ", select);
  others.append(line);
  others.hidden = false;
  return select;
}
