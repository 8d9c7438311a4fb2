"""在校生预测: cohorts enter, grades move up, schools share — by county and school, with intervals, in sums that are exact.

County: G₁(y) = entry · cohort(y); G_{g+1}(y) = progression_g · G_g(y−1).
School: base forecast of a first grade (1 or 7) is the county's times the school's share of it (mean of the last three years; where
cohorts of every school's township are known, moved by how its township's cohort grows against the base year's), of other grades the school's own pupils a year earlier times the county's progression. Schools are then reconciled with the county, grade by
grade and year by year (`reconcile`), and made whole: school sums are the county's number exactly, counties sum to city and province.
Intervals: `PATHS` paths drawn from the rates' uncertainty (`rates`), births that are themselves a forecast (a random walk with the
parameter's standard deviation), and schools' shares; the 10 % and 90 % quantiles of a stage's pupils. Central numbers are those without
any error drawn, not a mean of paths.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from junheng.common.stages import COMPULSORY_STAGES
from junheng.planning.forecast.ages import Floats, whole
from junheng.planning.forecast.history import GRADES_OF, History, SchoolKey
from junheng.planning.forecast.parameters import parameter
from junheng.planning.forecast.rates import CountyRates, Rate, county_rates
from junheng.planning.forecast.reconcile import Method, in_whole_pupils, reconciled

PATHS = 500
QUANTILES = (0.1, 0.9)
_SHARE_YEARS = 3
_FIRST = (0, 6)
"""Positions of grades 1 and 7, which a school fills from outside."""
_ENDS = tuple(slice(GRADES_OF[stage][0] - 1, GRADES_OF[stage][-1]) for stage in COMPULSORY_STAGES)


@dataclass(frozen=True)
class Cohorts:
    """A county's cohorts. sizes: cohort year → children; projected: cohort year → how many years of births in it are themselves
    forecast (0 = known); townships: the same sizes for parts of the county, where they are known."""

    sizes: Mapping[int, float]
    projected: Mapping[int, int]
    townships: Mapping[str, Mapping[int, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Band:
    """Pupils by year and stage (小学, 初中): whole central numbers and the bounds of the interval."""

    central: np.ndarray
    low: np.ndarray
    high: np.ndarray


@dataclass(frozen=True)
class Forecast:
    """grades: schools × years × 9, whole pupils; counties, schools, areas (cities and the province): bands; rates: by county.
    past: the history it rests on; years: the first is the one after the base year."""

    past: History
    years: tuple[int, ...]
    grades: np.ndarray
    schools: Mapping[SchoolKey, Band]
    counties: Mapping[str, Band]
    areas: Mapping[str, Band]
    rates: Mapping[str, CountyRates]
    method: Method


def forecast(
    past: History, cohorts: Mapping[str, Cohorts], horizon: int, *, method: Method = Method.PROPORTIONAL,
    townships: Mapping[SchoolKey, str] | None = None, seed: int = 2023, notify: Callable[[str], None] = lambda _: None,
) -> Forecast:  # fmt: skip
    """Pupils of the next `horizon` years. cohorts: by county code, every one of the history's counties; townships: school → name,
    an extra level between school and county."""
    years = tuple(range(past.years[-1] + 1, past.years[-1] + 1 + horizon))
    past = _spread_by_cohorts(past, cohorts)
    grades = np.zeros((len(past.schools), horizon, 9), dtype=np.int64)
    bands: dict[SchoolKey, Band] = {}
    counties: dict[str, Band] = {}
    rates: dict[str, CountyRates] = {}
    paths_of: dict[str, Floats] = {}
    for number, county in enumerate(past.counties):
        notify(f"{county} 预测")
        at = past.of_county(county)
        rates[county] = county_rates(past, county, cohorts[county].sizes)
        central = _county(past.pupils[at, -1].sum(axis=0), rates[county], cohorts[county], years)
        parts = [(townships or {}).get(past.schools[k], "") for k in at]
        shares = _shares_ahead(past.pupils[at], cohorts[county], parts, past.years[-1], years)
        base = _schools(past.pupils[at], rates[county], central, shares)
        keys = ["/".join(past.schools[k]) for k in at]
        grades[at] = _whole(base, central, keys, county, method, parts)
        rng = np.random.default_rng([seed, number])
        county_paths, school_paths = _paths(past.pupils[at], rates[county], cohorts[county], years, shares, rng)
        counties[county] = _band(grades[at].sum(axis=0), county_paths)
        paths_of[county] = county_paths
        for k, s in enumerate(at):
            bands[past.schools[s]] = _band(grades[s], school_paths[:, k])
    return Forecast(past, years, grades, bands, counties, _areas(counties, paths_of), rates, method)


def _spread_by_cohorts(past: History, cohorts: Mapping[str, Cohorts]) -> History:
    """Where grades were not reported, the stage's pupils in the proportions of the cohorts that sit in its grades."""
    pupils = past.pupils.copy()
    for s, key in enumerate(past.schools):
        if key in past.assumed:
            sizes = np.array([cohorts[key[0]].sizes.get(past.years[-1] - g, np.nan) for g in range(9)])
            for ends in _ENDS:
                if not np.isnan(sizes[ends]).any():
                    pupils[s, -1, ends] = whole(sizes[ends], int(pupils[s, -1, ends].sum()))
    return replace(past, pupils=pupils)


def _county(now: Floats, rates: CountyRates, cohorts: Cohorts, years: Sequence[int]) -> Floats:
    """years × 9, without errors."""
    out = np.zeros((len(years), 9))
    before = now
    steps = np.array([each.ratio for each in rates.progression])
    for t, year in enumerate(years):
        out[t, 0] = rates.entry.ratio * cohorts.sizes[year]
        out[t, 1:] = before[:8] * steps
        before = out[t]
    return out


def _shares(pupils: Floats) -> Floats:
    """schools × 2: the mean share of a county's grade 1 and grade 7 over the last years in which all reported."""
    out = np.zeros((len(pupils), 2))
    for k, g in enumerate(_FIRST):
        recent = pupils[:, -_SHARE_YEARS:, g]
        totals = recent.sum(axis=0)
        good = totals > 0  # nan is not
        shares = (recent[:, good] / totals[good]).mean(axis=1) if good.any() else np.zeros(len(pupils))
        # A stage that a school no longer has does not come back.
        stage = pupils[:, -1, _ENDS[k]].sum(axis=1)
        shares = np.where(stage > 0, shares, 0.0)
        out[:, k] = shares / shares.sum() if shares.sum() > 0 else shares
    return out


def _shares_ahead(pupils: Floats, cohorts: Cohorts, parts: Sequence[str], base: int, years: Sequence[int]) -> Floats:
    """schools × years × 2: the shares, moved by the townships' cohorts where every school's is known."""
    shares = np.repeat(_shares(pupils)[:, None, :], len(years), axis=1)
    for k, lag in enumerate(_FIRST):
        for t, year in enumerate(years):
            grown = np.array([_growth(cohorts.townships.get(part, {}), base - lag, year - lag) for part in parts])
            if not np.isnan(grown).any():
                moved = shares[:, t, k] * grown
                shares[:, t, k] = moved / moved.sum() if moved.sum() > 0 else shares[:, t, k]
    return shares


def _growth(sizes: Mapping[int, float], before: int, after: int) -> float:
    return sizes[after] / sizes[before] if sizes.get(before, 0) > 0 and after in sizes else np.nan


def _schools(pupils: Floats, rates: CountyRates, county: Floats, shares: Floats) -> Floats:
    """schools × years × 9, before reconciling."""
    out = np.zeros((len(pupils), len(county), 9))
    before = pupils[:, -1]
    steps = np.array([each.ratio for each in rates.progression])
    for t in range(len(county)):
        out[:, t, 1:] = before[:, :8] * steps
        for k, g in enumerate(_FIRST):
            out[:, t, g] = shares[:, t, k] * county[t, g]
        before = out[:, t]
    return out


def _whole(base: Floats, county: Floats, keys: Sequence[str], code: str, method: Method, townships: Sequence[str]) -> np.ndarray:
    tree, values = {}, {code: county}
    for key, township, value in zip(keys, townships, base, strict=True):
        parent = f"{code}#{township}" if township else code
        tree[key] = parent
        if township:
            tree[parent] = code
        values[key] = value
    for parent in {each for each in tree.values() if each != code}:
        values[parent] = np.sum([values[key] for key, above in tree.items() if above == parent], axis=0)
    made = in_whole_pupils(reconciled(values, tree, method), tree)
    return np.array([made[key] for key in keys])


def _paths(pupils: Floats, rates: CountyRates, cohorts: Cohorts, years: Sequence[int], shares: Floats, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """(paths × years × 2, paths × schools × years × 2) pupils by stage."""
    n, horizon = len(pupils), len(years)
    entry = rates.entry.draw(rng, PATHS, horizon) * _births(cohorts, years, rng)
    steps = np.stack([each.draw(rng, PATHS, horizon) for each in rates.progression], axis=2)
    sd = parameter("share_sd")
    share_rate = Rate(0.0, sd, min(_SHARE_YEARS, pupils.shape[1]))
    before = np.broadcast_to(pupils[:, -1], (PATHS, n, 9)).copy()
    total = np.broadcast_to(pupils[:, -1].sum(axis=0), (PATHS, 9)).copy()
    county, schools = np.zeros((PATHS, horizon, 2)), np.zeros((PATHS, n, horizon, 2))
    moved = np.stack([share_rate.draw(rng, PATHS * n, horizon).reshape(PATHS, n, horizon) for _ in _FIRST], axis=3)
    for t, year in enumerate(years):
        total[:, 1:] = total[:, :8] * steps[:, t]
        total[:, 0] = entry[:, t] * cohorts.sizes[year]
        after = np.zeros_like(before)
        after[:, :, 1:] = before[:, :, :8] * steps[:, t, None, :]
        for k, g in enumerate(_FIRST):
            weight = shares[:, t, k] * moved[:, :, t, k]
            size = weight.sum(axis=1, keepdims=True)
            after[:, :, g] = np.where(size > 0, weight / np.where(size > 0, size, 1.0), 0.0) * total[:, g, None]
        before = after
        for k, ends in enumerate(_ENDS):
            county[:, t, k] = total[:, ends].sum(axis=1)
            schools[:, :, t, k] = before[:, :, ends].sum(axis=2)
    return county, schools


def _births(cohorts: Cohorts, years: Sequence[int], rng: np.random.Generator) -> Floats:
    """paths × years: what is wrong with cohorts whose births are a forecast."""
    steps = np.array([cohorts.projected.get(year, 0) for year in years])
    walk = np.cumsum(rng.normal(0.0, parameter("birth_sd"), (PATHS, max(int(steps.max(initial=0)), 1))), axis=1)
    out: Floats = np.exp(np.where(steps > 0, walk[:, np.maximum(steps, 1) - 1], 0.0))
    return out


def _band(grades: np.ndarray, paths: Floats) -> Band:
    """grades: years × 9; paths: paths × years × 2. The interval holds the central number."""
    central = np.stack([grades[:, ends].sum(axis=1) for ends in _ENDS], axis=1)
    low, high = np.quantile(paths, QUANTILES, axis=0)
    return Band(central, np.minimum(np.floor(low).astype(np.int64), central), np.maximum(np.ceil(high).astype(np.int64), central))


def _areas(counties: Mapping[str, Band], paths: Mapping[str, Floats]) -> dict[str, Band]:
    """Cities and the province: sums of counties; the paths of different counties are drawn independently."""
    out = {}
    for code in sorted({each[:4] + "00" for each in counties} | {each[:2] + "0000" for each in counties}):
        prefix = code[:2] if code.endswith("0000") else code[:4]
        inside = [each for each in counties if each.startswith(prefix)]
        if len(inside) > 1:
            central = np.sum([counties[each].central for each in inside], axis=0)
            low, high = np.quantile(np.sum([paths[each] for each in inside], axis=0), QUANTILES, axis=0)
            out[code] = Band(central, np.minimum(np.floor(low).astype(np.int64), central), np.maximum(np.ceil(high).astype(np.int64), central))
    return out
