import htmx from "htmx.org";

// Puts a page that a form's answer brought in place of this one, without asking the server for it again: what it has
// to say (messages) it says once.
export function showPage(url, html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  history.replaceState(null, "", url);
  document.title = page.title;
  document.body.replaceChildren(...page.body.childNodes);
  htmx.process(document.body);
  htmx.trigger(document.body, "htmx:load", { elt: document.body });
  window.scrollTo(0, 0);
  document.querySelector("main")?.focus();
}
