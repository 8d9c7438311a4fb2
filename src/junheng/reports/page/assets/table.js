"use strict";
(() => {
const verdict = document.getElementById("f-v"), name = document.getElementById("f-name"), none = document.getElementById("none");
function arrange() {
  let seen = 0;
  for (const row of document.querySelectorAll("tr[data-v]")) {
    row.hidden = (verdict.value && row.dataset.v !== verdict.value) || !row.cells[0].textContent.includes(name.value.trim());
    if (!row.hidden) seen += 1;
  }
  none.hidden = seen > 0;
}
verdict.addEventListener("change", arrange);
name.addEventListener("input", arrange);
})();
