"""DESCRIPTION
Enrolled children with disabilities are some of those of school age.

WHY
The rate is judged at 95 %; more than all means the lists of the departments were not joined.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.shapes import parts_within


def disabled_enrolled_within_children(reported: Reported) -> Iterator[Breach]:
    return parts_within(reported, "county", ("disabled_enrolled",), "disabled_children")


CHECK = Check(
    id="E-disabled-enrolled-exceed-children",
    title="入学的适龄残疾儿童少年不多于适龄残疾儿童少年总数",
    why="入学率以适龄总数为分母；超过 100% 说明总数没有与残联、卫健名单合并。",
    fields=("county.disabled_enrolled", "county.disabled_children"),
    run=disabled_enrolled_within_children,
)
