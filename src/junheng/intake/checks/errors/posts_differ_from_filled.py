"""DESCRIPTION
Filled posts are on duty or off duty.

WHY
Posts off duty take up the quota without teaching; the parts show whether posts stay unfilled.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.shapes import parts_make

_PARTS = ("posts_filled_on_duty", "posts_filled_off_duty")


def posts_make_filled(reported: Reported) -> Iterator[Breach]:
    return parts_make(reported, "school", _PARTS, "posts_filled")


CHECK = Check(
    id="E-posts-differ-from-filled",
    title="在编在岗与在编不在岗人数之和等于在编人数",
    why="在编不在岗的人占着编制不上课；分项不合就看不出“有编不补”。",
    fields=(*(f"school.{column}" for column in _PARTS), "school.posts_filled"),
    run=posts_make_filled,
)
