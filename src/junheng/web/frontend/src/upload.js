// Forms with files are sent with a bar that shows how far they are; the page that answers takes the place of this one.
import { sized } from "./files.js";
import { showPage } from "./page.js";

export function sendUploads(root) {
  for (const form of root.querySelectorAll('form[enctype="multipart/form-data"]:not([data-offline])')) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form, event.submitter);
    });
  }
}

function send(form, submitter) {
  const bar = new Bar(form);
  const data = new FormData(form);
  if (submitter?.name) data.append(submitter.name, submitter.value);
  const request = new XMLHttpRequest();
  request.open("POST", form.getAttribute("action") || location.href);
  request.upload.addEventListener("progress", (event) => bar.show(event.loaded, event.total));
  request.addEventListener("load", () => showPage(request.responseURL, request.responseText));
  request.addEventListener("error", () => bar.fail("网络中断，文件没有传完。请检查网络后再传一次；已填的内容还在。"));
  request.send(data);
}

class Bar {
  constructor(form) {
    this.buttons = [...form.querySelectorAll("button")];
    this.buttons.forEach((button) => (button.disabled = true));
    form.querySelector(".upload-bar")?.remove();
    this.box = document.createElement("div");
    this.box.className = "upload-bar";
    this.words = document.createElement("p");
    this.words.setAttribute("role", "status");
    this.words.textContent = "正在上传";
    this.bar = document.createElement("progress");
    this.bar.className = "progress";
    this.bar.setAttribute("aria-label", "上传进度");
    this.box.append(this.words, this.bar);
    form.append(this.box);
  }

  show(loaded, total) {
    this.bar.max = total;
    this.bar.value = loaded;
    this.words.textContent = loaded < total ? `正在上传：${sized(loaded)} / ${sized(total)}` : "已传完，正在登记";
  }

  fail(text) {
    this.buttons.forEach((button) => (button.disabled = false));
    this.box.replaceChildren(this.words);
    this.words.className = "notice error";
    this.words.setAttribute("role", "alert");
    this.words.textContent = text;
  }
}
