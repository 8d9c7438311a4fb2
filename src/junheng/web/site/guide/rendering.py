"""Markdown of the guide as HTML that the security policy lets through: no markup of its own passes, and no inline style."""

from __future__ import annotations

from functools import cache

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token


@cache
def rendered(text: str) -> SafeString:
    """The chapter without its title, which the page's frame has."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(text.partition("\n")[2])
    for token in tokens:
        _adapt(token)
        for each in token.children or ():
            _adapt(each)
    return mark_safe(str(markdown.renderer.render(tokens, markdown.options, {})))


def _adapt(token: Token) -> None:
    """A table wears the site's class; a link to a chapter leads to its page."""
    token.attrs.pop("style", None)  # alignment of columns, which the policy refuses
    if token.type == "table_open":
        token.attrSet("class", "table")
    href = str(token.attrs.get("href", ""))
    if token.type == "link_open" and href.endswith(".md"):
        token.attrSet("href", reverse("help_chapter", args=[href.removesuffix(".md")]))
