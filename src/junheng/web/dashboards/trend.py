"""A value over the years as a small line with the limit beside it. The figures stand in the table; the line only shows the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, _EDGE = 120, 28, 4


@dataclass(frozen=True)
class Trend:
    """points: "x,y x,y" of each unbroken run of years; dots: of every known year; limit: the height of its line."""

    runs: Sequence[str]
    dots: Sequence[tuple[str, str]]
    limit: str


def trend(values: Sequence[float | None], limit: float) -> Trend | None:
    """None with fewer than two known years: one point shows no way. A missing year breaks the line."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return None
    low, high = min(*known, limit), max(*known, limit)
    step = (WIDTH - 2 * _EDGE) / (len(values) - 1)

    def y(value: float) -> str:
        share = (value - low) / (high - low) if high > low else 0.5
        return f"{HEIGHT - _EDGE - share * (HEIGHT - 2 * _EDGE):.1f}"

    placed = [None if value is None else (f"{_EDGE + at * step:.1f}", y(value)) for at, value in enumerate(values)]
    runs: list[list[tuple[str, str]]] = [[]]
    for point in placed:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    lines = [" ".join(f"{x},{height}" for x, height in run) for run in runs if len(run) > 1]
    return Trend(lines, [point for point in placed if point], y(limit))
