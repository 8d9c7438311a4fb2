"""Pieces of the dashboards: the mark of a verdict as the reports say it, and the trace as nested lists.

The trace is drawn here and not by a template that includes itself: a county's has a thousand nodes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from typing import Any
from urllib.parse import quote

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from junheng.common.stages import Stage
from junheng.engine.trace_node import TraceNode
from junheng.judging.rejudge import Change
from junheng.web.dashboards.county import Line
from junheng.web.dashboards.trend import HEIGHT, WIDTH, Trend
from junheng.web.pages.templatetags.marks import verdict
from junheng.web.pages.templatetags.pieces import thousands
from junheng.web.rounds.models import Round

register = template.Library()


@register.simple_tag
def mark(said: Mapping[str, str] | None) -> SafeString:
    """The verdict as `reports.page.view` marks it; a dash where it marks none."""
    kind = said["kind"] if said else None
    return verdict("insufficient" if kind == "wait" else kind)


@register.simple_tag
def school_link(round: Round, code: str, name: str) -> SafeString:
    """To the school's page; the name alone where what was handed in as its code is none."""
    shown = escape(name)
    return mark_safe(f'<a href="{_board(round.pk)}{code}/">{shown}</a>' if _CODE.fullmatch(code) else shown)


_CODE = re.compile(r"[-a-zA-Z0-9_]+")
"""What a code must be to stand in an address (<slug> in the table of URLs)."""
_PLACE = "place"


@lru_cache(maxsize=100)
def _board(round: int) -> str:
    """The beginning of the addresses of a round's boards: a page has two hundred of them, and finding one takes 20 µs."""
    return reverse("board", args=[round, _PLACE]).removesuffix(f"{_PLACE}/")


@lru_cache(maxsize=100)
def _traces(round: int) -> tuple[str, str]:
    """What stands before and behind a place's code in the addresses of its traces."""
    before, _, after = reverse("board_trace", args=[round, _PLACE, _ITEM]).removesuffix(f"{_ITEM}/").partition(f"{_PLACE}/")
    return before, f"/{after}"


_ITEM = "item"


@register.simple_tag
def matrix_rows(round: Round, lines: Iterable[Line]) -> SafeString:
    """The matrix of schools and indicators: hundreds of cells, each a link to where its number comes from. In a template each
    would cost a dozen look-ups and the finding of a URL, which was most of a county's page."""
    return mark_safe("".join([_matrix_row(round, each) for each in lines]))


def _matrix_row(round: Round, line: Line) -> str:
    shown, school = line.shown, line.school
    before, after = _traces(round.pk)
    opens = f"{before}{school.code}{after}" if _CODE.fullmatch(school.code) else ""
    asked = escape(f"?stage={school.stage}&campus={quote(school.campus)}")
    cells = "".join([_matrix_cell(each, f"{opens}{each['code']}/{asked}" if opens else "") for each in shown["cells"]])
    return (
        f'<tr><th scope="row">{school_link(round, school.code, shown["name"])}</th><td>{escape(line.stage_label)}</td>'
        f'<td class="num">{escape(str(thousands(shown["students"])))}</td><td>{mark(shown["verdict"])}</td>'
        f'<td class="num">{escape(line.margin_words)}</td>{cells}</tr>'
    )


def _matrix_cell(cell: Mapping[str, Any], opens: str) -> str:
    """opens: the address of the trace, as it stands in HTML; "" = there is none."""
    text = escape(str(cell["text"]))
    told = f'<a data-dialog="drawer" href="{opens}" title="{escape(cell["word"])}">{text}</a>' if opens else text
    sign = f" {escape(cell['sign'])}" if cell["sign"] else ""
    marks = f'<span class="muted">{escape(cell["marks"])}</span>' if cell["marks"] else ""
    kind = f" cell-{cell['kind']}" if cell["kind"] else ""
    return f'<td class="num{kind}">{told}{sign}{marks}</td>'


@register.simple_tag
def map_counties(drawn: Mapping[str, Any]) -> SafeString:
    """The outlines of the counties, each a link where it has a page."""
    return mark_safe("".join([_outline(each) for each in drawn["counties"]]))


def _outline(county: Mapping[str, Any]) -> str:
    title, hatched = escape(county["title"]), ' fill="url(#map-hatch)"' if county["kind"] == "wait" else ""
    shape = f'<path class="county-{county["kind"]}" d="{county["d"]}"{hatched}><title>{title}</title></path>'
    return f'<a href="{escape(county["href"])}" aria-label="{title}">{shape}</a>' if county["href"] else shape


@register.simple_tag
def map_signs(drawn: Mapping[str, Any]) -> SafeString:
    signs = [each for each in drawn["counties"] if each["sign"]]
    return mark_safe("".join([f'<text class="sign" x="{each["x"]}" y="{each["y"]}" dy="5" aria-hidden="true">{each["sign"]}</text>' for each in signs]))


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
