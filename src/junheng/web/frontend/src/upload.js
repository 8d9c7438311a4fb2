// File inputs: say what was chosen and how large it is, and refuse what is over the limit before it travels.
export function showUploads(root) {
  for (const input of root.querySelectorAll("input[type=file]")) {
    if (input.dataset.shown) continue;
    input.dataset.shown = "1";
    const words = document.createElement("p");
    words.className = "muted";
    words.setAttribute("aria-live", "polite");
    input.after(words);
    input.addEventListener("change", () => {
      const most = Number(input.dataset.mostMb || 50);
      const large = [...input.files].filter((file) => file.size > most * 1024 * 1024);
      words.textContent = large.length
        ? `${large[0].name} 超过 ${most} MB，请压缩或拆分后再传。`
        : [...input.files].map((file) => `${file.name}（${(file.size / 1024).toFixed(0)} KB）`).join("，");
      input.setCustomValidity(large.length ? words.textContent : "");
    });
  }
}
