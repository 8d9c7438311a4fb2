// Forms marked data-offline="<key>": what is sent without a signal is kept in the browser, photographs included, and
// sent again when the signal is back. Contract: the form has a hidden field `client_id` (a UUID made for this form by the
// server); the server takes a second post with the same client_id as the first, so sending twice does no harm.
const DATABASE = "junheng-offline";

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore("posts", { keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function inStore(mode, work) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction("posts", mode);
    const request = work(transaction.objectStore("posts"));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = () => reject(transaction.error);
  });
}

async function send(post) {
  const body = new FormData();
  for (const [name, value] of post.entries) body.append(name, value);
  const response = await fetch(post.action, { method: "POST", body, redirect: "manual", headers: { "X-CSRFToken": post.token } });
  if (response.type !== "opaqueredirect" && !response.ok) throw new Error(String(response.status));
  await inStore("readwrite", (store) => store.delete(post.id));
}

async function sendAll(say) {
  const waiting = await inStore("readonly", (store) => store.getAll());
  for (const post of waiting) {
    try {
      await send(post);
    } catch {
      break;
    }
  }
  const left = (await inStore("readonly", (store) => store.getAll())).length;
  say(left ? `有 ${left} 条记录存在本机，等有信号时自动上传。` : "");
}

export function queueOffline(root) {
  const forms = root.querySelectorAll("form[data-offline]");
  if (!forms.length || !("indexedDB" in window)) return;
  const words = document.createElement("p");
  words.className = "notice";
  words.setAttribute("role", "status");
  words.hidden = true;
  document.querySelector("main").prepend(words);
  const say = (text) => {
    words.textContent = text;
    words.hidden = !text;
  };
  for (const form of forms) {
    form.addEventListener("submit", async (event) => {
      if (navigator.onLine) return;
      event.preventDefault();
      const data = new FormData(form);
      await inStore("readwrite", (store) =>
        store.put({ id: data.get("client_id"), action: form.action, token: data.get("csrfmiddlewaretoken"), entries: [...data.entries()] }),
      );
      say("没有信号：已存在本机，等有信号时自动上传。请不要清除浏览器数据。");
    });
  }
  window.addEventListener("online", () => sendAll(say));
  if (navigator.onLine) sendAll(say);
}
