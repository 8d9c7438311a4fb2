"""Which rows belong to which county: the measured rows of the counties that one policy governs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from junheng.common.stages import COMPULSORY_STAGES
from junheng.engine.result import Measurements, Rows, Texts
from junheng.intake.unassessed import Unassessed
from junheng.judging.compare import PASS, Three
from junheng.judging.openness import Open, open_counties

Positions = NDArray[np.intp]


@dataclass(frozen=True)
class RowsOf:
    """The rows of one grain that belong to some counties. at: their positions in `rows`; county: position of each
    row's county among the counties."""

    rows: Rows
    at: Positions
    county: Positions


@dataclass(frozen=True)
class Counties:
    """Counties judged together, their rows in each grain, and what was left out of them."""

    codes: tuple[str, ...]
    school_stage: RowsOf
    school: RowsOf
    county: RowsOf
    open: Open

    def holding(self, indicator: str) -> RowsOf | None:
        """The rows of the grain an indicator is measured at; None when it was not measured."""
        for each in (self.school_stage, self.school, self.county):
            if indicator in each.rows.indicators:
                return each
        return None

    @property
    def has_schools(self) -> NDArray[np.bool_]:
        """By county: some school was reported."""
        n = len(self.codes)
        return (np.bincount(self.school_stage.county, minlength=n) + np.bincount(self.school.county, minlength=n)) > 0

    def all_of(self, verdicts: Three, of: Positions) -> Three:
        """By county: PASS unless one of its rows is not."""
        out = np.full(len(self.codes), PASS, dtype=np.int8)
        np.minimum.at(out, of, verdicts)
        return out


class Located:
    """Every county that has a row, a judgement or a name, sorted, and which of them each row belongs to."""

    def __init__(self, measured: Measurements) -> None:
        self._grains = (measured.school_stage, measured.school, measured.county)
        known = {code for rows in self._grains for code in rows.county_code.tolist()}
        self.codes = tuple(sorted(known | {code for code, _ in measured.judgements} | set(measured.county_names)))
        self._order = {code: number for number, code in enumerate(self.codes)}
        self._numbers = [
            np.fromiter(map(self._order.__getitem__, rows.county_code.tolist()), np.intp, len(rows)) for rows in self._grains
        ]

    def select(self, codes: tuple[str, ...], unassessed: Mapping[str, Unassessed]) -> Counties:
        """The rows of some of the counties. unassessed: by county code."""
        place = np.full(len(self.codes), -1, dtype=np.intp)
        place[[self._order[code] for code in codes]] = np.arange(len(codes))
        chosen = []
        for rows, numbers in zip(self._grains, self._numbers, strict=True):
            county = place[numbers]
            at = np.flatnonzero(county >= 0)
            chosen.append(RowsOf(rows, at, county[at]))
        stages, schools, county_rows = chosen
        return Counties(codes, stages, schools, county_rows, open_counties(codes, unassessed))


def stage_numbers(stages: Texts) -> Positions:
    """0 for primary, 1 for junior."""
    numbers: Positions = (stages == COMPULSORY_STAGES[1]).astype(np.intp)
    return numbers
