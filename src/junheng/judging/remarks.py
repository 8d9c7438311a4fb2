"""What goes with a county's verdict: unverified values used, items that rest on an exception, warnings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import numpy as np

from junheng.common.findings import Finding, Level, Place
from junheng.common.stages import COMPULSORY_STAGES
from junheng.engine.result import Measurements, Rows
from junheng.judging.balance import STAGES
from junheng.judging.columns import JudgedColumns
from junheng.judging.criteria import CriterionColumn, county_ratio
from junheng.judging.criterion_detail import school_key
from junheng.judging.reasons import cv_words, names_of, title_of
from junheng.judging.result import CriterionVerdict, StageVerdict
from junheng.policy.in_force import ExceptionRule, PolicyInForce

JUDGING_RULES: Mapping[str, str] = {
    "W-cv-over-1": "差异系数大于 1，学校之间的差距大于平均水平本身，多半有学校填错了单位或数量级",
    "W-exception-contradicted": "学校填报适用特殊口径，但所报数据不符合该口径的条件，没有适用",
    "W-retention-formulas-differ": "初中三年巩固率的两种口径（口径一按官方表，口径二按同届学生）在限值两边，按口径一判定",
}
"""What judging warns of: id → meaning, Chinese. Retention is held against the limit of the policy in force, which only judging knows."""


def unverified_values(
    policy: PolicyInForce, stages: Mapping[str, StageVerdict], criteria: Mapping[str, CriterionVerdict]
) -> tuple[str, ...]:
    """The reasons of every 待核 value that entered a verdict, each once."""
    found: list[str] = []
    for stage in stages.values():
        found += [balance.limit.unverified for balance in stage.balance]
        for school in stage.schools:
            for each in school.indicators:
                found.append(each.limit.unverified)
                found += [policy.exception(each.exception).unverified] if each.exception else []
    if policy.school_rule:
        found.append(policy.school_rule.floor_share.unverified)
    found += [reason for criterion in criteria.values() for reason in criterion.unverified]
    return tuple(dict.fromkeys(reason for reason in found if reason))


def exception_lines(
    policy: PolicyInForce, stages: Mapping[str, StageVerdict], criteria: Mapping[str, CriterionVerdict], names: Mapping[str, str]
) -> tuple[str, ...]:
    """"依例外达标，截止日待核：…（学校）。", one line per exception in use."""
    using: dict[str, dict[str, None]] = {}
    for stage in stages.values():
        for school in stage.schools:
            for each in school.indicators:
                if each.by_exception:
                    using.setdefault(each.exception, {})[school_key(school.code, school.campus)] = None
    for criterion in criteria.values():
        for demand in criterion.demands:
            for rule_id, keys in demand.by_exception.items():
                using.setdefault(rule_id, {}).update(dict.fromkeys(keys))
    return tuple(_line(rule, [names.get(key, key) for key in using[rule.id]]) for rule in policy.exceptions if rule.id in using)


def _line(rule: ExceptionRule, schools: list[str]) -> str:
    until = "截止日待核" if rule.end is None else f"截至 {rule.end.year} 年 {rule.end.month} 月 {rule.end.day} 日"
    duty = f"；{rule.obligation}" if rule.obligation else ""
    return f"依例外达标，{until}：{rule.title}（{names_of(schools)}）{duty}。"


def warnings_of(measured: Measurements, judged: JudgedColumns, county: int) -> Iterator[Finding]:
    """W-cv-over-1, W-exception-contradicted and W-retention-formulas-differ of one county."""
    for position, stage in enumerate(COMPULSORY_STAGES):
        for number in np.flatnonzero(judged.balance.cv[county * STAGES + position] > 1):
            resource = judged.policy.resources[number]
            cv = cv_words(float(judged.balance.cv[county * STAGES + position, number]), Decimal(1))
            yield Finding(
                Level.WARNING, "W-cv-over-1", Place(), f"{stage.label}“{title_of(resource.indicator)}”差异系数为"
                f" {cv}，大于 1：学校之间的差距大于平均水平本身，多半有学校填错了单位或数量级。",
                "请核对该项最高和最低的几所学校的原表。", resource.indicator,
            )  # fmt: skip
    for rule in judged.policy.exceptions:
        claimed = measured.exact.contradicted(judged.counties.codes[county], rule.id)
        yield from _contradicted(rule, claimed, judged.counties.school.rows)
    for criterion in judged.criteria:
        yield from _formulas_differ(criterion, county)


def _contradicted(rule: ExceptionRule, claimed: Sequence[tuple[str, str]], rows: Rows) -> Iterator[Finding]:
    for code, campus in claimed:
        names = rows.school_name[(rows.school_code == code) & (rows.campus == campus)]
        name = str(names[0]) if len(names) else code
        yield Finding(
            Level.WARNING, "W-exception-contradicted", Place(),
            f"{name}填报适用“{rule.title}”，但所报数据不符合该口径的条件，本次未予适用。",
            "请核对该是否项和学生数、建校时间、城乡分类等相关数据。", rule.flag, code, campus,
        )  # fmt: skip


def _formulas_differ(criterion: CriterionColumn, county: int) -> Iterator[Finding]:
    for judged in criterion.demands:
        for other in criterion.beside:
            ours, theirs = judged.verdict[county], other.verdict[county]
            if judged.demand.indicator in other.demand.indicator and ours * theirs == -1:
                values = [county_ratio(each, county)[0] for each in (judged, other)]
                shown = "、".join("未知" if value is None else f"{value:.2%}" for value in values)
                yield Finding(
                    Level.WARNING, "W-retention-formulas-differ", Place(),
                    f"{criterion.criterion.title}按“{title_of(judged.demand.indicator)}”和“{title_of(other.demand.indicator)}”结论不同（{shown}），按前者判定。",
                    "请核对毕业年级的转入、转出和死亡学生数。", judged.demand.indicator,
                )  # fmt: skip
