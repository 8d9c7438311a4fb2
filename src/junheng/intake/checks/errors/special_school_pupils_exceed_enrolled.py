"""DESCRIPTION
Children in special schools are some of the enrolled children with disabilities.

WHY
The line on the form is an 其中 line of the one above.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.shapes import parts_within


def special_school_pupils_within_enrolled(reported: Reported) -> Iterator[Breach]:
    return parts_within(reported, "county", ("disabled_in_special_schools",), "disabled_enrolled")


CHECK = Check(
    id="E-special-school-pupils-exceed-enrolled",
    title="在特殊教育学校就读的残疾儿童少年不多于入学总人数",
    why="在特教学校就读是入学的一种方式。",
    fields=("county.disabled_in_special_schools", "county.disabled_enrolled"),
    run=special_school_pupils_within_enrolled,
)
