"""DESCRIPTION
Graduates are not more than the pupils who began grade seven three years ago and those who transferred in.

WHY
The retention rate follows one cohort; more graduates than were ever in it means pupils of another cohort were counted.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.reading import number


def graduates_within_cohort(reported: Reported) -> Iterator[Breach]:
    for row in reported.facts.school:
        graduates = number(row, "graduates")
        begun, came = number(row, "grade7_pupils_3_years_ago"), number(row, "transfers_in_3_years")
        if graduates is None or begun is None or came is None or graduates <= begun + came:
            continue
        message = f"“毕业学生人数”为 {graduates:,}，多于初一时在校生 {begun:,} 与三年转入 {came:,} 之和 {begun + came:,}。"
        yield Breach("school", row, "graduates", message, "请按同一届学生核对毕业、初一在校和转入人数。")


CHECK = Check(
    id="E-graduates-exceed-cohort",
    title="毕业学生不多于该届初一在校生与三年转入学生之和",
    why="巩固率追踪同一届学生；毕业生多于这一届曾有的人数，说明混入了别届学生。",
    fields=("school.graduates", "school.grade7_pupils_3_years_ago", "school.transfers_in_3_years"),
    run=graduates_within_cohort,
)
