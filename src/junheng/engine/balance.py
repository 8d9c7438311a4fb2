"""校际均衡: the pupil-weighted, population form of mean, standard deviation and CV, by county and stage.

X̄ = Σx / Σp, S = √(Σ (p/P)·(x/p − X̄)²), CV = S / X̄: the mean first, then the deviations from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import narwhals as nw
import numpy as np

from junheng.common.stages import Stage
from junheng.engine.basis import pupils
from junheng.engine.result import BalanceColumn, Floats
from junheng.engine.tabular import Frame

KEYS = ("county_code", "stage")
SUMS = ("known", "pupils", "amount", "squares")
"""Per indicator: schools known, their pupils, Σx and Σp·(x/p − X̄)², before the indicator's scale."""
COUNTS = ("n", "doubtful", "pupils")
"""Schools that count, schools that may count, and the pupils of those that do: null when one has not told its own."""

Numerators = Mapping[tuple[Stage, str], tuple[str | float | None, str | float | None]]
"""(stage, indicator) → columns of the numerator's lower and upper end, as in compile.Place."""


def sum_column(sum_name: str, indicator: str) -> str:
    """Column of the balance plan that holds one of SUMS."""
    return f"{sum_name}_{indicator}"


def spread(figures: Frame, numerators: Numerators) -> Frame:
    """One row per county and stage with KEYS and SUMS, over the included schools whose figure is known."""
    schools = nw.concat([_of_stage(figures, stage, numerators) for stage in dict.fromkeys(stage for stage, _ in numerators)])
    indicators = list(dict.fromkeys(id for _, id in numerators))
    n, first, second = nw.col("n"), {}, {}
    for id in indicators:
        x = nw.col(id)
        first[sum_column("known", id)] = x.count()
        first[sum_column("pupils", id)] = nw.when(~x.is_null()).then(n).sum()
        first[sum_column("amount", id)] = x.sum()
        total = nw.col(sum_column("pupils", id))
        deviation = x / n - nw.col(sum_column("amount", id)) / nw.when(total > 0).then(total)
        second[sum_column("squares", id)] = n * deviation * deviation
    sums = schools.group_by(*KEYS).agg(**first)
    squares = schools.join(sums, on=list(KEYS), how="inner").select(*KEYS, **second)
    squares = squares.group_by(*KEYS).agg(*(nw.col(name).sum() for name in second))
    return sums.join(squares, on=list(KEYS), how="inner")


def counted(figures: Frame, stages: Iterable[Stage]) -> Frame:
    """One row per county and stage with KEYS and COUNTS, over the schools that have the stage or may have it."""
    included, n = nw.col("included"), nw.col("n")
    schools = nw.concat([
        figures.filter(nw.col(pupils(stage)).is_null() | (nw.col(pupils(stage)) != 0)).select(
            "county_code", "included", stage=nw.lit(stage.value), n=nw.col(pupils(stage)).cast(nw.Float64))
        for stage in stages
    ])  # fmt: skip
    sums = schools.group_by(*KEYS).agg(
        n=nw.when(included).then(nw.lit(1)).count(),
        doubtful=nw.when(included.is_null()).then(nw.lit(1)).count(),
        told=nw.when(included).then(n).count(),
        pupils=nw.when(included).then(n).sum(),
    )
    return sums.select(*KEYS, "n", "doubtful", pupils=nw.when(nw.col("told") == nw.col("n")).then(nw.col("pupils").fill_null(0)))


def _of_stage(figures: Frame, stage: Stage, numerators: Numerators) -> Frame:
    n = nw.col(pupils(stage))
    amounts = {}
    for (at, id), (lo, hi) in numerators.items():
        if at is stage:
            x = nw.col(str(hi))
            known = x if lo is None else nw.when(nw.col(str(lo)) == x).then(x)
            amounts[id] = known.cast(nw.Float64)
    rows = figures.filter(nw.col("included") & (n > 0))
    return rows.select("county_code", stage=nw.lit(stage.value), n=n, **amounts)


def balance_column(sums: Mapping[str, Floats], scale: int, n: Floats, doubtful: Floats) -> BalanceColumn:
    """sums: SUMS by (county, stage), 0 where no school is known; n, doubtful: schools that count, that may count."""
    total, missing = sums["pupils"], n - sums["known"]
    decided = (missing == 0) & (doubtful == 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        known_mean = np.where(total > 0, scale * sums["amount"] / total, np.nan)
        known_sd = np.where(total > 0, scale * np.sqrt(sums["squares"] / total), np.nan)
        known_cv = np.where(known_mean != 0, known_sd / np.abs(known_mean), np.nan)
    mean, sd, cv = (np.where(decided, each, np.nan) for each in (known_mean, known_sd, known_cv))
    return BalanceColumn(mean, sd, cv, known_mean, known_cv, missing)
