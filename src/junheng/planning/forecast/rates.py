"""入学率与升级率: how many of a cohort enter, and how many of a grade are in the next one a year later — with their uncertainty.

Both are ratios of sums over a county's schools, in logarithms. Children who move in or out, repeat or leave are in them. With n years
known the rate is their mean; its uncertainty has two parts: the mean itself is only known to s/√n and stays wrong for all years to
come, and every year differs by s. s is the sample's own standard deviation (from three years on, never less than half the parameter's);
with fewer years it is the parameter's, and without any year the rate is 1 (nobody comes or goes) and n counts as one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from junheng.planning.forecast.ages import Floats
from junheng.planning.forecast.history import History
from junheng.planning.forecast.parameters import parameter

_YEARS_USED = 6


@dataclass(frozen=True)
class Rate:
    """log_mean: of the ratio; sd: of one year; years: how many it rests on (0 = assumed)."""

    log_mean: float
    sd: float
    years: int

    @property
    def ratio(self) -> float:
        return float(np.exp(self.log_mean))

    def draw(self, rng: np.random.Generator, paths: int, years: int) -> Floats:
        """paths × years of ratios: an error of the mean that stays, and one of each year."""
        stays = rng.normal(0.0, self.sd / np.sqrt(max(self.years, 1)), (paths, 1))
        out: Floats = np.exp(self.log_mean + stays + rng.normal(0.0, self.sd, (paths, years)))
        return out


@dataclass(frozen=True)
class CountyRates:
    """entry: children of a cohort → grade 1; progression: grade g → g+1, eight of them; entry_ratio_base: of the base year."""

    entry: Rate
    progression: tuple[Rate, ...]


def county_rates(past: History, county: str, cohorts: Mapping[int, float]) -> CountyRates:
    """The rates of one county. A year counts only where every school of the county reported it."""
    total = past.pupils[past.of_county(county)].sum(axis=0)  # nan where a school is missing
    entries = [
        (np.log(total[t, 0] / cohorts[year])) for t, year in enumerate(past.years)
        if total[t, 0] > 0 and cohorts.get(year, np.nan) > 0
    ]  # fmt: skip
    steps = [
        [np.log(total[t + 1, g + 1] / total[t, g]) for t in range(len(past.years) - 1) if total[t, g] > 0 and total[t + 1, g + 1] > 0]
        for g in range(8)
    ]  # fmt: skip
    return CountyRates(_rate(entries, parameter("entry_sd")), tuple(_rate(each, parameter("progression_sd")) for each in steps))


def _rate(logs: Sequence[float], default_sd: float) -> Rate:
    used = np.array(logs[-_YEARS_USED:])
    if not len(used):
        return Rate(0.0, default_sd, 0)
    sd = max(float(used.std(ddof=1)), default_sd / 2) if len(used) >= 3 else default_sd
    return Rate(float(used.mean()), sd, len(used))
