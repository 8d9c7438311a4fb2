"""Which pages a person comes to by following links, from the first page on, without JavaScript; links that lead nowhere."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.test import Client
from django.urls import Resolver404, ResolverMatch, resolve

from junheng.web.pages.table import Page

_TELLING = ("transition_id", "section", "chapter", "id", "step", "kind", "planner")
"""Parts of a URL that make another page of it; others (numbers, codes) make the same page of another thing."""
_TRIED_OF_A_KIND = 6
"""Links to the same kind of page that are asked for, besides the one that is looked at: whether they lead anywhere."""

Key = tuple[str, ...]


@dataclass
class Crawl:
    """pages: kind of page → the first URL of it that answered with HTML; others: names of URLs that gave a file or led on;
    broken: link → where it stood and what came of it."""

    pages: dict[Key, str] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)
    broken: dict[str, str] = field(default_factory=dict)

    @property
    def names(self) -> set[str]:
        return {key[0] for key in self.pages} | self.others


def crawl(client: Client, starts: Iterable[str]) -> Crawl:
    """client: signed in or not. starts: URLs a person types or is given."""
    found, tried, seen = Crawl(), Counter[Key](), set(starts)
    waiting = deque((start, "") for start in seen)
    while waiting:
        url, stood_on = waiting.popleft()
        match = _resolved(url)
        if match is None:
            found.broken[url] = f"{stood_on}: no such URL"
            continue
        key = _key(match, url)
        if key in found.pages and tried[key] >= _TRIED_OF_A_KIND:
            continue
        tried[key] += 1
        answer = client.get(url)
        if answer.status_code in (301, 302):
            found.others.add(key[0])
            _wait_for([answer["Location"]], url, seen, waiting)
        elif answer.status_code != 200:
            found.broken[url] = f"{stood_on}: {answer.status_code}"
        elif not answer["Content-Type"].startswith("text/html"):
            b"".join(answer) if answer.streaming else answer.content
            found.others.add(key[0])
        else:
            if key not in found.pages:
                found.pages[key] = url
            _wait_for(_links(answer.content.decode()), url, seen, waiting)
    return found


def _wait_for(links: Iterable[str], on: str, seen: set[str], waiting: deque[tuple[str, str]]) -> None:
    for link in links:
        parts = urlsplit(urljoin(on, link))
        url = parts.path + (f"?{parts.query}" if parts.query else "")
        if parts.netloc or parts.scheme not in ("", "http") or parts.path.startswith("/static/") or url in seen:
            continue
        seen.add(url)
        waiting.append((url, on))


def _resolved(url: str) -> ResolverMatch | None:
    try:
        return resolve(urlsplit(url).path)
    except Resolver404:
        return None


def _key(match: ResolverMatch, url: str) -> Key:
    """Name of the URL, what else makes another page of it, the state of what it is about, and what is asked for."""
    telling = [str(match.kwargs[name]) for name in _TELLING if name in match.kwargs]
    page = getattr(match.func, "page", None)
    asked = sorted(parse_qs(urlsplit(url).query, keep_blank_values=False))
    return (match.url_name or "", *telling, *_state(page, match.kwargs), *asked)


def _state(page: Page | None, parts: Mapping[str, Any]) -> list[str]:
    if page is None or page.subject is None:
        return []
    find: Callable[..., Any] = page.subject
    code = find.__code__
    wanted = {name: parts[name] for name in code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]}
    try:
        subject = find(**wanted)
    except (ObjectDoesNotExist, Http404):
        return []
    unit = getattr(subject, "unit", subject)
    return [str(part) for part in (getattr(subject, "state", ""), getattr(unit, "kind", "")) if part]


class _Anchors(HTMLParser):
    """Links, pictures, and forms that only ask."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        asks = tag == "form" and said.get("method") != "post"
        link = said.get("href") if tag == "a" else said.get("src") if tag == "img" else said.get("action") if asks else None
        if link and not link.startswith(("#", "mailto:", "tel:", "data:")):
            self.links.append(link)


def _links(html: str) -> list[str]:
    anchors = _Anchors()
    anchors.feed(html)
    return anchors.links
