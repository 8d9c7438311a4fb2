"""What a measurement returns: columns of intervals, one entry per school, school stage or county.

A figure is an interval because reported cells may be missing: every missing number may be anything ≥ 0
(a missing subtrahend makes the lower end −inf). Nothing missing: both ends are equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Texts = NDArray[np.object_]


@dataclass(frozen=True)
class IntervalColumn:
    """One indicator over the rows of a grain. Ratio = numerator / denominator, in the indicator's own unit.

    member: 1 the row is in the indicator's scope, 0 it is not, nan it cannot be told (a scope column is missing).
    """

    num_lo: Floats
    num_hi: Floats
    den_lo: Floats
    den_hi: Floats
    member: Floats

    @property
    def known(self) -> NDArray[np.bool_]:
        """Rows in which nothing is missing and the denominator is above 0."""
        known: NDArray[np.bool_] = (
            (self.num_lo == self.num_hi) & (self.den_lo == self.den_hi) & (self.den_lo > 0) & (self.member == 1)
        )
        return known

    @property
    def value(self) -> Floats:
        """The ratio where it is known, else nan."""
        out = np.full(len(self.num_lo), np.nan)
        known = self.known
        out[known] = self.num_lo[known] / self.den_lo[known]
        return out


@dataclass(frozen=True)
class Rows:
    """The measured rows of one grain ("school_stage", "school" or "county"), sorted by their key.

    stage: "" outside school_stage. students: pupils of the row's stage (school grain: compulsory stages together),
    nan = not reported. included: 1 counts in resource indicators and CV, 0 excluded, nan cannot be told.
    exclusion: id of the exclusion that applies, "" if none. school_form: primary, junior, nine_year, twelve_year
    (what limits by school form are keyed with; a single-stage campus has the form of its stage).
    exceptions: exception id → 1 applies, 0 does not, nan the flag is not reported.
    """

    grain: str
    county_code: Texts
    school_code: Texts
    campus: Texts
    stage: Texts
    school_name: Texts
    school_type: Texts
    school_form: Texts
    students: Floats
    included: Floats
    exclusion: Texts
    exceptions: Mapping[str, Floats]
    indicators: Mapping[str, IntervalColumn]

    def __len__(self) -> int:
        return len(self.county_code)


@dataclass(frozen=True)
class BalanceColumn:
    """One resource indicator's inter-school balance, one entry per (county, stage), as in Balance.

    mean, sd, cv: nan where any included school's value or pupil count is missing, and where cv is undefined
    (mean 0). known_mean, known_cv: over the schools that reported, for reference only, never judged.
    """

    mean: Floats
    sd: Floats
    cv: Floats
    known_mean: Floats
    known_cv: Floats
    n_missing: Floats


@dataclass(frozen=True)
class Balance:
    """校际均衡 by (county, stage): pupil-weighted, population form. n: included schools; students: their pupils."""

    county_code: Texts
    stage: Texts
    n: Floats
    students: Floats
    indicators: Mapping[str, BalanceColumn]


@dataclass(frozen=True)
class ExactInterval:
    """An interval in exact numbers; None = unbounded on that side."""

    num_lo: Fraction | None
    num_hi: Fraction | None
    den_lo: Fraction | None
    den_hi: Fraction | None


class ExactSource(Protocol):
    """Recomputes a single figure in exact arithmetic, for comparisons too close for floating point."""

    def interval(self, grain: str, index: int, indicator: str, *, plain: bool = False) -> ExactInterval:
        """The interval of row `index` of that grain. plain: as if no exception were in force."""
        ...

    def share(self, index: int, indicator: str) -> Fraction | None:
        """The part of the school's whole figure that school-stage row `index` was given (拆分, 学段折算): 1 = the stage's
        own figure; None = the weight is not known."""
        ...

    def contradicted(self, county_code: str, exception_id: str) -> tuple[tuple[str, str], ...]:
        """(school code, campus) of the schools that claim an exception their own figures speak against."""
        ...

    def cv_squared(self, county_code: str, stage: str, indicator: str) -> Fraction | None:
        """CV² of a county and stage; None where the CV is undefined or a value is missing."""
        ...

    def forget(self) -> None:
        """Let go of the rows worked out so far; whoever keeps the measurements seldom asks again, and is answered all the same."""
        ...


@dataclass(frozen=True)
class Measurements:
    """Everything measured from one or more releases under one policy.

    judgements: (county_code, criterion id) → True 达标 / False 未达标, from the 评定表.
    county_names: county_code → name as reported. facts_hash: release id(s) by county, "" for facts not frozen.
    """

    school_year: int
    engine: str
    school_stage: Rows
    school: Rows
    county: Rows
    balance: Balance
    judgements: Mapping[tuple[str, str], bool]
    county_names: Mapping[str, str]
    exact: ExactSource
    releases: Mapping[str, str] = field(default_factory=dict)
