"""Markdown of the guide as HTML that the security policy lets through: no markup of its own passes, and no inline style."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token


@dataclass(frozen=True)
class Rendered:
    """html: the chapter without its title, which the page's frame has; sections: anchor and heading of each."""

    html: SafeString
    sections: Sequence[tuple[str, str]]


@cache
def rendered(text: str) -> Rendered:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(text.partition("\n")[2])
    for token in tokens:
        _adapt(token)
        for each in token.children or ():
            _adapt(each)
    sections = _sections_of(tokens)
    html: str = markdown.renderer.render(tokens, markdown.options, {})
    return Rendered(mark_safe(html), sections)


def _adapt(token: Token) -> None:
    """A table wears the site's class; a link to a chapter leads to its page, a picture comes from the site's own files."""
    token.attrs.pop("style", None)  # alignment of columns, which the policy refuses
    if token.type == "table_open":
        token.attrSet("class", "table")
    elif token.type == "image":
        token.attrSet("src", static(str(token.attrs["src"])))
        token.attrSet("loading", "lazy")
    href = str(token.attrs.get("href", ""))
    if token.type == "link_open" and href.endswith(".md"):
        token.attrSet("href", reverse("help_chapter", args=[href.removesuffix(".md")]))


def _sections_of(tokens: Sequence[Token]) -> list[tuple[str, str]]:
    """Gives every section its anchor."""
    found: list[tuple[str, str]] = []
    for opening, inside in pairwise(tokens):
        if opening.type == "heading_open" and opening.tag == "h2":
            anchor = f"section-{len(found) + 1}"
            opening.attrSet("id", anchor)
            found.append((anchor, inside.content))
    return found
