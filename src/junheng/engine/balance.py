"""校际均衡: the pupil-weighted, population form of mean, standard deviation and CV, by county and stage.

X̄ = Σx / Σp, S = √(Σ (p/P)·(x/p − X̄)²), CV = S / X̄, in two passes over the plan; the sums stand on every row of a county.
"""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw
import numpy as np

from junheng.common.stages import Stage
from junheng.engine.basis import Layer, pupils
from junheng.engine.result import BalanceColumn, Floats

_COUNTY = "county_code"
Numerators = Mapping[tuple[Stage, str], tuple[str | float | None, str | float | None]]
"""(stage, indicator) → columns of the numerator's lower and upper end, as in compile.Place."""


def balance_layers(numerators: Numerators) -> tuple[Layer, Layer]:
    """First the sums that need no mean, then the squared deviations from it."""
    first: Layer = {}
    second: Layer = {}
    for stage in dict.fromkeys(stage for stage, _ in numerators):
        n, included = nw.col(pupils(stage)), nw.col("included")
        # n = 0: the school has no such stage. n null: it has one, and its pupils are missing.
        first[f"n_schools_{stage}"] = _count(((n != 0) | n.is_null()) & included)
        first[f"n_doubtful_{stage}"] = _count(((n != 0) | n.is_null()) & included.is_null())
        first[f"n_counted_{stage}"] = _count((n > 0) & included)
        first[f"n_pupils_{stage}"] = _total(nw.when(included).then(n))
        for number, (lo, hi) in enumerate(ends for (at, _), ends in numerators.items() if at is stage):
            name, x = f"{stage}_{number}", nw.col(str(hi))
            known = (n > 0) & included & (~x.is_null() if lo is None else x == nw.col(str(lo)))
            first[f"b_known_{name}"] = _count(known)
            first[f"b_pupils_{name}"] = _total(nw.when(known).then(n))
            first[f"b_sum_{name}"] = _total(nw.when(known).then(x))
            mean = nw.col(f"b_sum_{name}") / nw.col(f"b_pupils_{name}")
            deviation = nw.when(known).then(x) / n - mean
            second[f"b_squares_{name}"] = _total(n * deviation * deviation)
    return first, second


def balance_column(rows: Mapping[str, Floats], stage: Stage, number: int, scale: int) -> BalanceColumn:
    """One indicator from the plan's columns, taken at one row per county. scale: the indicator's own."""
    name = f"{stage}_{number}"
    known_pupils, missing = rows[f"b_pupils_{name}"], rows[f"n_schools_{stage}"] - rows[f"b_known_{name}"]
    decided = (missing == 0) & (rows[f"n_doubtful_{stage}"] == 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        known_mean = np.where(known_pupils > 0, scale * rows[f"b_sum_{name}"] / known_pupils, np.nan)
        known_sd = scale * np.sqrt(rows[f"b_squares_{name}"] / known_pupils)
        known_cv = np.where(known_mean != 0, known_sd / np.abs(known_mean), np.nan)
    mean, sd, cv = (np.where(decided, each, np.nan) for each in (known_mean, known_sd, known_cv))
    return BalanceColumn(mean, sd, cv, known_mean, known_cv, missing)


def _total(value: nw.Expr) -> nw.Expr:
    return value.sum().over(_COUNTY)


def _count(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(1.0).sum().over(_COUNTY)
