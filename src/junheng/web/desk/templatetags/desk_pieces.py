"""Pieces of the desk's pages."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString

from junheng.web.pages.listing import table

register = template.Library()


@register.simple_tag
def table_of(label: str, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> SafeString:
    return table(label, heads, rows)
