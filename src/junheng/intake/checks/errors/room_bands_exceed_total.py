"""DESCRIPTION
Music rooms of the three area bands are not more than all music rooms; the same for art rooms. They may be fewer:
rooms under 61 ㎡ have no band on the form.

WHY
One room per twelve classes is judged from the bands; a room entered in two bands would count twice.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.reading import Amount, amount, at_least
from junheng.intake.checks.shapes import compare
from junheng.tables.school import ART_ROOM_BANDS, MUSIC_ROOM_BANDS

_BANDS_OF = {
    "music_rooms": tuple(column for column, _ in MUSIC_ROOM_BANDS),
    "art_rooms": tuple(column for column, _ in ART_ROOM_BANDS),
}


def room_bands_within_total(reported: Reported) -> Iterator[Breach]:
    for row in reported.facts.school:
        for total_column, bands in _BANDS_OF.items():
            total = amount("school", row, total_column)
            known: list[Amount] = [each for band in bands if (each := at_least("school", row, band)) is not None]
            breach = total and known and compare(reported, "school", row, known, total, must_equal=False)
            if breach:
                yield breach


CHECK = Check(
    id="E-room-bands-exceed-total",
    title="音乐（美术）教室各面积档间数之和不多于总间数",
    why="每 12 个班 1 间按面积档判定；一间教室填进两档就会算两次。",
    fields=tuple(f"school.{column}" for total, bands in _BANDS_OF.items() for column in (total, *bands)),
    run=room_bands_within_total,
)
