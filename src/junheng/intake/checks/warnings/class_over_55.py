"""DESCRIPTION
No class has more than 55 pupils.

WHY
A class of 56 is a 大班额, which fails everywhere; it is worth asking once more whether it really exists.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.reading import at_least
from junheng.intake.checks.thresholds import CLASS_SIZE
from junheng.tables.school import CLASS_SIZE_BANDS

_LARGE = tuple(column for column, smallest, _ in CLASS_SIZE_BANDS if smallest > CLASS_SIZE.value)


def no_class_over_55(reported: Reported) -> Iterator[Breach]:
    for row in reported.facts.school:
        large = [each for column in _LARGE if (each := at_least("school", row, column)) is not None and each.value > 0]
        if large:
            count = sum(each.value for each in large)
            message = f"班额超过 {CLASS_SIZE.value:g} 人的班有 {count:,} 个，属大班额。"
            yield Breach("school", row, large[0].column, message, "请核对班额分布；属实的，请在备注说明消除大班额的办法和时间。")


CHECK = Check(
    id="W-class-over-55",
    title="没有超过 55 人的班",
    why="56 人及以上为大班额，各地均不合格；报出之前应再核一次。",
    fields=tuple(f"school.{column}" for column in _LARGE),
    run=no_class_over_55,
)
