"""Small counties for the tests of the layout planner: places on a line or a plane, distances as given, no coordinates needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np

from junheng.planning.siting.bands import Band
from junheng.planning.siting.county import County, Pin, Point, Site
from junheng.planning.siting.parameters import LayoutParameters, built_in_parameters

LOWER = frozenset({Band.LOWER})


def parameters(**values: float) -> LayoutParameters:
    """The built-in ones with some changed."""
    return built_in_parameters().changed({name: Decimal(str(value)) for name, value in values.items()}, "试验")


def point(code: str, *lower: int, **more: Any) -> Point:
    """A rural village with children of grades 1–3 only, per period."""
    return Point(code, f"{code}村", 0.0, 0.0, more.pop("urban", False), {Band.LOWER: lower} | more.pop("pupils", {}), **more)


def school(code: str, rooms: int = 3, most: int = 6, **more: Any) -> Site:
    """A rural school that teaches grades 1–3; existing unless said otherwise."""
    given: dict[str, Any] = {"existing": True, "rural": True, "teaching_point": False, "may": LOWER, "pupils": 200} | more
    given["now"] = given.pop("now", given["may"] if given["existing"] else frozenset())
    return Site(code, f"{code}校", 0.0, 0.0, rooms=rooms, rooms_most=most, **given)


def county(points: Sequence[Point], sites: Sequence[Site], km: Sequence[Sequence[float]], **more: Any) -> County:
    """Periods as many as the points have figures, three years each."""
    periods = len(next(iter(points[0].pupils.values())))
    years = tuple(2026 + 3 * u for u in range(periods))
    return replace(County("试验县", years, (3,) * periods, tuple(points), tuple(sites), np.array(km, dtype=float), parameters()), **more)


def drawn(seed: int, *, periods: int = 2, points: int = 3, sites: int = 3) -> County:
    """A small random county of grades 1–3: schools, teaching points and a candidate; few rooms, some pins."""
    rng = np.random.default_rng(seed)
    km = np.round(rng.uniform(0.3, 7.5, (points, sites)), 1)
    km[:, 0] = np.minimum(km[:, 0], 2.0)
    villages = [point(f"P{i}", *(int(n) for n in rng.integers(5, 50, periods))) for i in range(points)]
    made = []
    for j in range(sites):
        candidate = j == sites - 1
        dot = bool(rng.integers(0, 2))
        rooms = 0 if candidate else int(rng.integers(1, 4))
        made.append(school(f"S{j}", rooms, rooms + int(rng.integers(1, 3)) if not candidate else 3, existing=not candidate, teaching_point=dot,
                           pupils=int(rng.integers(10, 250))))  # fmt: skip
    made[0] = replace(made[0], teaching_point=True, rooms_most=4)
    prices = parameters(new_school_yuan=900_000, new_point_yuan=200_000, new_room_yuan=300_000, expand_room_yuan=150_000, close_small_yuan=300_000)
    return county(villages, made, km.tolist(), parameters=prices)


def pinned(given: County, *pins: Pin) -> County:
    return replace(given, pins=pins)

