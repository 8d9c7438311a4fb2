"""Every drawn table of the manual measured at once, each as a county of its own, by one engine.

An engine takes longer to understand a plan than to run it, Spark many seconds; so it is asked once.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pytest
from drawn import INCLUDED, UNDECIDED, YEAR, Drawn, grain_of

from junheng.common.stages import Stage
from junheng.engine.backends import Backend
from junheng.engine.measure import measure
from junheng.engine.reference import measure_reference
from junheng.engine.result import Measurements, Rows
from junheng.intake.model import Facts
from junheng.policy import resolve
from junheng.policy.in_force import PolicyInForce

Figure = tuple[float, float, float, float, float]
"""num_lo, num_hi, den_lo, den_hi, member (nan = cannot be told)."""
Bounds = tuple[float, ...]


@dataclass(frozen=True)
class Question:
    """All drawn tables as one county each. code: the county a table became."""

    facts: Facts
    policies: Mapping[str, PolicyInForce]
    code: Mapping[Drawn, str]


def question(drawn: Iterable[Drawn]) -> Question:
    """A table drawn wrongly is left to its own paragraph to complain of."""
    facts, policies, codes = Facts(YEAR), {}, {}
    for number, each in enumerate(dict.fromkeys(drawn)):
        code = str(210001 + number)
        try:
            schools, county = each.school_rows(code), each.county_rows(code)
        except AssertionError:
            continue
        facts.school.extend(schools)
        facts.county.extend(county)
        codes[each] = code
        policies[code] = resolve(each.pack, "21", date(YEAR, 9, 1))
    return Question(facts, policies, codes)


class ByEngine:
    """What a column engine found, which must agree with its own exact arithmetic wherever it is looked at."""

    def __init__(self, asked: Question, engine: str | Backend) -> None:
        self._found: Measurements = measure(asked.facts, asked.policies, YEAR, engine)

    def figures(self, code: str, indicator: str) -> dict[str, Figure]:
        rows: Rows = getattr(self._found, grain_of(indicator))
        column, out = rows.indicators[indicator], {}
        for at in np.flatnonzero(rows.county_code == code):
            bounds = tuple(float(each[at]) for each in (column.num_lo, column.num_hi, column.den_lo, column.den_hi))
            exact = self._found.exact.interval(rows.grain, int(at), indicator)
            assert bounds == pytest.approx(_bounds(exact.num_lo, exact.num_hi, exact.den_lo, exact.den_hi), rel=1e-12)
            key = _name(rows.school_code[at], rows.campus[at], rows.stage[at])
            out[key] = (bounds[0], bounds[1], bounds[2], bounds[3], float(column.member[at]))
        return out

    def balance(self, code: str, stage: str, indicator: str) -> dict[str, Any]:
        balance = self._found.balance
        at = int(np.flatnonzero((balance.county_code == code) & (balance.stage == stage))[0])
        column = balance.indicators[indicator]
        names = ("mean", "sd", "cv", "known_mean", "known_cv", "n_missing")
        out = {name: float(getattr(column, name)[at]) for name in names}
        squared = self._found.exact.cv_squared(code, stage, indicator)
        assert out["cv"] ** 2 == pytest.approx(math.nan if squared is None else float(squared), rel=1e-9, nan_ok=True)
        out |= {"n": float(balance.n[at]), "students": float(balance.students[at])}
        return {name: None if math.isnan(value) else value for name, value in out.items()}

    def standing(self, code: str) -> dict[str, str]:
        rows = self._found.school
        return {
            _name(rows.school_code[at], rows.campus[at], ""): _standing(rows.included[at], rows.exclusion[at])
            for at in np.flatnonzero(rows.county_code == code)
        }


class ByReference:
    """What plain Python with fractions found."""

    def __init__(self, asked: Question) -> None:
        self._found = measure_reference(asked.facts, lambda code: asked.policies[code])

    def figures(self, code: str, indicator: str) -> dict[str, Figure]:
        out: dict[str, Figure] = {}
        for key, row in self._of(code, grain_of(indicator)):
            figure: Any = row["indicators"][indicator]
            member = figure["member"]
            num_lo, num_hi, den_lo, den_hi = _bounds(*figure["num"], *figure["den"])
            out[_name(*key)] = (num_lo, num_hi, den_lo, den_hi, math.nan if member is None else float(member))
        return out

    def balance(self, code: str, stage: str, indicator: str) -> dict[str, Any]:
        group: Any = self._found["balance"][(code, stage)]
        return {**group["indicators"][indicator], "n": group["n"], "students": group["students"]}

    def standing(self, code: str) -> dict[str, str]:
        return {_name(*key): _standing(row["included"], str(row["exclusion"])) for key, row in self._of(code, "school")}

    def _of(self, code: str, grain: str) -> list[tuple[tuple[str, ...], Any]]:
        return [((*key[1:], "", "", "")[:3], row) for key, row in self._found[grain].items() if key[0] == code]


def _bounds(*ends: Any) -> Bounds:
    """None is −∞ for a lower end and ∞ for an upper one."""
    missing = (-math.inf, math.inf, -math.inf, math.inf)
    return tuple(absent if end is None else float(end) for end, absent in zip(ends, missing, strict=True))


def _name(school: str, campus: str, stage: str) -> str:
    """甲校 小学, 甲校, 甲校东校区 小学 or 全县."""
    return f"{school}{campus} {Stage(stage).label if stage else ''}".strip() or "全县"


def _standing(included: Any, reason: str) -> str:
    if included is None or included != included:
        return UNDECIDED
    return INCLUDED if included else reason
