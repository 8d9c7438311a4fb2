"""DESCRIPTION
Questionnaires and interviews of parents are some of all of them.

WHY
表Ⅵ prints the parents as an 其中 line; a larger part means the two blocks were swapped.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.shapes import parts_within

_ALL = (
    "questionnaires", "questionnaires_valid", "questionnaires_satisfied", "interviews", "interviews_satisfied",
)  # fmt: skip


def parent_answers_within_all(reported: Reported) -> Iterator[Breach]:
    for column in _ALL:
        yield from parts_within(reported, "county", (f"parent_{column}",), column)


CHECK = Check(
    id="E-parent-answers-exceed-all",
    title="家长的问卷、走访人数不多于全部问卷、走访人数",
    why="表Ⅵ中家长是“其中”项；部分大于总数，多半是两块填反了。",
    fields=tuple(f"county.{prefix}{column}" for column in _ALL for prefix in ("", "parent_")),
    run=parent_answers_within_all,
)
