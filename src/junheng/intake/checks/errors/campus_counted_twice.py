"""DESCRIPTION
A school that reports its campuses does not report itself a second time without a campus name.

WHY
A campus is a school of its own in the measurement; a row that is the sum of the campuses counts every pupil twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from junheng.common.stages import Stage
from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.reading import number, text
from junheng.intake.model import Row


def campuses_counted_once(reported: Reported) -> Iterator[Breach]:
    by_school: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in reported.facts.school:
        by_school[text(row, "county_code"), text(row, "school_code")].append(row)
    for (_, code), rows in by_school.items():
        campuses = [row for row in rows if text(row, "campus")]
        counted = _sum_of_pupils(campuses)
        for whole in rows:
            if code and any(counted) and not text(whole, "campus") and _pupils(whole) == counted:
                names = "、".join(text(row, "campus") for row in campuses)
                message = f"没有校区名称的这一行，各学段学生人数正好是各校区（{names}）之和，学生被算了两次。"
                yield Breach("school", whole, _first_reported(whole), message, "分校区填报时请不再报全校合计；若是主校区，请填校区名称并核对人数。")


def _pupils(row: Row) -> tuple[float, ...]:
    return tuple(number(row, f"students_{stage}") or 0 for stage in Stage)


def _sum_of_pupils(rows: list[Row]) -> tuple[float, ...]:
    return tuple(sum(number(row, f"students_{stage}") or 0 for row in rows) for stage in Stage)


def _first_reported(row: Row) -> str:
    columns = [f"students_{stage}" for stage in Stage]
    return next((column for column in columns if number(row, column)), columns[0])


CHECK = Check(
    id="E-campus-counted-twice",
    title="分校区填报的学校不再另报全校合计",
    why="每个校区单独测算；再报一行合计，学生和资源都算了两次。",
    fields=("school.school_code", "school.campus", "school.students"),
    run=campuses_counted_once,
)
