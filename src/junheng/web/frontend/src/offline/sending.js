// Sending what waits. A post leaves the browser's store only when the server has answered for it.
import { drafts, posts } from "./store.js";

const PATIENCE = 120_000; // several photographs over a village's signal

// Tries one post. → { page } the answer to show, { later } why it waits on, or {} when there is nothing to say.
export async function sendOne(post) {
  let response;
  try {
    response = await fetch(post.action, { method: "POST", body: bodyOf(post), signal: timeOut() });
  } catch {
    return { later: "没有信号" };
  }
  if (new URL(response.url).pathname.startsWith("/accounts/")) return { later: "登录已过期，请重新登录" };
  if (response.status === 403) return { later: "页面已过期，请刷新" }; // its token is that of an earlier sign-in
  if (response.status === 429 || response.status >= 500) return { later: "服务器暂时不能受理" };
  // Out of store and into the form in this order: at no time is it in neither.
  if (!response.redirected) await drafts.put({ ...draftOf(post), refused: true });
  await posts.remove(post.id);
  return { page: { url: response.redirected ? response.url : post.page, html: await response.text() } };
}

let sending = false;

// Everything that waits, oldest first; stops at the first that cannot go. → why it stopped, "" = nothing is left.
export async function sendWaiting(account) {
  if (sending) return "";
  sending = true;
  try {
    for (const post of await posts.of(account)) {
      const answer = await sendOne(post);
      if (answer.later) return answer.later;
    }
    return "";
  } finally {
    sending = false;
  }
}

function draftOf({ key, account, page, entries }) {
  return { key, account, page, entries };
}

function bodyOf(post) {
  const body = new FormData();
  for (const [name, value] of post.entries) {
    // The token of the session that sends, which may be a later one than that which typed.
    body.append(name, name === "csrfmiddlewaretoken" ? tokenOf(document) || value : value);
  }
  return body;
}

function tokenOf(page) {
  return page.querySelector("input[name=csrfmiddlewaretoken]")?.value;
}

function timeOut() {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), PATIENCE);
  return controller.signal;
}
