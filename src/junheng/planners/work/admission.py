"""招生方案, asked and answered. Nobody's line is in what is answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from junheng.common.digests import Digest
from junheng.common.stages import COMPULSORY_STAGES
from junheng.planners.common_inputs import POLICY
from junheng.planners.county_facts import CountyFacts
from junheng.planners.model import Asked, Figure, Planned, Stamp
from junheng.planning.admission.admit import admit
from junheng.planning.admission.model import AdmissionPlan, Rules, Way
from junheng.planning.admission.priorities import built_in_classes
from junheng.planning.admission.private import lists_to_publish
from junheng.planning.admission.tables import (
    CHILDREN,
    CLASSES,
    SCHOOLS,
    built_in_class_rows,
    read_children,
    read_classes,
    read_schools,
)
from junheng.policy import resolve
from junheng.reports.plans.admission import LOTTERIES, list_path, write_admission
from junheng.reports.plans.blank_tables import write_blank_tables, write_filled_table


def templates(out: Path, _: Sequence[CountyFacts]) -> list[Path]:
    return [*write_blank_tables(out, (SCHOOLS, CHILDREN)), write_filled_table(out, CLASSES, built_in_class_rows())]


def run(asked: Asked) -> Planned:
    """Without a seed: the lists to publish, with their hashes."""
    tables = asked.tables
    rules = Rules(
        read_classes(tables["order"]) if "order" in tables else built_in_classes(), not asked.flag("siblings_apart"), not asked.flag("no_elder"),
        asked.flag("private_waiting"), Digest(asked.text("digest")), _class_size(asked.text("stage")),
    )  # fmt: skip
    schools, children = read_schools(tables["schools"]), read_children(tables["children"])
    if asked.values["seed"] is None:
        (asked.folder() / LOTTERIES).mkdir(exist_ok=True)
        stamps = tuple(_stamp(list_path(asked.out, name), text, rules.digest) for name, text in lists_to_publish(schools, children, rules).items())
        return Planned("尚无种子。请先公示以下名单的哈希和产生种子的办法：", files=tuple(each.file for each in stamps), stamps=stamps)
    plan = admit(schools, children, rules, asked.text("seed"))
    files = write_admission(asked.folder(), plan)
    lost = sum(each.way is Way.NONE for each in plan.placements)
    headline = f"{len(plan.placements)} 名儿童：{len(plan.placements) - lost} 名已有学校，{lost} 名待安排。"
    return Planned(headline, figures=tuple(_figures(plan)), gap=plan.gap, reasons=plan.notes if lost else (), files=files)


def _stamp(path: Path, text: str, digest: Digest) -> Stamp:
    path.write_bytes(text.encode())
    return Stamp(path, str(digest), digest.of(text))


def _class_size(stage: str) -> int | None:
    """The most pupils in a class, by the policy in force today."""
    stages = {each.label: each for each in COMPULSORY_STAGES}
    return int(resolve(POLICY, "", date.today()).limits["class_size"].at(stages[stage]).value) if stage else None


def _figures(plan: AdmissionPlan) -> Iterator[Figure]:
    ways = Counter(each.way for each in plan.placements)
    yield Figure("children", "儿童", Decimal(len(plan.placements)), "人")
    yield Figure("unplaced", "待安排", Decimal(ways[Way.NONE]), "人", better="less")
    yield Figure("zoned", "划片录取", Decimal(ways[Way.ZONED]), "人", better="more")
    yield Figure("private", "民办录取（含摇号）", Decimal(ways[Way.PRIVATE] + ways[Way.DRAWN]), "人")
    yield Figure("allocated", "统筹安排", Decimal(ways[Way.ALLOCATED]), "人", better="less")
    yield Figure("way", "统筹的路程合计", Decimal(plan.total_m) / 1000, "公里", 1, "less")
    yield Figure("bound", "统筹的路程不少于", Decimal(plan.bound_m) / 1000, "公里", 1)
    yield Figure("waiting", "候补", Decimal(len({each.number for each in plan.waiting})), "人")
