"""The synthetic province as facts: one Facts per county, and the truth about what was planted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from junheng.common.findings import Place
from junheng.common.school_years import as_of_date
from junheng.intake.model import Facts, SourceCell, county_key, school_key
from junheng.policy import resolve
from junheng.synth.census import CountyPopulation, counties
from junheng.synth.defects import Planted, plant
from junheng.synth.plan import Character, PlannedCounty, plan_province
from junheng.synth.rows import county_row, judgement_rows, school_row
from junheng.tables.county import COUNTY

POLICY = "quality_balance_2017"


@dataclass(frozen=True)
class SyntheticCounty:
    """A county's plan, what it reports, and what was planted in it."""

    plan: PlannedCounty
    facts: Facts
    planted: tuple[Planted, ...]

    @property
    def population(self) -> CountyPopulation:
        return self.plan.population


def synthesise(
    county_count: int = 100, seed: int = 2023, school_year: int = 2025, scale: float = 1.0,
    on_county: Callable[[str], None] | None = None,
) -> list[SyntheticCounty]:  # fmt: skip
    """The first `county_count` counties of Liaoning by code. The same arguments give the same province."""
    out = []
    for plan in plan_province(counties()[:county_count], seed, scale):
        out.append(_synthesise_county(plan, seed, school_year, as_of_date(school_year)))
        if on_county:
            on_county(plan.population.name)
    return out


def _synthesise_county(plan: PlannedCounty, seed: int, school_year: int, as_of: date) -> SyntheticCounty:
    rng = np.random.default_rng([seed, int(plan.population.code)])
    policy = resolve(POLICY, plan.population.code, as_of)
    schools = [school_row(school, plan, policy, rng) for school in plan.schools]
    county = county_row(plan, schools, tuple(column.name for column in COUNTY.columns), school_year, rng)
    planted = plant(county, schools, rng, at_least_one_blank=plan.character is Character.INCOMPLETE) if plan.character is not Character.EVEN else []
    facts = Facts(school_year, schools, [county], judgement_rows(plan.population.code, policy, school_year))
    _say_where(facts)
    return SyntheticCounty(plan, facts, tuple(planted))


def _say_where(facts: Facts) -> None:
    """Give every figure a source, so that a synthetic number opens like a reported one."""
    for table, rows in (("school", facts.school), ("county", facts.county)):
        for row in rows:
            key = school_key(row) if table == "school" else county_key(row)
            name = f"仿真数据/{row.get('school_name') or row.get('county_name')}"
            for column, value in row.items():
                if value is not None:
                    facts.cells[table, key, column] = SourceCell(Place(name), str(value))
