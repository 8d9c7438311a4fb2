// The line that says what waits in this browser.
import { drafts, posts } from "./store.js";

export async function tell(account, why) {
  const waiting = (await posts.of(account)).length;
  const refused = await drafts.refused(account);
  if (!waiting && !refused.length) posts.markEmpty();
  const line = lineOf();
  line.replaceChildren();
  line.hidden = !waiting && !refused.length;
  if (waiting) line.append(said(`${why ? `${why}：` : ""}${waiting} 条记录存在本机，恢复后自动上传。请不要清除浏览器数据。`));
  for (const draft of refused) line.append(saidOf(draft));
}

function lineOf() {
  const there = document.getElementById("offline-line");
  if (there) return there;
  const line = document.createElement("div");
  line.id = "offline-line";
  line.className = "notice notice-warning";
  line.setAttribute("role", "status");
  document.querySelector("main").prepend(line);
  return line;
}

function said(text) {
  const words = document.createElement("p");
  words.textContent = text;
  return words;
}

function saidOf(draft) {
  const words = said("有一条记录没有被接受，内容已放回表单：");
  const link = document.createElement("a");
  link.href = draft.page;
  link.textContent = "打开查看";
  words.append(link);
  return words;
}
