"""回测: forecast from an earlier year with what was known then, and compare with what came — beside "nothing changes"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from junheng.common.errors import UserError
from junheng.common.stages import COMPULSORY_STAGES
from junheng.planning.forecast.ages import Floats
from junheng.planning.forecast.history import GRADES_OF, History
from junheng.planning.forecast.pupils import Cohorts, Forecast, forecast


@dataclass(frozen=True)
class Errors:
    """Errors at one distance. level: "county" or "school"; stage; years_ahead; n: numbers compared; error, no_change: Σ|forecast −
    actual| / Σ actual, of the forecast and of the origin's number carried on; bias: Σ(forecast − actual) / Σ actual; covered: share
    of actual numbers inside the interval."""

    level: str
    stage: str
    years_ahead: int
    n: int
    error: float
    no_change: float
    bias: float
    covered: float


def backtest(past: History, cohorts: Mapping[str, Cohorts], years_back: int) -> tuple[Errors, ...]:
    """Hide the last `years_back` years of the history and forecast them. Cohorts that enter in those years were born at least
    six years before the origin, so that with up to six years back nothing is used that was not known then — if births are
    reported as they were registered. Raises UserError when the history is too short."""
    origin = past.years[-1] - years_back
    if origin < past.years[0]:
        raise UserError("历史年份不够回测", why=f"历史从 {past.years[0]} 年起，要倒退 {years_back} 年到 {origin} 年", remedy="请补报更早年份的分年级在校生数，或减少回测年数")
    known = past.until(origin)
    complete = [s for s in range(len(past.schools)) if not np.isnan(known.pupils[s, -1]).any()]
    if not complete:
        raise UserError(f"{origin} 年没有一所学校报全了各年级人数，不能回测", remedy="请补报该年分年级在校生数")
    schools = tuple(past.schools[s] for s in complete)
    then = History(schools, past.names, known.years, known.pupils[complete])
    made = forecast(then, {county: cohorts[county] for county in then.counties}, years_back)
    actual = past.pupils[complete][:, len(known.years) :]
    out = []
    for k, stage in enumerate(COMPULSORY_STAGES):
        ends = slice(GRADES_OF[stage][0] - 1, GRADES_OF[stage][-1])
        truth, start = actual[:, :, ends].sum(axis=2), then.pupils[:, -1, ends].sum(axis=1)
        bands = [made.schools[key] for key in schools]
        predicted, low, high = (np.array([getattr(band, name)[:, k] for band in bands], dtype=float) for name in ("central", "low", "high"))
        for t in range(years_back):
            out += _errors("school", stage, t, truth[:, t], predicted[:, t], low[:, t], high[:, t], start)
            out += _county_errors(made, then, stage, k, t, truth[:, t], start)
    return tuple(out)


def _county_errors(made: Forecast, then: History, stage: str, k: int, t: int, truth: Floats, start: Floats) -> list[Errors]:
    of = {county: then.of_county(county) for county in then.counties}
    bands = [made.counties[county] for county in of]
    values = [np.array([getattr(band, name)[t, k] for band in bands], dtype=float) for name in ("central", "low", "high")]
    sums = [np.array([series[at].sum() for at in of.values()]) for series in (truth, start)]
    return _errors("county", stage, t, sums[0], values[0], values[1], values[2], sums[1])


def _errors(level: str, stage: str, t: int, truth: Floats, predicted: Floats, low: Floats, high: Floats, start: Floats) -> list[Errors]:
    """One entry, or none when there was nothing to compare."""
    good = ~np.isnan(truth) & ((truth > 0) | (start > 0))
    total = float(truth[good].sum())
    if total <= 0:
        return []
    return [Errors(
        level, str(stage), t + 1, int(good.sum()), float(np.abs(predicted - truth)[good].sum()) / total, float(np.abs(start - truth)[good].sum()) / total,
        float((predicted - truth)[good].sum()) / total, float(((low <= truth) & (truth <= high))[good].mean()),
    )]  # fmt: skip
