"""DESCRIPTION
The pupils of grades one to nine add up to the primary and junior pupils. Which grades belong to which stage is not
asked (五四制 schools have five primary grades); while a grade is not reported, the sum may only not exceed the pupils.

WHY
The pupil count is the denominator of all seven indicators; a grade left out makes a school look better than it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.common.stages import COMPULSORY_STAGES, Stage
from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.reading import Amount, at_least, number, stages_of
from junheng.intake.checks.shapes import compare
from junheng.intake.model import Row

_GRADES = tuple(f"grade{grade}_pupils" for grade in range(1, 10))
_GRADES_OF_STAGE = {Stage.PRIMARY: _GRADES[:6], Stage.JUNIOR: _GRADES[6:]}


def grades_make_pupils(reported: Reported) -> Iterator[Breach]:
    for row in reported.facts.school:
        grades = [each for column in _GRADES if (each := at_least("school", row, column)) is not None]
        pupils = _compulsory_pupils(row)
        if not grades or pupils is None:
            continue
        complete = len(grades) == number(row, "grades") or all(
            number(row, column) is not None
            for stage in stages_of(row) if stage in COMPULSORY_STAGES for column in _GRADES_OF_STAGE[stage]
        )  # fmt: skip
        breach = compare(reported, "school", row, grades, pupils, must_equal=complete)
        if breach is not None:
            yield breach


def _compulsory_pupils(row: Row) -> Amount | None:
    """Primary and junior pupils; None when a stage the type has was not reported."""
    columns = [f"students_{stage}" for stage in COMPULSORY_STAGES]
    if any(number(row, f"students_{stage}") is None for stage in stages_of(row) if stage in COMPULSORY_STAGES):
        return None
    known = [(column, value) for column in columns if (value := number(row, column)) is not None]
    if not known:
        return None
    one = len(known) == 1
    return Amount("school", sum(value for _, value in known), known[0][0], as_reported=one, lines=len(known))


CHECK = Check(
    id="E-grades-differ-from-pupils",
    title="各年级学生人数之和等于在校生数",
    why="在校生数是七项指标的分母；漏报一个年级，学校就显得比实际好。",
    fields=(*(f"school.{column}" for column in _GRADES), "school.grades", "school.students"),
    run=grades_make_pupils,
)
