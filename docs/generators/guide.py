"""用户指南: one chapter per role, as the site serves it under 帮助."""

from __future__ import annotations

from generators.permissions import open_declarations

_PICTURES = "../../src/junheng/web/site/static/guide"


def pages() -> dict[str, str]:
    """File name below docs/guide → its text."""
    open_declarations()
    from junheng.web.site.guide.chapters import chapters

    return {f"{each.id}.md": each.text.replace("](guide/", f"]({_PICTURES}/") for each in chapters().values()}
