"""The counties of Liaoning as a map: where the verdicts lie. A sketch, never a boundary."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from junheng.common.divisions import city_of, name_of

_DATA = Path(__file__).parent / "assets" / "liaoning.json"
_NUMBER = re.compile(r"-?\d+")
_MARGIN = 12
_WEST, _NORTH, _LON, _LAT = 118.8387, 43.4878, 0.0096446, 0.0072813
"""Degrees of the outlines' corner and of one unit of them, fitted to the counties' extents in their source: within 0.01 degree."""
_SIGN = 20
"""Side of the square, in the units of the outlines, that a county must hold for its sign to be legible."""


@dataclass(frozen=True)
class Placed:
    """A county to draw. mark: kind, sign and word of its verdict."""

    code: str
    name: str
    href: str
    mark: Mapping[str, str]


def province_map(counties: Iterable[Placed]) -> dict[str, Any] | None:
    """What the template draws: every county of the cities concerned, those without a verdict blank; None when no
    county is in the outlines (a development zone has none)."""
    judged = {each.code: each for each in counties if each.code in _outlines()["counties"]}
    cities = {code[:4] for code in judged}
    if not judged:
        return None
    shown = {code: shape for code, shape in _outlines()["counties"].items() if code[:4] in cities}
    boxes = {code: _box(shape["d"]) for code, shape in shown.items()}
    labels = [_label(code, shown) for code in sorted(cities)]
    x, y, width, height = _view(boxes.values())
    return {
        "view": f"{x} {y} {width} {height}", "width": width,
        "counties": [_drawn(code, shape, judged.get(code), boxes[code], labels) for code, shape in shown.items()],
        "cities": [{"d": each["d"]} for code, each in _outlines()["cities"].items() if code[:4] in cities],
        "labels": labels, "source": _outlines()["source"],
    }  # fmt: skip


@dataclass(frozen=True)
class Land:
    """A county's outline. rings: closed lines of (longitude, latitude); good to about a kilometre."""

    code: str
    name: str
    rings: tuple[tuple[tuple[float, float], ...], ...]


def land_within(west: float, south: float, east: float, north: float) -> tuple[Land, ...]:
    """The counties that reach into this frame of degrees; none outside the province."""
    return tuple(each for each in _land() if any(_meets(ring, west, south, east, north) for ring in each.rings))


def _meets(ring: Iterable[tuple[float, float]], west: float, south: float, east: float, north: float) -> bool:
    points = list(ring)
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    return min(lons) <= east and max(lons) >= west and min(lats) <= north and max(lats) >= south


@cache
def _land() -> tuple[Land, ...]:
    return tuple(Land(code, name_of(code) or code, tuple(_rings(shape["d"]))) for code, shape in _outlines()["counties"].items())


def _rings(d: str) -> Iterator[tuple[tuple[float, float], ...]]:
    for piece in d.split("M")[1:]:
        numbers = [int(each) for each in _NUMBER.findall(piece)]
        x = y = 0
        ring = []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((_WEST + x * _LON, _NORTH - y * _LAT))
        yield (*ring, ring[0])


@cache
def _outlines() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_DATA.read_text("utf-8"))
    return found


def _drawn(
    code: str, shape: Mapping[str, Any], judged: Placed | None, box: tuple[int, int, int, int], labels: Iterable[Mapping[str, Any]]
) -> dict[str, Any]:
    """A sign only where it is legible: neither wider than its county nor under a city's name."""
    name, (x, y) = judged.name if judged else name_of(code) or code, shape["at"]
    covered = any(abs(x - each["x"]) < 3 * _SIGN // 2 and abs(y - each["y"]) < _SIGN * 3 // 4 for each in labels)
    large = min(box[2] - box[0], box[3] - box[1]) >= _SIGN and not covered
    return {
        "d": shape["d"], "x": x, "y": y, "href": judged.href if judged else "",
        "kind": judged.mark["kind"] if judged else "none", "sign": judged.mark["sign"] if judged and large else "",
        "title": f"{name}：{judged.mark['word']}" if judged else f"{name}：没有数据",
    }  # fmt: skip


def _label(city: str, shown: Mapping[str, Any]) -> dict[str, Any]:
    """The city's name, in the middle of its counties."""
    points = [shape["at"] for code, shape in shown.items() if code.startswith(city)]
    found = city_of(f"{city}00")
    return {"name": found.name if found else city, "x": sum(x for x, _ in points) // len(points), "y": sum(y for _, y in points) // len(points)}


@cache
def _box(d: str) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of a path of "M x y l dx dy …z" pieces."""
    xs, ys = [], []
    for piece in d.split("M")[1:]:
        numbers = [int(each) for each in _NUMBER.findall(piece)]
        x = y = 0
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            xs.append(x)
            ys.append(y)
    return min(xs), min(ys), max(xs), max(ys)


def _view(boxes: Iterable[tuple[int, int, int, int]]) -> tuple[int, int, int, int]:
    left, top, right, bottom = zip(*boxes, strict=True)
    x, y = min(left) - _MARGIN, min(top) - _MARGIN
    return x, y, max(right) + _MARGIN - x, max(bottom) + _MARGIN - y
