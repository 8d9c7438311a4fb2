"""Single figures in exact arithmetic, for comparisons too close for floating point."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction

import numpy as np

from junheng.common.codes import own_stages
from junheng.common.stages import Stage
from junheng.engine.algebra import Cell, Exact, Value
from junheng.engine.basis import Interval, counts_when_asked, in_time, pupils, standing_when_asked, unsplit
from junheng.engine.needs import shared_bases
from junheng.engine.result import ExactInterval, Rows
from junheng.engine.terms import Meaning
from junheng.indicators import Grain, Indicator
from junheng.indicators import indicator as declared
from junheng.indicators.expression import Shared
from junheng.intake.model import Row
from junheng.policy.in_force import PolicyInForce
from junheng.tables import table

RawRows = Callable[[str], tuple[list[Row], Row | None]]
"""county_code → the county's school rows, and its county row if it reported."""
Campus = tuple[str, str]
"""(school code, campus)"""
_COUNTY_COLUMNS = tuple(column.name for column in table("county").columns)


def exact_interval(algebra: Exact, policy: PolicyInForce, stage: Stage | None, of: Indicator) -> ExactInterval:
    """The interval of one indicator on the row the algebra holds, with the indicator's scale."""
    meaning = Meaning(algebra, policy, stage)
    num, den = meaning.numerator(of), meaning.interval(of.denominator)
    scale = Fraction(of.scale)
    num_lo, num_hi = _ends(algebra, num)
    den_lo, den_hi = _ends(algebra, den)
    return ExactInterval(None if num_lo is None else num_lo * scale, None if num_hi is None else num_hi * scale, den_lo, den_hi)


def _ends(algebra: Exact, interval: Interval) -> tuple[Fraction | None, Fraction | None]:
    return _number(interval.least(algebra)), _number(interval.hi)


def _number(value: Value) -> Fraction | None:
    number = value.value if isinstance(value, Cell) else Fraction(value)
    assert number is None or isinstance(number, Fraction)
    return number


class ExactRows:
    """Implements result.ExactSource over the reported rows, which are fetched by county when asked for."""

    def __init__(
        self, school_stage: Rows, school: Rows, county: Rows,
        policy_for: PolicyInForce | Mapping[str, PolicyInForce], raw: RawRows,
    ) -> None:  # fmt: skip
        self._rows = {"school_stage": school_stage, "school": school, "county": county}
        self._policy_for, self._raw = policy_for, raw
        self._schools: dict[str, dict[Campus, Row]] = {}
        self._prepared: dict[tuple[str, Campus], Exact] = {}
        self._plain: dict[int, tuple[PolicyInForce, PolicyInForce]] = {}
        self._counties: dict[str, Row | None] = {}

    def interval(self, grain: str, index: int, indicator: str, *, plain: bool = False) -> ExactInterval:
        """The interval of row `index` of that grain. plain: as if no exception were in force."""
        rows = self._rows[grain]
        county, of = str(rows.county_code[index]), declared(indicator)
        policy = self._policy(county)
        if of.grain is Grain.COUNTY:
            return exact_interval(self._county(county), policy, None, of)
        campus = (str(rows.school_code[index]), str(rows.campus[index]))
        algebra = self._school(county, campus)
        if plain:  # the same row: only what reads an exception's column differs, and then nothing does
            policy = self._without_exceptions(policy)
        stage = Stage(rows.stage[index]) if of.grain is Grain.SCHOOL_STAGE else None
        return exact_interval(algebra, policy, stage, of)

    def share(self, index: int, indicator: str) -> Fraction | None:
        """The part of the school's whole figure that school-stage row `index` was given (拆分, 学段折算): 1 = the stage's
        own figure; None = the weight is not known."""
        rows = self._rows["school_stage"]
        county, stage = str(rows.county_code[index]), Stage(rows.stage[index])
        campus = (str(rows.school_code[index]), str(rows.campus[index]))
        shared = [term.base for term in declared(indicator).numerator.walk() if isinstance(term, Shared)]
        if not shared or _has_only(self._of_county(county)[campus], stage):
            return Fraction(1)
        algebra = self._school(county, campus)
        if all(algebra.column(unsplit(base)).value is None for base in shared):
            return Fraction(1)
        least, most = (algebra.column(f"{name}_{stage}").value for name in ("least_w", "w"))
        return Fraction(most) if least == most else None

    def contradicted(self, county_code: str, exception_id: str) -> tuple[tuple[str, str], ...]:
        """(school code, campus) of the schools that claim an exception their own figures speak against."""
        policy, rows = self._policy(county_code), self._rows["school"]
        rule = policy.exception(exception_id)
        if not rule.flag or not in_time(policy, rule):
            return ()
        not_applied = np.flatnonzero((rows.county_code == county_code) & (rows.exceptions[exception_id] == 0))
        campuses = ((str(rows.school_code[row]), str(rows.campus[row])) for row in not_applied)
        return tuple(each for each in campuses if self._of_county(county_code)[each][rule.flag])

    def cv_squared(self, county_code: str, stage: str, indicator: str) -> Fraction | None:
        """CV² of a county and stage; None where the CV is undefined or a value is missing."""
        policy, of, figures = self._policy(county_code), declared(indicator), []
        for campus in self._of_county(county_code):
            algebra = self._school(county_code, campus)
            included, students = algebra.column("included").value, algebra.column(pupils(Stage(stage))).value
            if students == 0 or included is False:
                continue
            figure = exact_interval(algebra, policy, Stage(stage), of)
            if included is None or students is None or figure.num_lo is None or figure.num_lo != figure.num_hi:
                return None
            figures.append((figure.num_lo, students))
        total = sum((students for _, students in figures), Fraction(0))
        mean = sum((number for number, _ in figures), Fraction(0)) / total if total else Fraction(0)
        if not mean:
            return None
        squares = sum((students * (number / students - mean) ** 2 for number, students in figures), Fraction(0))
        return squares / total / mean**2

    def forget(self) -> None:
        for worked_out in (self._schools, self._prepared, self._counties, self._plain):
            worked_out.clear()

    def _policy(self, county: str) -> PolicyInForce:
        return self._policy_for if isinstance(self._policy_for, PolicyInForce) else self._policy_for[county]

    def _county(self, county: str) -> Exact:
        self._of_county(county)
        return Exact(self._counties[county] or dict.fromkeys(_COUNTY_COLUMNS))

    def _of_county(self, county: str) -> dict[Campus, Row]:
        if county not in self._schools:
            schools, row = self._raw(county)
            self._counties[county] = row
            self._schools[county] = {
                (str(school["school_code"] or ""), str(school["campus"] or "")): school for school in schools
            }
        return self._schools[county]

    def _without_exceptions(self, policy: PolicyInForce) -> PolicyInForce:
        if id(policy) not in self._plain:  # the policy is held with its number, so that the number stays its own
            self._plain[id(policy)] = policy, replace(policy, exceptions=())
        return self._plain[id(policy)][1]

    def _school(self, county: str, campus: Campus) -> Exact:
        """One reported school as a row of exact numbers; its pupils, weights and standing are worked out when they are read."""
        key = (county, campus)
        if key not in self._prepared:
            school = self._of_county(county)[campus]
            self._prepared[key] = self._prepare(school, self._counties[county], self._policy(county))
        return self._prepared[key]

    def _prepare(self, school: Row, county_row: Row | None, policy: PolicyInForce) -> Exact:
        stages = [declared(each.indicator) for each in policy.resources]
        quotas = county_row or dict.fromkeys(_COUNTY_COLUMNS)
        algebra = Exact({**{name: value for name, value in quotas.items() if name not in school}, **school})
        algebra.cells.later = counts_when_asked(algebra, shared_bases(stages)) | standing_when_asked(algebra, policy)
        return algebra


def _has_only(school: Row, stage: Stage) -> bool:
    """The school certainly has no pupils of another stage, so that nothing of it is split."""
    others = (each for each in Stage if each is not stage)
    having = own_stages(school["school_type"], lambda each: school[f"students_{each}"])
    return all(school[f"students_{each}"] == 0 or (school[f"students_{each}"] is None and each not in having) for each in others)
