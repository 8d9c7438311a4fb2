"""入学队列: how many children reach school age in each year, by area, from ages, births and women.

A cohort is named by the school year its children enter: those who are 6 by 31 August of year y. A child of completed age a on
1 September of year t is of cohort t + 6 − a. Births count by calendar year: cohort y was born from 1 September y−7 to 31 August
y−6, so it is 4/12 of the births of y−7 and 8/12 of those of y−6 (births even within a year; stated, not measured).
What happens to a cohort between birth and entry (deaths, moves) is either given, as net moves by age (`with_moves`), or is in the
entry rate (`rates`), which compares those who entered with their cohort.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from junheng.planning.forecast.ages import AgeGroup, single_years
from junheng.planning.forecast.parameters import parameter

_AUTUMN = 4 / 12
WOMEN = tuple(range(15, 50, 5))


def cohorts_from_ages(persons: Mapping[int, float], year: int) -> dict[int, float]:
    """Cohort → children, from single years of age on 1 September of `year`."""
    entry = int(parameter("entry_age"))
    return {year + entry - age: count for age, count in persons.items()}


def cohorts_from_births(births: Mapping[int, float]) -> dict[int, float]:
    """Cohort → children born into it; only cohorts whose both calendar years are known."""
    entry = int(parameter("entry_age"))
    return {
        year + entry: _AUTUMN * births[year - 1] + (1 - _AUTUMN) * births[year]
        for year in sorted(births) if year - 1 in births
    }  # fmt: skip


def with_moves(cohorts: Mapping[int, float], counted_in: int | None, moves: Mapping[int, float]) -> dict[int, float]:
    """Cohorts as they will be at entry. counted_in: the year whose ages they were counted by, None = they are births; moves: age →
    net share that comes (+) or leaves (−) while of that age. Cohorts that had entered when they were counted stay as they are."""
    entry = int(parameter("entry_age"))
    out = {}
    for year, size in cohorts.items():
        age = 0 if counted_in is None else counted_in + entry - year
        out[year] = size * float(np.prod([1 + moves.get(each, 0.0) for each in range(max(age, 0), entry)])) if age < entry else size
    return out


def births_of_cohorts(births: Mapping[int, float], year: int) -> dict[int, float]:
    """Age on 1 September of `year` → births of the cohort: the shape that splits an age group."""
    entry = int(parameter("entry_age"))
    return {year + entry - cohort: size for cohort, size in cohorts_from_births(births).items() if year + entry - cohort >= 0}


def births_by_trend(history: Mapping[int, float], years: Sequence[int]) -> dict[int, float]:
    """Births after the last known year: the mean log change of the last five, damped every year."""
    last = max(history)
    known = [(year, history[year]) for year in sorted(history)[-6:] if history[year] > 0]
    steps = [np.log(b[1] / a[1]) / (b[0] - a[0]) for a, b in pairwise(known)]
    change, damping, out = float(np.mean(steps)) if steps else 0.0, parameter("birth_trend_damping"), {}
    size = history[last]
    for year in range(last + 1, max([*years, last]) + 1):
        change *= damping
        size *= float(np.exp(change))
        out[year] = size
    return {year: out[year] for year in years if year in out}


def births_by_women(women: Sequence[AgeGroup], year: int, base_births: float, years: Sequence[int]) -> dict[int, float]:
    """Births after `year`: women by age move up, at the age pattern of the parameters and the level that gave `base_births`.

    women: groups that cover ages 0 to 49 in that year. No deaths or moves of women are counted.
    """
    ages = single_years(women)
    rates = np.array([parameter(f"fertility_{first}_{first + 4}") / 1000 for first in WOMEN for _ in range(5)])

    def expected(later: int) -> float:
        """Births at the pattern's own level; a woman's age on the way is her age at mid-year."""
        return float(sum(rate * ages.get(age - later, 0.0) for age, rate in zip(range(15, 50), rates, strict=True)))

    level = base_births / expected(0) if expected(0) > 0 else 0.0
    return {each: level * expected(each - year) for each in years if each > year}


def joined(*sources: Mapping[int, float]) -> dict[int, float]:
    """Cohorts from several sources; the first that knows one counts."""
    out: dict[int, float] = {}
    for source in sources:
        for year, size in source.items():
            out.setdefault(year, size)
    return out

