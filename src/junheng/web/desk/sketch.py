"""示意图 of schools and villages by their coordinates: drawn as SVG, so that it is there without a script and on paper; a script puts a
map that moves in its place (frontend/src/places). No tiles, nothing asked of any server."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from junheng.reports.page.outline import land_within

_WIDE, _EDGE, _LEAST, _MOST = 760.0, 26.0, 320.0, 720.0
_ROOM = 0.03
"""Degrees around the outermost places."""

_CIRCLE = "M1 0a1 1 0 1 1-2 0a1 1 0 1 1 2 0z"
_SQUARE = "M-.9-.9h1.8v1.8h-1.8z"
_DIAMOND = "M0-1.2L1.2 0L0 1.2L-1.2 0z"
_STAR = "M0-1.3L.38-.42L1.3-.4L.6.2L.82 1.1L0 .58L-.82 1.1L-.6.2L-1.3-.4L-.38-.42z"
_PLUS = "M-.4-1.2h.8v.8h.8v.8h-.8v.8h-.8v-.8h-.8v-.8h.8z"
_CROSS = "M-1-.6L-.6-1L0-.4L.6-1L1-.6L.4 0L1 .6L.6 1L0 .4L-.6 1L-1 .6L-.4 0z"
_DOWN = "M-1.15-.85h2.3L0 1.15z"
_UP = "M-1.15.85h2.3L0-1.15z"
_LOCK = "M-1-.15h.3v-.35a.7.7 0 0 1 1.4 0v.35h.3v1.15h-2zM-.35-.15h.7v-.35a.35.35 0 0 0-.7 0z"
_RING = "M1.3 0a1.3 1.3 0 1 1-2.6 0a1.3 1.3 0 1 1 2.6 0zM.55 0a.55 .55 0 1 0-1.1 0a.55 .55 0 1 0 1.1 0z"
_ZONES = (_CIRCLE, _SQUARE, _DIAMOND, _UP, _PLUS, _DOWN, _STAR, _CROSS)

SHAPES: Mapping[str, str] = {
    "place": _CIRCLE, "school": _SQUARE, "site": _CIRCLE,
    "keep": _SQUARE, "expand": _PLUS, "open": _STAR, "shrink": _DOWN, "merge": _DIAMOND, "close": _CROSS, "unused": _CIRCLE,
    "must_keep": _LOCK, "must_open": _STAR, "must_close": _CROSS, "must_not_move": _RING, "still": _LOCK, "stay": _DOWN, "first": _UP, "other": _DIAMOND,
    **{f"zone{at}": shape for at, shape in enumerate(_ZONES)},
}  # fmt: skip
"""Kind → its shape, about one unit around the middle: told by shape as well as by colour (styles/places.css)."""
ZONE_KINDS = len(_ZONES)


@dataclass(frozen=True)
class Mark:
    """key: unique on the map; title: what is said of it; size: of its shape, in pixels from the middle; label: name of its kind in the
    legend; facts: what a script needs to know of it, as data-… of its element."""

    key: str
    kind: str
    lon: float
    lat: float
    title: str
    size: float = 6.0
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Tie:
    """A line from a village to its school, by their keys."""

    start: str
    end: str
    title: str


@dataclass(frozen=True)
class Drawn:
    """A mark in its place."""

    mark: Mark
    x: float
    y: float

    @property
    def path(self) -> str:
        mark = self.mark
        facts = "".join(f' data-{name}="{escape(value)}"' for name, value in mark.facts.items())
        return (f'<path class="place place-{mark.kind}" d="{SHAPES[mark.kind]}" transform="translate({self.x} {self.y}) scale({mark.size:.1f})"'
                f' data-key="{escape(mark.key)}" data-kind="{mark.kind}"{facts}><title>{escape(mark.title)}</title></path>')  # fmt: skip


@dataclass(frozen=True)
class Sketch:
    """What the template draws. land: (path, title, whether it is the unit's own); ties: (x1, y1, x2, y2, tie); legend: (kind,
    shape, label, how many)."""

    height: float
    land: Sequence[tuple[str, str, bool]]
    ties: Sequence[tuple[float, float, float, float, Tie]]
    marks: Sequence[Drawn]
    legend: Sequence[tuple[str, str, str, int]]
    label: str

    @property
    def view(self) -> str:
        return f"0 0 {_WIDE:.0f} {self.height:.0f}"

    @property
    def tie_lines(self) -> SafeString:
        """Built here and not in the template, as lists are (pages.listing): there may be a thousand."""
        return mark_safe("\n".join(
            f'<line class="tie" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" data-start="{escape(tie.start)}" data-end="{escape(tie.end)}"><title>{escape(tie.title)}</title></line>'
            for x1, y1, x2, y2, tie in self.ties
        ))  # fmt: skip

    @property
    def mark_paths(self) -> SafeString:
        return mark_safe("\n".join(each.path for each in self.marks))


def sketch_of(marks: Sequence[Mark], labels: Mapping[str, str], *, home: str, label: str, ties: Iterable[Tie] = ()) -> Sketch | None:
    """None where nothing has coordinates. labels: kind → its name, in the legend's order; home: code of the unit whose outline stands out;
    label: what the picture shows, for those who hear the page."""
    if not marks:
        return None
    west, east = min(each.lon for each in marks) - _ROOM, max(each.lon for each in marks) + _ROOM
    south, north = min(each.lat for each in marks) - _ROOM, max(each.lat for each in marks) + _ROOM
    narrow = math.cos(math.radians((south + north) / 2))
    scale = min((_WIDE - 2 * _EDGE) / ((east - west) * narrow), (_MOST - 2 * _EDGE) / (north - south))
    height = max(_LEAST, (north - south) * scale + 2 * _EDGE)
    left, top = (_WIDE - (east - west) * narrow * scale) / 2, (height - (north - south) * scale) / 2

    def at(lon: float, lat: float) -> tuple[float, float]:
        return round(left + (lon - west) * narrow * scale, 1), round(top + (north - lat) * scale, 1)

    drawn = [Drawn(each, *at(each.lon, each.lat)) for each in marks]
    place = {each.mark.key: (each.x, each.y) for each in drawn}
    side, above = left / (narrow * scale), top / scale
    shown = land_within(west - side, south - above, east + side, north + above)
    land = [("".join(_path([at(*spot) for spot in ring]) for ring in each.rings), each.name, each.code == home) for each in shown]
    counts = Counter(each.kind for each in marks)
    return Sketch(
        height, land, [(*place[each.start], *place[each.end], each) for each in ties if each.start in place and each.end in place], drawn,
        [(kind, SHAPES[kind], name, counts[kind]) for kind, name in labels.items()], label,
    )  # fmt: skip


def _path(spots: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in spots) + "z"
