"""A county over the years: its CVs beside their limits, and its conclusion of every year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from junheng.common.school_years import school_year_label
from junheng.common.stages import Stage
from junheng.reports.grid import round_half_up
from junheng.web.dashboards.opened import Opened
from junheng.web.dashboards.trend import Trend, trend
from junheng.web.dashboards.years import Year


@dataclass(frozen=True)
class CvTrend:
    """One CV over the years, as printed."""

    stage_label: str
    title: str
    values: Sequence[str]
    limit: str
    line: Trend | None


@dataclass(frozen=True)
class CountyYears:
    """labels: "2025—2026 学年", oldest first; verdicts: of the same years."""

    labels: Sequence[str]
    verdicts: Sequence[str]
    cvs: Sequence[CvTrend]


def cv_trends(found: Opened, years: Sequence[Year]) -> CountyYears | None:
    """None with a single year: there is no way to see. Limits are those of the release looked at."""
    if len(years) < 2:
        return None
    titles = {each.code: each.title for each in found.policy.resources}
    cvs = []
    for id, stage in found.verdict.stages.items():
        for each in stage.balance:
            values = [year.cv.get((id, each.code)) for year in years]
            printed = ["待定" if value is None else round_half_up(value, 3) for value in values]
            cvs.append(CvTrend(Stage(id).label, f"{each.code} {titles[each.code]}", printed, f"{each.limit.value}", trend(values, float(each.limit.value))))
    return CountyYears([school_year_label(year.school_year) for year in years], [year.verdict for year in years], cvs)
