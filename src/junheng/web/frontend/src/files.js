// File inputs: say what was chosen and how large it is, and refuse what is over data-most-mb before it travels.
export function showFiles(root) {
  for (const input of root.querySelectorAll("input[type=file]")) {
    const words = document.createElement("p");
    words.className = "muted";
    words.setAttribute("aria-live", "polite");
    input.after(words);
    input.addEventListener("change", () => {
      const most = Number(input.dataset.mostMb || Infinity);
      const large = [...input.files].find((file) => file.size > most * 1024 * 1024);
      input.setCustomValidity(large ? `${large.name} 超过 ${most} MB，请压缩或拆分后再传。` : "");
      words.textContent = large ? input.validationMessage : told([...input.files]);
    });
  }
}

function told(files) {
  if (files.length > 3) return `已选 ${files.length} 个文件，共 ${sized(files.reduce((sum, file) => sum + file.size, 0))}`;
  return files.map((file) => `${file.name}（${sized(file.size)}）`).join("，");
}

export function sized(bytes) {
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
