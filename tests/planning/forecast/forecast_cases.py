"""Made-up counties for the tests of 学龄人口预测: cohorts and rates that are known because they were chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from junheng.intake.model import Facts, Row
from junheng.planning.forecast.history import History, PastPupils, SchoolKey, history
from junheng.planning.forecast.pupils import Cohorts
from junheng.tables.county import COUNTY
from junheng.tables.school import SCHOOL

BASE = 2025
COUNTY_CODE = "210102"


def key(number: int, county: str = COUNTY_CODE) -> SchoolKey:
    return county, f"21{number:08d}", ""


def school_row(number: int, grades: Sequence[int], county: str = COUNTY_CODE, *, by_grade: bool = True, **more: object) -> Row:
    """A school with these pupils in grades 1 to 9."""
    row: Row = dict.fromkeys(column.name for column in SCHOOL.columns)
    primary, junior = sum(grades[:6]), sum(grades[6:])
    row.update(
        county_code=county, school_code=key(number)[1], school_name=f"第{number}学校", school_type="312" if primary and junior else "211" if primary else "311",
        students_primary=primary if primary else None, students_junior=junior if junior else None,
    )  # fmt: skip
    if by_grade:
        row.update({f"grade{g}_pupils": n for g, n in enumerate(grades, 1)})
    row.update(more)
    return row


def county_facts(rows: Sequence[Row], counties: Sequence[str] = (COUNTY_CODE,)) -> Facts:
    empty: Row = dict.fromkeys(column.name for column in COUNTY.columns)
    return Facts(BASE, list(rows), [{**empty, "county_code": code, "county_name": f"县{code[-2:]}", "school_year": BASE} for code in counties], [])


def lived(cohorts: Mapping[int, float], shares: Sequence[float], entry: float, steps: Sequence[float], years: Sequence[int],
          noise: float = 0.0, seed: int = 1) -> np.ndarray:  # fmt: skip
    """schools × years × 9: what came of the cohorts in schools with these shares of every grade, whole pupils."""
    rng = np.random.default_rng(seed)
    out = np.zeros((len(shares), len(years), 9))
    for t, year in enumerate(years):
        for g in range(9):
            kept = float(np.prod(steps[:g]))
            out[:, t, g] = cohorts[year - g] * entry * kept * np.array(shares) * np.exp(rng.normal(0, noise, len(shares)))
    return np.rint(out)


def as_past(pupils: np.ndarray, years: Sequence[int], county: str = COUNTY_CODE) -> tuple[list[Row], list[PastPupils]]:
    """The base year as rows and the earlier years as lines of the table."""
    rows = [school_row(s + 1, [int(n) for n in pupils[s, -1]], county) for s in range(len(pupils))]
    past = [PastPupils(key(s + 1, county), year, g + 1, int(pupils[s, t, g]))
            for s in range(len(pupils)) for t, year in enumerate(years[:-1]) for g in range(9)]  # fmt: skip
    return rows, past


def simple_history(grades: Sequence[Sequence[int]]) -> History:
    """One year only."""
    return history(county_facts([school_row(n, each) for n, each in enumerate(grades, 1)]))


def flat(size: float, first: int = 2005, last: int = 2045) -> Cohorts:
    return Cohorts(dict.fromkeys(range(first, last), size), {})
