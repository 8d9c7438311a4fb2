"""在校生历史: pupils by school, school year and grade — from the facts of the base year and, where there is one, a table of past years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from junheng.common.stages import COMPULSORY_STAGES, Stage
from junheng.intake.model import Facts, Row
from junheng.planning.forecast.ages import Floats, whole

SchoolKey = tuple[str, str, str]
"""(county_code, school_code, campus)"""
GRADES = range(1, 10)
GRADES_OF: Mapping[str, range] = {Stage.PRIMARY: range(1, 7), Stage.JUNIOR: range(7, 10)}


@dataclass(frozen=True)
class PastPupils:
    """One line of the table of past years."""

    school: SchoolKey
    school_year: int
    grade: int
    pupils: int


@dataclass(frozen=True)
class History:
    """pupils: schools × years × 9 grades, nan = not reported; years: consecutive, the base year last. assumed: schools whose
    grades were not reported and are the stage's pupils spread evenly. left_out: Chinese lines, schools without pupils."""

    schools: tuple[SchoolKey, ...]
    names: Mapping[SchoolKey, str]
    years: tuple[int, ...]
    pupils: Floats
    assumed: frozenset[SchoolKey] = frozenset()
    left_out: tuple[str, ...] = ()

    @property
    def counties(self) -> tuple[str, ...]:
        return tuple(sorted({county for county, _, _ in self.schools}))

    def of_county(self, county: str) -> np.ndarray:
        """Positions of the county's schools."""
        return np.array([at for at, (code, _, _) in enumerate(self.schools) if code == county], dtype=np.intp)

    def until(self, year: int) -> History:
        """As it was known in that year."""
        kept = [at for at, each in enumerate(self.years) if each <= year]
        return History(self.schools, self.names, tuple(self.years[at] for at in kept), self.pupils[:, kept], self.assumed, self.left_out)


def history(facts: Facts, past: Sequence[PastPupils] = ()) -> History:
    """The base year from the facts, earlier years from the table. A school without any reported pupils is left out and named;
    one that is only in the table of past years is closed and takes no part."""
    base = facts.school_year
    schools, names, grades, assumed, left_out = [], {}, [], set(), []
    for row in facts.school:
        key = (str(row["county_code"] or ""), str(row["school_code"] or ""), str(row["campus"] or ""))
        found, spread = _grades(row)
        if found is None:
            left_out.append(f"{row['school_name'] or key[1]}：未报学生数，不作预测")
            continue
        schools.append(key)
        names[key] = str(row["school_name"] or key[1]) + (f"（{key[2]}）" if key[2] else "")
        grades.append(found)
        if spread:
            assumed.add(key)
    first = min([each.school_year for each in past if each.school_year < base], default=base)
    years = tuple(range(first, base + 1))
    pupils = np.full((len(schools), len(years), 9), np.nan)
    at = {key: number for number, key in enumerate(schools)}
    for each in past:
        if each.school in at and first <= each.school_year < base and each.grade in GRADES:
            pupils[at[each.school], each.school_year - first, each.grade - 1] = each.pupils
    pupils[:, -1] = np.array(grades).reshape(len(schools), 9)
    _fill_empty_stages(pupils)
    return History(tuple(schools), names, years, pupils, frozenset(assumed), tuple(left_out))


def _fill_empty_stages(pupils: Floats) -> None:
    """A school that reports a past year, but not a stage it does not have now, had none of it then."""
    for s in range(pupils.shape[0]):
        none_now = pupils[s, -1] == 0
        for year in range(pupils.shape[1] - 1):
            reported = ~np.isnan(pupils[s, year])
            if reported.any():
                pupils[s, year, none_now & ~reported] = 0


def _grades(row: Row) -> tuple[Floats | None, bool]:
    """Pupils by grade; whether they had to be spread."""
    out, spread, any_stage = np.zeros(9), False, False
    for stage in COMPULSORY_STAGES:
        total = row[f"students_{stage}"]
        if not isinstance(total, int | float):
            continue
        any_stage = True
        columns = [row[f"grade{grade}_pupils"] for grade in GRADES_OF[stage]]
        where = slice(GRADES_OF[stage][0] - 1, GRADES_OF[stage][-1])
        if all(isinstance(each, int | float) for each in columns) and sum(columns) == total:  # type: ignore[arg-type]
            out[where] = [float(str(each)) for each in columns]
        elif total:
            spread = True
            out[where] = whole(np.ones(len(columns)), int(total))
    return (out if any_stage else None), spread
