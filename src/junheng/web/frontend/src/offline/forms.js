// Forms marked data-offline: site visits where the signal is bad. What is typed and photographed is kept in the browser
// while it is being entered; what is sent without a signal waits there, and goes by itself when the signal is back.
//
// Contract with the server:
// - <form method="post" enctype="multipart/form-data" action="…" data-offline> with a hidden field client_id: a UUID,
//   made anew for every form the server shows. Actions differ between the forms of a page.
// - Taken: the answer is a redirect. Not taken: the form shown again, or a 4xx; the entries then go back into the form.
// - A post with a client_id the server has taken already changes nothing and is answered as the first was: an answer may
//   get lost on the way, and the post is then sent again.
// - <body data-account>: entries are sent in the account that made them, and given back to no other.
import { showPage } from "../page.js";
import { Draft } from "./draft.js";
import { sendOne, sendWaiting } from "./sending.js";
import { posts } from "./store.js";
import { tell } from "./telling.js";

const EVERY = 60_000; // a browser's own idea of being online is often wrong in a village
let timer = null;

export function keepOffline(root) {
  const account = document.body.dataset.account;
  if (!account || !window.indexedDB) return;
  const forms = root.querySelectorAll("form[data-offline]");
  for (const form of forms) keep(form, account);
  if (!forms.length && !posts.mayBeThere()) return;
  resend(account);
  if (timer) return;
  timer = setInterval(() => resend(account), EVERY);
  window.addEventListener("online", () => resend(account));
}

function keep(form, account) {
  const key = `${account} ${new URL(form.action).pathname}`;
  const draft = new Draft(form, key, account);
  draft.giveBack();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const post = { id: form.elements.client_id.value, at: Date.now(), account, key, action: form.action, page: location.pathname, entries: entriesOf(form, event.submitter) };
    await posts.put(post);
    await draft.forget();
    form.elements.client_id.value = newId(); // what is entered from now on is another record
    const answer = await sendOne(post);
    if (answer.page) showPage(answer.page.url, answer.page.html);
    else await tell(account, answer.later);
  });
}

async function resend(account) {
  await tell(account, await sendWaiting(account));
}

function entriesOf(form, submitter) {
  const entries = [...new FormData(form).entries()];
  return submitter?.name ? [...entries, [submitter.name, submitter.value]] : entries;
}

// crypto.randomUUID is missing on an intranet without HTTPS.
function newId() {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
