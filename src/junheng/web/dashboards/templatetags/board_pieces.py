"""Pieces of the dashboards: the mark of a verdict as the reports say it, and the trace as nested lists.

The trace is drawn here and not by a template that includes itself: a county's has a thousand nodes.
"""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from junheng.common.stages import Stage
from junheng.engine.trace_node import TraceNode
from junheng.judging.rejudge import Change
from junheng.web.dashboards.trend import HEIGHT, WIDTH, Trend
from junheng.web.pages.templatetags.marks import verdict
from junheng.web.rounds.models import Round

register = template.Library()


@register.simple_tag
def mark(said: Mapping[str, str] | None) -> SafeString:
    """The verdict as `reports.page.view` marks it; a dash where it marks none."""
    kind = said["kind"] if said else None
    return verdict("insufficient" if kind == "wait" else kind)


@register.simple_tag
def school_link(round: Round, code: str, name: str) -> SafeString | str:
    """To the school's page; the name alone where what was handed in as its code is none."""
    try:
        return format_html('<a href="{}">{}</a>', reverse("board", args=[round.pk, code]), name)
    except NoReverseMatch:
        return name


_KINDS = {"cv": "差异系数：", "school": "学校：", "composite": ""}


@register.filter
def turned_words(found: Change) -> str:
    """What came out otherwise: "差异系数：每百名学生…", a school, a criterion."""
    return f"{_KINDS.get(found.kind, '')}{found.name}"


@register.filter
def stage_label(stage: str) -> str:
    return Stage(stage).label if stage else "—"


@register.filter
def of_key(mapping: Mapping[str, str], key: str) -> str:
    """The value of a key, or the key itself."""
    return mapping.get(key) or key


@register.simple_tag
def trend_line(drawn: Trend | None) -> SafeString:
    """Hidden from screen readers: the figures stand beside it. A dash where there are too few years to see a way."""
    if drawn is None:
        return mark_safe('<span class="muted">—</span>')
    runs = format_html_join("", '<polyline points="{}"/>', ((run,) for run in drawn.runs))
    dots = format_html_join("", '<circle cx="{}" cy="{}" r="2.5"/>', drawn.dots)
    return format_html('<svg class="trend" viewBox="0 0 {} {}" aria-hidden="true" focusable="false"><line class="limit" x1="0" x2="{}" y1="{}" y2="{}"/>{}{}</svg>',
                       WIDTH, HEIGHT, WIDTH, drawn.limit, drawn.limit, runs, dots)  # fmt: skip


@register.simple_tag
def trace_tree(node: TraceNode) -> SafeString:
    """What a node was made from: unfolded, and what is below that folded away."""
    return format_html('<ul class="trace">{}</ul>', _items(node, unfolded=True))


def _items(node: TraceNode, *, unfolded: bool) -> SafeString:
    return format_html_join("", "<li>{}</li>", ((_node(child, unfolded=unfolded),) for child in node.children))


def _node(node: TraceNode, *, unfolded: bool) -> SafeString:
    head = format_html("{}{}{}", node.label, format_html(" <strong>{}</strong>", node.value) if node.value else "", _exact(node))
    more = format_html("{}{}{}", _detail(node), _place(node), _source(node))
    if not node.children:
        return format_html("{}{}", head, more)
    few = unfolded and len(node.children) <= _FEW
    return format_html("<details{}><summary>{}</summary>{}<ul>{}</ul></details>", mark_safe(" open") if unfolded else "", head, more,
                       _items(node, unfolded=few))  # fmt: skip


_FEW = 4
"""A formula has two or three parts; more are schools."""


def _exact(node: TraceNode) -> SafeString | str:
    return format_html(' <span class="muted">未舍入 {}</span>', node.exact) if node.exact and node.exact != node.value else ""


def _detail(node: TraceNode) -> SafeString | str:
    return format_html('<p class="formula">{}</p>', node.detail) if node.detail else ""


def _place(node: TraceNode) -> SafeString | str:
    if not node.place.file:
        return ""
    raw = format_html("，格中写的是“{}”", node.raw) if node.raw else ""
    return format_html('<p class="cell">{}{}</p>', node.place, raw)


def _source(node: TraceNode) -> SafeString | str:
    return format_html('<p class="clause">依据 {}</p>', node.source) if node.source else ""
