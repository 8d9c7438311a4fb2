"""What is wrong with a page as a person sees it: at a width, with the keyboard, on paper."""

from __future__ import annotations

import re
from collections.abc import Sequence

from browser import overflows, picture, serious_findings
from playwright.sync_api import ConsoleMessage, Page, Response

from junheng.web.accounts.demo import DEMO_ACCOUNTS

PAPER = 673
"""A4 less its margins, in CSS pixels."""

_ENGLISH = re.compile(r"[A-Za-z_]{3,}")
_KNOWN = re.compile(
    r"\b(APIs?|CAS|Chromium|CSV|DuckDB|Excel|Gini|GitHub|HiGHS|HMAC|HTTPS?|ISO|JPG|JSON|Junheng|OIDC|OpenAPI|PDF|PNG|POST|GET|Parquet|Polars|(?:SHA|sha)-?\d*(?:sum)?|SMTP"
    r"|SQLite|Spark|TOTP|Theil|UTF|URLs?|Windows|certutil|Word|Wilson|WPS|XLSX|ZIP|docx|xlsx?|csv|json|parquet|txt|pdf|jpg|png|zip|Cochran|Linux|duckdb|hashfile|https|total|Authorization|Bearer|Idempotency|Key|ETag|Webhook)\b"
)
"""Names of things, and words that a Chinese reader knows them by."""

_ACCOUNTS = frozenset({*DEMO_ACCOUNTS.values(), "shengcaizheng"})

_WORDS_SEEN = """() => {
  const out = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const box = walker.currentNode.parentElement;
    if (!box.closest("code, pre, kbd, script, style, noscript") && box.checkVisibility()) out.push(walker.currentNode.data);
  }
  return out.join("\\n");
}"""

_CUT_OFF = """() => [...document.querySelectorAll("main *, header *")].filter((each) => {
  const style = getComputedStyle(each);
  return ["hidden", "clip"].includes(style.overflowX) && each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 1
    && each.textContent.trim() && !each.closest("svg, .visually-hidden, textarea, select, [role=progressbar]");
}).map((each) => each.outerHTML.slice(0, 80))"""

_UNSEEN_FOCUS = """() => {
  const can = [...document.querySelectorAll("main a[href], main button, main input:not([type=hidden]), main select, main textarea, main summary, header a[href]")];
  const bad = [];
  for (const each of can.filter((one) => one.checkVisibility()).slice(0, 40)) {
    each.focus();
    if (document.activeElement !== each) continue;
    const style = getComputedStyle(each);
    if ((style.outlineStyle === "none" || parseFloat(style.outlineWidth) === 0) && style.boxShadow === "none") bad.push(each.outerHTML.slice(0, 80));
  }
  return bad;
}"""

_OFF_PAPER = """(width) => [...document.querySelectorAll("main *")]
  .filter((each) => each.checkVisibility() && each.getBoundingClientRect().right > width + 2).map((each) => each.outerHTML.slice(0, 80))"""


class Watched:
    """complaints: what the browser says of the page that is open now: scripts that threw, what the policy refused, answers of 4xx and 5xx."""

    def __init__(self, page: Page) -> None:
        self.page, self.complaints = page, list[str]()
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("console", self._said)
        page.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"console: {message.text}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status}: {response.url}")


def wrong_with(watched: Watched, url: str, widths: Sequence[int], *, name: str) -> list[str]:
    """Open it at the widest and make it narrower. widths: the narrowest first; axe looks at it. name: of the pictures."""
    page = watched.page
    watched.complaints.clear()
    page.set_viewport_size({"width": max(widths), "height": 900})
    page.emulate_media(media="screen")
    page.goto(url, wait_until="load")
    found = [*_named(page), *_unsaid(page)]
    for width in reversed(widths):
        page.set_viewport_size({"width": width, "height": 900})
        picture(page, f"{name}-{width}")
        found += [f"{width}, sticks out: {each}" for each in overflows(page)]
        found += [f"{width}, cut off: {each}" for each in page.evaluate(_CUT_OFF)]
    if page.evaluate("origin") != "null":  # a page that was shut off from the site runs nothing, axe neither
        found += serious_findings(page)
    page.set_viewport_size({"width": PAPER, "height": 950})
    page.emulate_media(media="print")
    picture(page, f"{name}-print")
    found += [f"not on the paper: {each}" for each in page.evaluate(_OFF_PAPER, PAPER)[:3]]
    page.emulate_media(media="screen")
    found += [f"focus unseen: {each}" for each in _unseen_focus(page)]
    return found + watched.complaints


def _named(page: Page) -> list[str]:
    heads, title = page.locator("h1").all_inner_texts(), page.title().removesuffix("均衡").rstrip(" ·")
    return [*([] if title else ["no title"]), *([] if len(heads) == 1 and heads[0].strip() else [f"headings of the page: {heads}"])]


def _unsaid(page: Page) -> list[str]:
    """Words that were not translated, and names of columns and settings: anything of letters alone but what is known. Names of files,
    sites and fingerprints are no words."""
    text = re.sub(r"[\w.+-]*[/@][\w./@-]+|[a-z_]+:[\w-]+|[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}|\b(?=\w*\d)[0-9a-f]{8,}\b|[\w-]+\.[A-Za-z]+", " ", page.evaluate(_WORDS_SEEN), flags=re.ASCII)
    words = sorted(set(_ENGLISH.findall(_KNOWN.sub(" ", text))) - _ACCOUNTS)
    return [f"not translated: {words}"] if words else []


def _unseen_focus(page: Page) -> list[str]:
    page.keyboard.press("Tab")
    return list(page.evaluate(_UNSEEN_FOCUS))
