"""DESCRIPTION
Two schools of a county do not share six or more different numbers, each in the same line. Small numbers meet by chance
and are not counted; the same number in several lines (every teacher certified, every teacher trained) counts once.

WHY
A form filled by copying a neighbour's block of cells looks complete and passes every sum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.reading import label, number, shown, text
from junheng.intake.checks.thresholds import REPEATED_NUMBERS, REPEATED_SMALLEST
from junheng.intake.model import Row
from junheng.tables import Kind, table

_COLUMNS = tuple(column.name for column in table("school").columns if column.kind in (Kind.COUNT, Kind.AMOUNT))


def numbers_are_a_schools_own(reported: Reported) -> Iterator[Breach]:
    by_county: dict[str, list[Row]] = defaultdict(list)
    for row in reported.facts.school:
        by_county[text(row, "county_code")].append(row)
    for rows in by_county.values():
        told: set[int] = set()
        for (first, second), shared in sorted(_shared(rows).items()):
            # A third copy of the same block matches both others; the later school is told once.
            if second in told or len({number(rows[first], column) for column in shared}) < REPEATED_NUMBERS.value:
                continue
            told.add(second)
            yield _breach(rows[first], rows[second], shared)


def _shared(rows: Sequence[Row]) -> dict[tuple[int, int], list[str]]:
    """Pairs of rows (earlier, later) → the columns in which both have the same number that is not small."""
    shared: dict[tuple[int, int], list[str]] = defaultdict(list)
    for column in _COLUMNS:
        holders: dict[float, list[int]] = defaultdict(list)
        for index, row in enumerate(rows):
            value = number(row, column)
            if value is not None and value >= REPEATED_SMALLEST.value:
                holders[value].append(index)
        for indexes in holders.values():
            for pair in combinations(indexes, 2):
                shared[pair].append(column)
    return shared


def _breach(first: Row, second: Row, columns: Sequence[str]) -> Breach:
    examples = "、".join(f"“{label('school', column)}”{shown('school', column, number(second, column) or 0)}" for column in columns[:3])
    names = [text(row, "school_name") + text(row, "campus") or text(row, "school_code") for row in (first, second)]
    message = f"“{names[1]}”与“{names[0]}”有 {len(columns)} 项数字完全相同（如{examples}），可能是复制了同一块单元格。"
    return Breach("school", second, columns[0], message, "请两校各按自己的台账核对这些项目；确实相同的，请在备注说明。")


CHECK = Check(
    id="W-numbers-repeated-between-schools",
    title="两所学校没有成块相同的数字",
    why="照抄邻校的一块单元格，表面齐全，各项合计也对得上，只有相互比对才能发现。",
    fields=tuple(f"school.{column}" for column in _COLUMNS),
    run=numbers_are_a_schools_own,
)
