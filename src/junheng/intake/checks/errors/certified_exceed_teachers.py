"""DESCRIPTION
Certified full-time teachers are some of the full-time teachers.

WHY
The certificate rate is judged at 100 %; a rate above it would hide teachers without a certificate.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.shapes import parts_within


def certified_within_teachers(reported: Reported) -> Iterator[Breach]:
    return parts_within(reported, "school", ("certified_teachers",), "full_time_teachers")


CHECK = Check(
    id="E-certified-exceed-teachers",
    title="持有教师资格证的专任教师不多于专任教师",
    why="持证上岗率以专任教师为分母，超过 100% 的率没有意义。",
    fields=("school.certified_teachers", "school.full_time_teachers"),
    run=certified_within_teachers,
)
