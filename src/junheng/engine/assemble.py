"""From the columns of a plan to Measurements: stages under one another, bounds filled in, counties that did not report."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from junheng.common.stages import COMPULSORY_STAGES
from junheng.engine.algebra import Exact
from junheng.engine.balance_table import balance_of, counted_in, sorted_together
from junheng.engine.basis import pupils
from junheng.engine.compile import KEY, Place, Program
from junheng.engine.exact import ExactRows, exact_interval
from junheng.engine.result import (
    Balance,
    Floats,
    IntervalColumn,
    Measurements,
    Rows,
    Texts,
)
from junheng.engine.tabular import Columns, floats, texts
from junheng.indicators import Grain, Indicator

Taken = NDArray[np.intp]


@dataclass(frozen=True)
class Part:
    """What one program gave for its counties."""

    program: Program
    schools: Columns
    counties: Columns
    spread: Columns


@dataclass(frozen=True)
class Measured:
    """Measurements but for the exact source, which needs their rows."""

    school_year: int
    engine: str
    school_stage: Rows
    school: Rows
    county: Rows
    balance: Balance
    judgements: Mapping[tuple[str, str], bool]
    county_names: Mapping[str, str]
    releases: Mapping[str, str]

    def with_exact(self, exact: ExactRows) -> Measurements:
        return Measurements(self.school_year, self.engine, self.school_stage, self.school, self.county, self.balance,
                            self.judgements, self.county_names, exact, self.releases)  # fmt: skip


def assemble(
    parts: Sequence[Part], judgement: Columns, school_year: int, engine: str, releases: Mapping[str, str]
) -> Measured:
    """One set of measurements; counties under different policies come together, sorted by key."""
    readers = [_Reader(part) for part in parts]
    staged = [reader.stage_rows() for reader in readers]
    stage_rows = _together(staged)
    school_rows = _together([reader.school_rows() for reader in readers])
    judged = {
        (county, criterion): outcome == "pass"
        for county, criterion, outcome in zip(*(texts(judgement[name]) for name in ("county_code", "criterion", "outcome")), strict=True)
        if outcome
    }
    names = {code: name for reader in readers for code, name in reader.county_names().items()}
    silent = sorted({*school_rows.county_code, *(code for code, _ in judged)} - set(names))
    county_rows = _together([reader.county_rows(() if number else silent) for number, reader in enumerate(readers)])
    return Measured(school_year, engine, stage_rows, school_rows, _with_pupils(county_rows, school_rows),
                    sorted_together([
                        balance_of(reader.program, counted_in(rows), reader.spread) for reader, rows in zip(readers, staged, strict=True)
                    ]), judged,
                    {code: names.get(code, "") for code in county_rows.county_code}, releases)  # fmt: skip


class _Reader:
    def __init__(self, part: Part) -> None:
        self.program, self.plan, self.counties, self.spread = part.program, part.schools, part.counties, part.spread
        self._order = self._sorted()
        self._floats: dict[str, Floats] = {}
        self._keys = {name: self._texts(name) for name in _TEXTS}

    def _sorted(self) -> Taken:
        """Campuses with compulsory pupils, or with pupils not reported, in the order of their keys."""
        absent = [floats(self.plan[pupils(stage)]) == 0 for stage in COMPULSORY_STAGES]
        here = np.flatnonzero(~np.logical_and.reduce(absent))
        keys = [texts(self.plan[name])[here].astype(str) for name in reversed(KEY)]
        return here[np.lexsort(keys)]

    def _texts(self, name: str) -> Texts:
        return texts(self.plan[name])[self._order]

    def _number(self, name: str) -> Floats:
        if name not in self._floats:
            self._floats[name] = floats(self.plan[name])[self._order]
        return self._floats[name]

    def stage_rows(self) -> Rows:
        """Rows of a campus stand together, in the order of the stages."""
        here = np.stack([self._number(pupils(stage)) != 0 for stage in COMPULSORY_STAGES], axis=1)
        index, at = np.nonzero(here)
        places = [
            (each, [self.program.places[(stage, each.id)] for stage in COMPULSORY_STAGES])
            for each in self.program.indicators
            if each.grain is Grain.SCHOOL_STAGE
        ]
        columns = {each.id: self._staged(each, by_stage, index, at) for each, by_stage in places}
        students = np.stack([self._number(pupils(stage)) for stage in COMPULSORY_STAGES], axis=1)[index, at]
        stages: Texts = np.array([stage.value for stage in COMPULSORY_STAGES], dtype=object)[at]
        return self._rows("school_stage", index, stages, students, columns)

    def _staged(self, indicator: Indicator, places: Sequence[Place], index: Taken, at: Taken) -> IntervalColumn:
        both = [interval_column(place, indicator.scale, self._number, len(self._keys["campus"])) for place in places]
        return IntervalColumn(*(
            np.stack([getattr(column, end) for column in both], axis=1)[index, at]
            for end in ("num_lo", "num_hi", "den_lo", "den_hi", "member")
        ))  # fmt: skip

    def school_rows(self) -> Rows:
        size = len(self._keys["campus"])
        columns = {
            each.id: interval_column(self.program.places[(None, each.id)], each.scale, self._number, size)
            for each in self.program.indicators
            if each.grain is Grain.SCHOOL
        }
        students = sum((self._number(pupils(stage)) for stage in COMPULSORY_STAGES), np.zeros(size))
        return self._rows("school", np.arange(size), np.full(size, "", dtype=object), students, columns)

    def _rows(self, grain: str, index: Taken, stages: Texts, students: Floats, columns: Mapping[str, IntervalColumn]) -> Rows:
        key = {name: values[index] for name, values in self._keys.items()}
        exceptions = {
            rule.id: self._number(f"x_{number}")[index] for number, rule in enumerate(self.program.policy.exceptions)
        }
        return Rows(grain, key["county_code"], key["school_code"], key["campus"], stages, key["school_name"], key["school_type"],
                    key["school_form"], students, self._number("included")[index], key["exclusion"], exceptions, columns)  # fmt: skip

    def county_names(self) -> dict[str, str]:
        return dict(zip(texts(self.counties["county_code"]), texts(self.counties["county_name"]), strict=True))

    def county_rows(self, silent: Sequence[str]) -> Rows:
        """The counties that reported, and `silent` ones, of which everything is missing."""
        code: Texts = np.array([*texts(self.counties["county_code"]), *silent], dtype=object)
        names: Texts = np.array([*texts(self.counties["county_name"]), *("" for _ in silent)], dtype=object)
        size, blank = len(code), np.full(len(code), "", dtype=object)
        columns = {
            each.id: _joined([self._county_column(each), _nothing_known(self.program, each, len(silent))])
            for each in self.program.indicators
            if each.grain is Grain.COUNTY
        }
        return Rows("county", code, blank, blank, blank, names, blank, blank, np.full(size, np.nan), np.ones(size), blank, {}, columns)

    def _county_column(self, indicator: Indicator) -> IntervalColumn:
        place, size = self.program.places[(None, indicator.id)], len(self.counties["county_code"])
        return interval_column(place, indicator.scale, lambda name: floats(self.counties[name]), size)


def interval_column(place: Place, scale: int, number: Callable[[str], Floats], size: int) -> IntervalColumn:
    """Nulls become bounds: an upper end is +inf, a lower end −inf, or 0 where it stands for the figure itself."""

    def end(named: str | float, missing: float) -> Floats:
        if isinstance(named, float):
            return np.full(size, named)
        values = number(named)
        return np.where(np.isnan(values), missing, values)

    def interval_of(lo: str | float | None, hi: str | float | None) -> tuple[Floats, Floats]:
        assert hi is not None
        return end(hi, 0.0) if lo is None else end(lo, -np.inf), end(hi, np.inf)

    num_lo, num_hi = interval_of(place.num_lo, place.num_hi)
    den_lo, den_hi = interval_of(place.den_lo, place.den_hi)
    member = number(place.member) if isinstance(place.member, str) else np.ones(size)
    return IntervalColumn(num_lo * scale, num_hi * scale, den_lo, den_hi, member)


def _nothing_known(program: Program, indicator: Indicator, size: int) -> IntervalColumn:
    """The interval of a county that reported nothing."""
    figure = exact_interval(Exact(dict.fromkeys(program.county_columns)), program.policy, None, indicator)
    ends = ((figure.num_lo, -np.inf), (figure.num_hi, np.inf), (figure.den_lo, -np.inf), (figure.den_hi, np.inf))
    columns = (*(np.full(size, missing if end is None else float(end)) for end, missing in ends), np.ones(size))
    return IntervalColumn(*columns)


def _joined(columns: Sequence[IntervalColumn]) -> IntervalColumn:
    return IntervalColumn(*(
        np.concatenate([getattr(column, end) for column in columns])
        for end in ("num_lo", "num_hi", "den_lo", "den_hi", "member")
    ))  # fmt: skip


def _taken(column: IntervalColumn, order: Taken) -> IntervalColumn:
    return IntervalColumn(*(getattr(column, end)[order] for end in ("num_lo", "num_hi", "den_lo", "den_hi", "member")))


_TEXTS = (*KEY, "school_name", "school_type", "school_form", "exclusion")
_ROW_FIELDS = ("county_code", "school_code", "campus", "stage", "school_name", "school_type", "school_form", "students",
               "included", "exclusion")  # fmt: skip


def _together(rows: Sequence[Rows]) -> Rows:
    """Rows of several parts, sorted by county; within a county a part keeps its order.

    An indicator or exception that one part does not have is unknown, and not in force, in that part's rows.
    """
    sizes = [len(each) for each in rows]
    fields: dict[str, Any] = {name: np.concatenate([getattr(each, name) for each in rows]) for name in _ROW_FIELDS}
    order = np.argsort(fields["county_code"].astype(str), kind="stable")
    ids = dict.fromkeys(id for each in rows for id in each.indicators)
    flags = dict.fromkeys(id for each in rows for id in each.exceptions)
    indicators = {
        id: _taken(_joined([each.indicators.get(id) or _outside(size) for each, size in zip(rows, sizes, strict=True)]), order)
        for id in ids
    }
    exceptions = {
        id: np.concatenate([each.exceptions.get(id, np.zeros(size)) for each, size in zip(rows, sizes, strict=True)])[order]
        for id in flags
    }
    fields = {name: values[order] for name, values in fields.items()}
    return Rows(rows[0].grain, **fields, exceptions=exceptions, indicators=indicators)


def _outside(size: int) -> IntervalColumn:
    return IntervalColumn(np.zeros(size), np.full(size, np.inf), np.zeros(size), np.full(size, np.inf), np.zeros(size))


def _with_pupils(county: Rows, schools: Rows) -> Rows:
    """Counties with the compulsory pupils of all their schools; nan when one's are missing."""
    total = dict.fromkeys(county.county_code, 0.0)
    for code, students in zip(schools.county_code, schools.students, strict=True):
        total[code] += students
    return replace(county, students=np.array([total[code] for code in county.county_code]))
