"""从资料到队列: which of births, ages and census a county's cohorts come from, in words the report repeats."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from junheng.planning.forecast.ages import AgeGroup, single_years
from junheng.planning.forecast.cohorts import (
    births_by_trend,
    births_by_women,
    births_of_cohorts,
    cohorts_from_ages,
    cohorts_from_births,
    joined,
    with_moves,
)
from junheng.planning.forecast.pupils import Cohorts

_CENSUS_YEAR = 2020
_GROUPS = (("0", 0, 0), ("1_4", 1, 4), ("5_9", 5, 9), ("10_14", 10, 14), ("15_19", 15, 19))
_OLDER = tuple((f"{first}_{first + 4}", first, first + 4) for first in range(20, 50, 5))


@dataclass(frozen=True)
class AreaPopulation:
    """What is known of one area's children. persons, women: by age group in `year`; births: calendar year → births; moves: age → net
    share that comes or leaves in a year of that age (deaths among it)."""

    year: int = 0
    persons: tuple[AgeGroup, ...] = ()
    women: tuple[AgeGroup, ...] = ()
    births: Mapping[int, float] = field(default_factory=dict)
    moves: Mapping[int, float] = field(default_factory=dict)


@cache
def census() -> Mapping[str, AreaPopulation]:
    """2020 census by county code; the census day of 1 November stands for 1 September."""
    text = files("junheng.planning.forecast").joinpath("data/census_2020_liaoning.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return {
        row["area_code"]: AreaPopulation(
            _CENSUS_YEAR, tuple(AgeGroup(first, last, float(row[f"persons_{name}"])) for name, first, last in _GROUPS),
            tuple(AgeGroup(first, last, float(row[f"women_{name}"])) for name, first, last in (*_GROUPS, *_OLDER)),
        )
        for row in csv.DictReader(lines)
    }  # fmt: skip


def cohorts_of(given: AreaPopulation | None, counted: AreaPopulation | None, base_year: int, horizon: int) -> tuple[Cohorts, tuple[str, ...]]:
    """Cohorts that enter up to `base_year + horizon`, and Chinese lines on where they come from. given: the county's own tables;
    counted: the census. Raises ValueError when neither says anything of children."""
    births, moves = (dict(given.births), given.moves) if given else ({}, {})
    ages = given if given and given.persons else counted
    if ages is None and not births:
        raise ValueError("no ages and no births")
    last = base_year + horizon
    notes = []
    sources: list[Mapping[int, float]] = []
    if births:
        sources.append(with_moves(cohorts_from_births(births), None, moves))
        notes.append(f"出生数：{min(births)}—{max(births)} 年上报")
    if ages is not None:
        notes.append(f"年龄：{'上报' if ages is given else '第七次全国人口普查'}（{ages.year} 年）" + ("" if _single(ages.persons) else "，五岁组拆为单岁，组合计不变"))
        sources.append(with_moves(cohorts_from_ages(single_years(ages.persons, births_of_cohorts(births, ages.year)), ages.year), ages.year, moves))
    if moves:
        notes.append("净迁移：按上报的分年龄净迁入比例")
    known = joined(*sources)
    future = range(max(known) - 6, last - 5)
    more = _future_births(births, ages, future, notes)
    later = cohorts_from_births({**_tail(births, known), **more})
    sizes = joined(known, with_moves(later, None, moves))
    first_unknown = max(known) + 1
    return Cohorts(sizes, {year: year - first_unknown + 1 for year in range(first_unknown, last + 1)}), tuple(notes)


def _single(groups: Sequence[AgeGroup]) -> bool:
    return all(each.first == each.last for each in groups)


def _tail(births: Mapping[int, float], known: Mapping[int, float]) -> dict[int, float]:
    """The births that the first unknown cohort begins with: as reported, else those its predecessor's size speaks of."""
    year = max(known) - 6
    return {year: births.get(year, known[max(known)])}


def _future_births(births: Mapping[int, float], ages: AreaPopulation | None, years: Sequence[int], notes: list[str]) -> dict[int, float]:
    wanted = [year for year in years if year not in births]
    out = {year: births[year] for year in years if year in births}
    if not wanted:
        return out
    if len(births) >= 3:
        notes.append(f"{wanted[0]} 年起的出生数按近年变化率逐年衰减外推")
        return out | births_by_trend(births, wanted)
    if ages is not None and ages.women and max(each.last for each in ages.women) >= 49:
        base = sum(each.persons for each in ages.persons if each.last == 0)
        notes.append(f"{wanted[0]} 年起的出生数按 {ages.year} 年生育水平和育龄妇女人数推算；实际生育水平若已下降，预测偏高，请补报出生数")
        return out | births_by_women(ages.women, ages.year, base, wanted)
    level = births[max(births)] if births else 0.0
    if ages is not None and not births:
        level = single_years(ages.persons)[min(each.first for each in ages.persons)]
    notes.append(f"{wanted[0]} 年起的出生数按最近一年不变")
    return out | dict.fromkeys(wanted, level)
