"""Hand-made measurements and policies, small enough to enumerate what is missing in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np

from junheng.engine.result import Balance, BalanceColumn, ExactInterval, IntervalColumn, Measurements, Rows
from junheng.policy.in_force import (
    BalanceRule,
    Cited,
    Compare,
    Criterion,
    Demand,
    ExceptionRule,
    Limit,
    PolicyInForce,
    ResourceIndicator,
    SchoolRule,
    Scope,
    Source,
)

SOURCE = Source("doc", "第六条")
INF = float("inf")
End = int | float | Fraction
Span = End | tuple[End, End] | None
"""A figure, its two ends, or None = missing: anything from 0."""


def cited(value: str, unverified: str = "") -> Cited:
    return Cited(Decimal(value), SOURCE, date(2017, 1, 1), unverified)


def limit(id: str, **values: str) -> Limit:
    return Limit(id, id, "", {key: cited(value) for key, value in values.items()})


def resource(code: str, indicator: str) -> ResourceIndicator:
    return ResourceIndicator(code, indicator, indicator, indicator, SOURCE)


def policy(
    resources: Mapping[str, str], *, min_met: int = 1, cv: str = "0.5", judge: str = "each", school_rule: bool = True,
    criteria: Sequence[Criterion] = (), limits: Sequence[Limit] = (), exceptions: Sequence[ExceptionRule] = (),
) -> PolicyInForce:  # fmt: skip
    """resources: indicator → per-school limit; codes are I1, I2, …"""
    found = {each: limit(each, any=value) for each, value in resources.items()} | {each.id: each for each in limits}
    found["cv"] = limit("cv", any=cv)
    codes = tuple(resource(f"I{number}", each) for number, each in enumerate(resources, 1))
    rule = SchoolRule(min_met, cited("0.85"), SOURCE) if school_rule else None
    return PolicyInForce("test", "测试标准", date(2025, 9, 1), "", (), found, codes, rule, BalanceRule(judge, "cv", SOURCE),
                         (), tuple(exceptions), tuple(criteria), (), {})  # fmt: skip


def criterion(id: str, *demands: Demand, evidence: Sequence[str] = (), unless: Sequence[str] = (), group: str = "government") -> Criterion:
    return Criterion(id, group, 1, id, id, SOURCE, demands, tuple(evidence), tuple(unless))


def demand(indicator: str, scope: Scope, compare: Compare = Compare.AT_LEAST, **more: object) -> Demand:
    return Demand(indicator, scope, compare, str(more.pop("limit", indicator)), **more)  # type: ignore[arg-type]


@dataclass
class Row:
    """One row of a grain. figures: indicator → (numerator, denominator, member)."""

    code: str = "s1"
    county: str = "210102"
    stage: str = ""
    included: float = 1.0
    form: str = "primary"
    figures: Mapping[str, tuple[Span, Span, float]] = field(default_factory=dict)
    exceptions: Mapping[str, float] = field(default_factory=dict)


def school_stage(code: str, pupils: Span, values: Mapping[str, Span], *, stage: str = "primary", included: float = 1.0,
                 county: str = "210102", exceptions: Mapping[str, float] | None = None) -> Row:  # fmt: skip
    figures = {name: (value, pupils, 1.0) for name, value in values.items()}
    return Row(code, county, stage, included, stage, figures, exceptions or {})


def ends(span: Span) -> tuple[End, End]:
    if span is None:
        return 0, INF
    return span if isinstance(span, tuple) else (span, span)


def fraction(end: End) -> Fraction | None:
    if isinstance(end, float) and end in (INF, -INF):
        return None
    return Fraction(Decimal(repr(end))) if isinstance(end, float) else Fraction(end)


class Exactly:
    """The exact source of hand-made rows."""

    def __init__(self, rows: Mapping[str, Sequence[Row]]) -> None:
        self.rows = rows
        self.asked = 0

    def interval(self, grain: str, index: int, indicator: str, *, plain: bool = False) -> ExactInterval:
        self.asked += 1
        num, den, _ = self.rows[grain][index].figures[indicator]
        return ExactInterval(*(fraction(end) for span in (num, den) for end in ends(span)))

    def share(self, index: int, indicator: str) -> Fraction | None:
        return Fraction(1)

    def contradicted(self, county_code: str, exception_id: str) -> tuple[tuple[str, str], ...]:
        return ()

    def cv_squared(self, county_code: str, stage: str, indicator: str) -> Fraction | None:
        pairs = [
            tuple(fraction(ends(span)[0]) for span in row.figures[indicator][:2])
            for row in self.rows["school_stage"]
            if (row.county, row.stage) == (county_code, stage) and row.included == 1
        ]
        total = sum(x for x, _ in pairs)  # type: ignore[misc]
        return None if not total else sum(d for _, d in pairs) * sum(x * x / d for x, d in pairs) / total**2 - 1  # type: ignore[misc,operator]


def rows_of(grain: str, rows: Sequence[Row]) -> Rows:
    def texts(name: str) -> np.ndarray:  # type: ignore[type-arg]
        return np.array([getattr(row, name) for row in rows], dtype=object)

    blank = np.array([""] * len(rows), dtype=object)
    names = dict.fromkeys(name for row in rows for name in row.figures)
    columns = {}
    for name in names:
        spans = [row.figures[name] for row in rows]
        numbers = [[float(end) for end in (*ends(num), *ends(den))] + [member] for num, den, member in spans]
        columns[name] = IntervalColumn(*np.array(numbers, dtype=float).reshape(-1, 5).T)
    flags = dict.fromkeys(name for row in rows for name in row.exceptions)
    exceptions = {name: np.array([row.exceptions.get(name, 0.0) for row in rows]) for name in flags}
    students = np.array([_students(row) for row in rows])
    return Rows(grain, texts("county"), texts("code"), blank, texts("stage"), texts("code"), blank, texts("form"), students,
                np.array([row.included for row in rows], dtype=float), blank, exceptions, columns)  # fmt: skip


def _students(row: Row) -> float:
    for _, den, _ in row.figures.values():
        low, high = ends(den)
        return float(low) if low == high else np.nan
    return np.nan


def measurements(
    stage_rows: Sequence[Row] = (), schools: Sequence[Row] = (), counties: Sequence[Row] = (),
    judgements: Mapping[tuple[str, str], bool] | None = None,
) -> Measurements:  # fmt: skip
    """Everything measured, with the balance computed here, exactly."""
    held = {"school_stage": list(stage_rows), "school": list(schools), "county": list(counties)}
    exact = Exactly(held)
    by_grain = {grain: rows_of(grain, rows) for grain, rows in held.items()}
    return Measurements(2025, "hand", by_grain["school_stage"], by_grain["school"], by_grain["county"],
                        _balance(held["school_stage"], exact), judgements or {}, {}, exact, {})  # fmt: skip


def _balance(rows: Sequence[Row], exact: Exactly) -> Balance:
    groups = sorted({(row.county, row.stage) for row in rows})
    names = dict.fromkeys(name for row in rows for name in row.figures)
    columns = {}
    for name in names:
        cvs, means, missing = [], [], []
        for group in groups:
            figures = [row.figures[name] for row in rows if (row.county, row.stage) == group and row.included == 1]
            known = all(low == high for num, den, _ in figures for low, high in (ends(num), ends(den)))
            doubtful = any(np.isnan(row.included) for row in rows if (row.county, row.stage) == group)
            squared = exact.cv_squared(*group, name) if known and not doubtful and figures else None
            cvs.append(np.nan if squared is None else float(squared) ** 0.5)
            totals = [sum(float(ends(f[k])[0]) for f in figures) for k in (0, 1)]
            means.append(totals[0] / totals[1] if known and not doubtful and totals[1] else np.nan)
            missing.append(0.0 if known else 1.0)
        mean, cv = np.array(means), np.array(cvs)
        columns[name] = BalanceColumn(mean, mean * cv, cv, mean, cv, np.array(missing))
    n = np.array([float(sum((row.county, row.stage) == group and row.included == 1 for row in rows)) for group in groups])
    return Balance(np.array([g[0] for g in groups], dtype=object), np.array([g[1] for g in groups], dtype=object), n,
                   np.full(len(groups), np.nan), columns)  # fmt: skip
