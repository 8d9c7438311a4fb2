"""均衡编班, asked and answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from junheng.common.digests import Digest
from junheng.common.stages import COMPULSORY_STAGES
from junheng.planners.county_facts import CountyFacts
from junheng.planners.model import Asked, Figure, Planned
from junheng.planning.admission.classes import BOY, GIRL, ClassPlan, balance_classes
from junheng.planning.admission.tables import PUPILS, read_pupils
from junheng.reports.plans.blank_tables import write_blank_tables
from junheng.reports.plans.classes import write_classes


def templates(out: Path, _: Sequence[CountyFacts]) -> list[Path]:
    return write_blank_tables(out, [PUPILS])


def run(asked: Asked) -> Planned:
    pupils, names = read_pupils(asked.tables["pupils"])
    classes, stages = asked.whole("classes"), {each.label: each for each in COMPULSORY_STAGES}
    plan = balance_classes(pupils, classes, stages[asked.text("stage")], asked.text("seed"), Digest(asked.text("digest")))
    files = write_classes(asked.folder(), plan, names, asked.text("school"))
    headline = f"{len(pupils)} 人编成 {classes} 个班，各班人数相差 {plan.spread(lambda _: True)} 人。名单哈希 {plan.list_hash}"
    return Planned(headline, figures=tuple(_figures(plan)), files=files)


def _figures(plan: ClassPlan) -> Iterator[Figure]:
    yield Figure("pupils", "新生", Decimal(len(plan.pupils)), "人")
    yield Figure("classes", "班数", Decimal(plan.classes), "个")
    yield Figure("spread", "各班人数相差", Decimal(plan.spread(lambda _: True)), "人", better="less")
    yield Figure("boys", "男生相差", Decimal(plan.spread(lambda each: each.sex == BOY)), "人", better="less")
    yield Figure("girls", "女生相差", Decimal(plan.spread(lambda each: each.sex == GIRL)), "人", better="less")
    yield Figure("needs", "随班就读相差", Decimal(plan.spread(lambda each: each.needs)), "人", better="less")
    means = [each for each in plan.mean_marks() if each is not None]
    yield Figure("marks", "此前成绩平均分最大相差", Decimal(max(means) - min(means)) if means else None, "分", 2, "less")
    yield Figure("unkept", "未能满足的同胞意愿", Decimal(len(plan.unkept)), "对", better="less")
