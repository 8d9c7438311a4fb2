"""DESCRIPTION
Boys and girls add up to the pupils, by stage and for the school.

WHY
It is the cheapest proof that the pupil count, the denominator of all seven indicators, was counted and not guessed.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.shapes import parts_make


def sexes_make_pupils(reported: Reported) -> Iterator[Breach]:
    return parts_make(reported, "school", ("male_pupils", "female_pupils"), "students")


CHECK = Check(
    id="E-sexes-differ-from-pupils",
    title="男生与女生人数之和等于在校生数",
    why="在校生数是七项指标的分母；男女之和与它不合，说明学生数不是按名单数出来的。",
    fields=("school.male_pupils", "school.female_pupils", "school.students"),
    run=sexes_make_pupils,
)
