"""DESCRIPTION
A school is not at once in a dense city centre and a small rural school.

WHY
Each flag opens an exception; both together can only be a slip, and the wrong one would be applied.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.reading import label

_RURAL = ("is_small_rural_50_99", "is_small_rural_class_under_30")


def urban_core_is_not_rural(reported: Reported) -> Iterator[Breach]:
    for row in reported.facts.school:
        rural = next((column for column in _RURAL if row.get(column) is True), None)
        if rural and row.get("is_dense_urban_core") is True:
            message = f"“{label('school', 'is_dense_urban_core')}”与“{label('school', rural)}”都填“是”，两者矛盾。"
            yield Breach("school", row, rural, message, "请核对两项，只保留符合实际的一项。")


CHECK = Check(
    id="W-urban-core-and-rural",
    title="中心城区学校不同时是乡村小规模学校",
    why="两项各关系一条例外，不可能同时成立。",
    fields=("school.is_dense_urban_core", *(f"school.{column}" for column in _RURAL)),
    run=urban_core_is_not_rural,
)
