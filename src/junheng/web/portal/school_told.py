"""What the public is told of one school: its kind, what the standard asks of it, and, once the province decided so, its own figures beside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from junheng.common.codes import STAGES_OF_SCHOOL_TYPE
from junheng.common.school_years import school_year_label
from junheng.common.stages import COMPULSORY_STAGES, Stage
from junheng.intake.release_diff import spoken
from junheng.opendata.rule import Rule, the_rule
from junheng.opendata.schools import PUBLISHED, said_plainly, too_few_people
from junheng.policy import resolve_many
from junheng.policy.in_force import PolicyInForce, ResourceIndicator
from junheng.reports.grid import round_half_up
from junheng.reports.measured_words import plain, unit_of
from junheng.tables.school import SCHOOL
from junheng.web.reporting.frozen import open_kept
from junheng.web.reporting.models import CountyRelease

_MET, _NEAR, _BELOW = "达到标准", "还没有达到，不低于标准的 {share}%", "没有达到标准"
_HIDDEN = "不公布：这个县有学校这一项的人数少，各校都不公布"
_UNREPORTED = "没有报全，不能比较"


@dataclass(frozen=True)
class Kind:
    """label, value: one thing that says what kind of school it is, in words."""

    label: str
    value: str


@dataclass(frozen=True)
class Line:
    """One indicator. about, limit: "每 100 名学生有县级以上骨干教师", "至少 1 名"; value: "0.72 名", "" where none is told;
    verdict: pass, fail, insufficient, or "" where nothing is told; words: how the school stands, or why nothing is told."""

    about: str
    limit: str
    value: str = ""
    verdict: str = ""
    words: str = ""


@dataclass(frozen=True)
class Told:
    """year_label: of the release. stages: (name of the stage and campus, its lines). rule: how many of the lines a school must meet, in words."""

    year_label: str
    kinds: Sequence[Kind]
    stages: Sequence[tuple[str, Sequence[Line]]]
    rule: str
    standard: str


def told_of(release: CountyRelease, code: str, *, figures: bool) -> Told | None:
    """None for a school that is not in the release. figures: whether the province decided that figures of single schools are shown."""
    rows = [row for row in open_kept(release.key).figures().school if row["school_code"] == code]
    if not rows:
        return None
    policy = next(iter(resolve_many(release.policy, [release.unit.code], release.as_of).values()))
    kinds = [Kind(SCHOOL.column(name).label, spoken(SCHOOL.column(name), rows[0].get(name))) for name in PUBLISHED]
    stages = list(_figures(release.result, code, policy) if figures else _limits(rows[0], policy))
    return Told(school_year_label(release.round.school_year), kinds, stages, _rule_words(policy), policy.title)


def _limits(row: Mapping[str, Any], policy: PolicyInForce) -> Iterator[tuple[str, Sequence[Line]]]:
    """What the standard asks of each stage the school has."""
    for stage in STAGES_OF_SCHOOL_TYPE.get(str(row["school_type"] or ""), ()):
        if stage in COMPULSORY_STAGES:
            yield stage.label, [Line(*_asked(each, stage, policy)[:2]) for each in policy.resources]


def _asked(of: ResourceIndicator, stage: Stage, policy: PolicyInForce) -> tuple[str, str, str]:
    """The phrase, the limit in words, the unit."""
    about, unit = said_plainly(of.indicator, of.title, unit_of(of.indicator))
    limit = policy.limits[of.limit].at(str(stage)).value
    return about, f"至少 {plain(limit)} {unit}" if limit else "标准没有单独要求", unit


def _figures(result: Mapping[str, Any], code: str, policy: PolicyInForce) -> Iterator[tuple[str, Sequence[Line]]]:
    """The school's figures as frozen, of every stage and campus it has."""
    rule = the_rule()
    for stage in COMPULSORY_STAGES:
        schools = result["stages"].get(str(stage), {}).get("schools", [])
        hidden = {each.code for each in policy.resources
                  if too_few_people(each.indicator, [(school["values"].get(each.code), school["students"]) for school in schools], rule)}  # fmt: skip
        for school in schools:
            if school["code"] == code:
                name = f"{stage.label}（{school['campus']}）" if school.get("campus") else stage.label
                yield name, [_line(each, stage, policy, school, each.code in hidden, rule) for each in policy.resources]


def _line(of: ResourceIndicator, stage: Stage, policy: PolicyInForce, school: Mapping[str, Any], hidden: bool, rule: Rule) -> Line:
    about, limit, unit = _asked(of, stage, policy)
    value = school["values"].get(of.code)
    if hidden or rule.is_small(round(school["students"] or 0)):
        return Line(about, limit, words=_HIDDEN if hidden else "不公布：这所学校的人数少")
    if value is None:
        return Line(about, limit, verdict="insufficient", words=_UNREPORTED)
    shown = f"{round_half_up(value, 2, thousands=True)} {unit}"
    if of.code in school["met"]:
        by_exception = value < float(policy.limits[of.limit].at(str(stage)).value)
        return Line(about, limit, shown, "pass", "按特殊口径算达到标准" if by_exception else _MET)
    share = f"{policy.school_rule.floor_share.value * 100:f}".rstrip("0").rstrip(".") if policy.school_rule else ""
    return Line(about, limit, shown, "fail", _NEAR.format(share=share) if of.code in school["near"] else _BELOW)


def _rule_words(policy: PolicyInForce) -> str:
    rule = policy.school_rule
    if rule is None:
        return ""
    share = f"{rule.floor_share.value * 100:f}".rstrip("0").rstrip(".")
    return f"这 {len(policy.resources)} 项里，一所学校至少要有 {rule.min_met} 项达到，其余的不低于标准的 {share}%。"
