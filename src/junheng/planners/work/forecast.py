"""学龄人口预测, asked and answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import numpy as np

from junheng.common.school_years import as_of_date
from junheng.common.stages import COMPULSORY_STAGES
from junheng.intake.model import Facts
from junheng.planners.county_facts import CountyFacts
from junheng.planners.model import Asked, Figure, Planned
from junheng.planning.forecast.history import GRADES_OF
from junheng.planning.forecast.outlook import Outlook, Request, look_ahead
from junheng.planning.forecast.reconcile import Method
from junheng.planning.forecast.tables import TABLES, read_past, read_population, read_townships
from junheng.policy import resolve_many
from junheng.reports.plans.blank_tables import write_blank_tables
from junheng.reports.plans.forecast import write_forecast

_METHODS = {"按比例": Method.PROPORTIONAL, "按误差": Method.WEIGHTED, "自下而上": Method.BOTTOM_UP}


def templates(out: Path, _: Sequence[CountyFacts]) -> list[Path]:
    return write_blank_tables(out, TABLES)


def run(asked: Asked) -> Planned:
    found, tables = asked.facts, asked.tables
    year = found[0].facts.school_year
    facts = Facts(year, [row for each in found for row in each.facts.school], [row for each in found for row in each.facts.county], [])
    policies = resolve_many(asked.text("policy"), tuple(each.code for each in found), as_of_date(year))
    request = Request(
        facts, policies, read_population(tables.get("births"), tables.get("ages"), tables.get("moves")),
        read_past(tables["past"], facts) if "past" in tables else (), read_townships(tables["townships"], facts) if "townships" in tables else {},
        asked.whole("years"), _METHODS[asked.text("reconcile")], asked.whole("backtest"),
    )  # fmt: skip
    outlook = look_ahead(request, asked.step)
    files = write_forecast(asked.folder(), outlook, tuple(line for each in found for line in each.warnings))
    headline = (f"已预测 {len(found)} 个县（市、区）、{len(outlook.past.schools)} 所学校到 {outlook.made.years[-1]} 年；"
                f"预测期内新出现 {_new_breaches(outlook)} 处低于或超过标准。")  # fmt: skip
    return Planned(headline, figures=tuple(_figures(outlook)), files=files)


def _new_breaches(outlook: Outlook) -> int:
    return sum(not each.now and any(each.years.values()) for lines in outlook.breaches.values() for each in lines)


def _figures(outlook: Outlook) -> Iterator[Figure]:
    """Pupils of all counties by stage: now, in the last year with both ends of the interval, and at most. A county's ends are added up:
    the interval of the sum is no wider."""
    bands = list(outlook.made.counties.values())
    for k, stage in enumerate(COMPULSORY_STAGES):
        grades = slice(GRADES_OF[stage][0] - 1, GRADES_OF[stage][-1])
        by_year = np.sum([band.central[:, k] for band in bands], axis=0)
        yield _people(f"{stage}_now", f"{stage.label}在校生（现在）", outlook.made.past.pupils[:, -1, grades].sum())
        yield _people(f"{stage}_end", f"{stage.label}在校生（最后一年）", by_year[-1])
        yield _people(f"{stage}_end_low", f"{stage.label}在校生（最后一年，下限）", sum(band.low[-1, k] for band in bands))
        yield _people(f"{stage}_end_high", f"{stage.label}在校生（最后一年，上限）", sum(band.high[-1, k] for band in bands))
        yield _people(f"{stage}_most", f"{stage.label}在校生（最多的一年）", by_year.max())
    yield Figure("breaches", "新出现的低于或超过标准", Decimal(_new_breaches(outlook)), "处", better="less")


def _people(id: str, label: str, pupils: float) -> Figure:
    return Figure(id, label, Decimal(round(float(pupils))), "人")
