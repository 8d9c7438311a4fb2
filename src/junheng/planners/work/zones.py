"""划片方案, asked and answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from junheng.planners.county_facts import CountyFacts
from junheng.planners.model import Asked, Figure, Planned, Task
from junheng.planning.zoning.model import ZonePlan, ZoneRequest
from junheng.planning.zoning.plan import plan_zones
from junheng.planning.zoning.tables import BLOCKS, SCHOOLS, WAYS, read_blocks, read_schools, read_ways
from junheng.reports.plans.blank_tables import write_blank_tables
from junheng.reports.plans.zones import write_zones


def templates(out: Path, _: Sequence[CountyFacts]) -> list[Path]:
    return write_blank_tables(out, (BLOCKS, SCHOOLS, WAYS))


def run(asked: Asked) -> Planned:
    blocks, schools = read_blocks(asked.tables["blocks"]), read_schools(asked.tables["schools"])
    ways = read_ways(asked.tables["ways"], blocks, schools) if "ways" in asked.tables else None
    plan = plan_zones(ZoneRequest(blocks, schools, ways, asked.whole("change_m"), asked.number("seconds")))
    files = write_zones(asked.folder(), plan)
    proven = f"已证明至少超出 {plan.excess_bound} 人" if plan.excess_bound else "没有证明不能更少"
    over = sum(plan.excess.values())
    fits = f"，仍超计划 {over} 人（{proven}）" if over else "，都在招生计划以内"
    headline = f"{len(blocks)} 个片区划给 {len(schools)} 所学校{fits}；与最好的方案相差不超过 {plan.gap:.2%}。"
    over_at = [each for each in schools if each.code in plan.excess]
    reasons = tuple(f"“{each.name}”超计划 {plan.excess[each.code]} 人：须增加学位，或分流到邻校。" for each in over_at)
    tasks = tuple(Task(each.code, each.name, "增加学位，或分流到邻校", Decimal(plan.excess[each.code]), "个学位", None, "nearby_enrolment", None) for each in over_at)
    return Planned(headline, figures=tuple(_figures(plan)), gap=plan.gap, reasons=reasons, files=files, tasks=tasks)


def _figures(plan: ZonePlan) -> Iterator[Figure]:
    request = plan.request
    children = sum(each.children for each in request.blocks)
    changed = [each for each in request.blocks if each.last_school and plan.school_of[each.id] != each.last_school]
    moved = sum(each.children for each in changed)
    way_m = plan.cost - request.change_m * moved
    yield Figure("way", "平均上学路程", Decimal(way_m) / children / 1000 if children else None, "公里", 2, "less")
    yield Figure("cost", "路程与变动合计", Decimal(plan.cost) / 1000, "人公里", better="less")
    yield Figure("bound", "合计不低于", Decimal(plan.bound) / 1000, "人公里")
    yield Figure("excess", "超计划", Decimal(sum(plan.excess.values())), "人", better="less")
    yield Figure("excess_bound", "超计划不少于", Decimal(plan.excess_bound), "人")
    yield Figure("changed", "与上年不同的片区", Decimal(len(changed)), "个", better="less")
    yield Figure("moved", "与上年不同的儿童", Decimal(moved), "人", better="less")
