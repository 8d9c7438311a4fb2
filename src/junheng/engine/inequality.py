"""Further measures of inequality, for reference and never judged: CV of three kinds, Gini, Theil T, max/min.

Missing (nan) stays missing: the measure is then null, and the same over the units that reported stands beside it.
All are null where the mean is 0 (nothing to compare); Gini and Theil where a value is below 0; a share of 0 adds 0
to Theil (x ln x → 0).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from junheng.engine.result import Balance, Floats, Rows, Texts


@dataclass(frozen=True)
class Spread:
    """Measures over units that all reported. *_weighted: by pupils. cv_sample: n − 1; null for a single unit."""

    n: int
    mean: float | None = None
    mean_weighted: float | None = None
    cv_population: float | None = None
    cv_sample: float | None = None
    cv_weighted: float | None = None
    gini: float | None = None
    gini_weighted: float | None = None
    theil: float | None = None
    theil_weighted: float | None = None
    max_min: float | None = None


@dataclass(frozen=True)
class Parts:
    """Theil T of all units = between groups + within groups. groups: name → Theil T inside it."""

    between: float
    within: float
    groups: Mapping[str, float]


@dataclass(frozen=True)
class Decomposition:
    """One grouping's parts, each unit counting once, and by pupils. Null like the Theil it divides."""

    unweighted: Parts | None
    weighted: Parts | None


@dataclass(frozen=True)
class Inequality:
    """Inequality among units. all_units: null measures while n_missing > 0. known_only: over those that reported.

    groups: name of the grouping → its decomposition, over all units; null also where a unit's group is not reported.
    """

    n_missing: int
    all_units: Spread
    known_only: Spread
    groups: Mapping[str, Decomposition] = field(default_factory=dict)


def inequality(values: Floats, pupils: Floats, groups: Mapping[str, Texts] | None = None) -> Inequality:
    """values, pupils: one per unit, nan = missing. groups: grouping name → group of each unit, "" or None = missing."""
    known: NDArray[np.bool_] = ~(np.isnan(values) | np.isnan(pupils))
    n_missing = int(np.count_nonzero(~known))
    known_only = spread(values[known], pupils[known])
    whole = known_only if n_missing == 0 else Spread(n=len(values))
    parts = {name: _decomposition(values, pupils, of, whole=n_missing == 0) for name, of in (groups or {}).items()}
    return Inequality(n_missing, whole, known_only, parts)


def among_schools(rows: Rows, indicator: str, stage: str, *, codes: str = "",
                  groups: Mapping[str, Texts] | None = None) -> Inequality:  # fmt: skip
    """Included schools of a stage in the counties whose code begins with `codes`; always grouped by "county".

    groups: further groupings, one entry per row of `rows` (城乡). A school of unknown inclusion counts as missing.
    """
    here = (rows.stage == stage) & (rows.included != 0) & _begins(rows.county_code, codes)
    column = rows.indicators[indicator]
    values = np.where(np.isnan(rows.included), np.nan, column.value)[here]
    chosen = {name: of[here] for name, of in {"county": rows.county_code, **(groups or {})}.items()}
    return inequality(values, rows.students[here], chosen)


def between_counties(balance: Balance, indicator: str, stage: str, *, codes: str = "",
                     groups: Mapping[str, Texts] | None = None) -> Inequality:  # fmt: skip
    """县际差异: counties as units, each with its mean and its pupils. codes: "2101" for a city, "21" for the province.

    groups: groupings of counties, one entry per row of `balance`.
    """
    here = (balance.stage == stage) & _begins(balance.county_code, codes)
    chosen = {name: of[here] for name, of in (groups or {}).items()}
    return inequality(balance.indicators[indicator].mean[here], balance.students[here], chosen)


def spread(values: Floats, pupils: Floats) -> Spread:
    """Every measure over units none of which is missing."""
    n = len(values)
    if n == 0:
        return Spread(n=0)
    one = np.ones(n)
    mean, mean_weighted = _mean(values, one), _mean(values, pupils)
    squares = float(np.sum((values - mean) ** 2)) if mean is not None else 0.0
    lowest = float(values.min())
    return Spread(
        n=n,
        mean=mean,
        mean_weighted=mean_weighted,
        cv_population=variation(values, one),
        cv_sample=float(np.sqrt(squares / (n - 1)) / mean) if mean and n > 1 else None,
        cv_weighted=variation(values, pupils),
        gini=gini(values, one),
        gini_weighted=gini(values, pupils),
        theil=theil(values, one),
        theil_weighted=theil(values, pupils),
        max_min=float(values.max()) / lowest if lowest > 0 else None,
    )


def variation(values: Floats, weights: Floats) -> float | None:
    """差异系数 in population form: √(Σ(w/W)(x − X̄)²) / X̄ with X̄ = Σwx/W."""
    mean = _mean(values, weights)
    if not mean:
        return None
    return float(np.sqrt(np.sum(weights * (values - mean) ** 2) / np.sum(weights)) / mean)


def gini(values: Floats, weights: Floats) -> float | None:
    """Mean absolute difference of all pairs over twice the mean, pairs weighted by both weights."""
    mean = _mean(values, weights)
    if not mean or values.min() < 0:
        return None
    order = np.argsort(values, kind="stable")
    x, w = values[order], weights[order]
    total = float(np.sum(w))
    # Each unit lies above the weight before it and below the weight after it.
    balance = 2 * np.cumsum(w) - w - total
    return float(np.sum(w * x * balance) / (total**2 * mean))


def theil(values: Floats, weights: Floats) -> float | None:
    """Theil T: Σ(w/W)(x/X̄)ln(x/X̄)."""
    mean = _mean(values, weights)
    if not mean or values.min() < 0:
        return None
    shares = values / mean
    logs = np.log(shares, where=shares > 0, out=np.zeros_like(shares))
    return float(np.sum(weights * shares * logs) / np.sum(weights))


def theil_parts(values: Floats, weights: Floats, groups: Texts) -> Parts | None:
    """Theil T divided over groups; a group whose mean is 0 has no inequality of its own and adds 0."""
    mean = _mean(values, weights)
    if not mean or values.min() < 0:
        return None
    names, index = np.unique(groups.astype(str), return_inverse=True)
    group_weight = np.bincount(index, weights)
    group_mean = np.divide(np.bincount(index, weights * values), group_weight,
                           out=np.zeros(len(names)), where=group_weight > 0)  # fmt: skip
    income_share = group_weight * group_mean / (float(np.sum(weights)) * mean)
    relative = group_mean / mean
    logs = np.log(relative, where=relative > 0, out=np.zeros_like(relative))
    inside = {str(name): theil(values[index == k], weights[index == k]) or 0.0 for k, name in enumerate(names)}
    within = float(np.sum(income_share * np.array(list(inside.values()))))
    return Parts(between=float(np.sum(income_share * logs)), within=within, groups=inside)


def _decomposition(values: Floats, pupils: Floats, groups: Texts, *, whole: bool) -> Decomposition:
    if not whole or any(not name for name in groups):
        return Decomposition(None, None)
    return Decomposition(theil_parts(values, np.ones(len(values)), groups), theil_parts(values, pupils, groups))


def _mean(values: Floats, weights: Floats) -> float | None:
    total = float(np.sum(weights))
    return float(np.sum(weights * values)) / total if total > 0 else None


def _begins(texts: Texts, start: str) -> NDArray[np.bool_]:
    return np.array([str(text).startswith(start) for text in texts], dtype=bool)
