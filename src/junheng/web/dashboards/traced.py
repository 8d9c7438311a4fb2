"""One number opened: which one is asked for, and the trees it hangs from."""

from __future__ import annotations

from dataclasses import dataclass, replace

from junheng.common.errors import UserError
from junheng.common.stages import COMPULSORY_STAGES, Stage
from junheng.engine.trace import trace_criterion, trace_indicator
from junheng.engine.trace_node import TraceNode
from junheng.intake.model import Facts
from junheng.judging.result import Verdict
from junheng.policy.in_force import PolicyInForce
from junheng.reports.words import marked
from junheng.web.dashboards.opened import Opened, facts_with_cells, opened
from junheng.web.dashboards.school import BY_SCHOOL
from junheng.web.reporting.models import CountyRelease
from junheng.web.reporting.queries import UnitInRound
from junheng.web.rights.levels import UnitKind


class NoSuchItem(LookupError):
    """The standard asks nothing of this name of the county, or of the school."""


@dataclass(frozen=True)
class Asked:
    """Which number. school: "" = the county's; stage: None = both."""

    item: str
    stage: Stage | None
    school: str
    campus: str | None


def asked_of(place: UnitInRound, item: str, stage: str, campus: str | None) -> Asked:
    """stage: "" or what is none = both."""
    return Asked(item, Stage(stage) if stage in set(COMPULSORY_STAGES) else None,
                 place.unit.code if place.unit.kind == UnitKind.SCHOOL else "", campus)  # fmt: skip


def traced(frozen: CountyRelease, asked: Asked) -> list[TraceNode]:
    """One tree, or one of each stage. Raises NoSuchItem."""
    found = opened(frozen)
    facts, policy, county = facts_with_cells(frozen, asked.school), found.policy, frozen.unit.code
    try:
        if any(each.id == asked.item for each in policy.criteria):
            if asked.school:
                return [_of_school(facts, policy, county, asked)]
            return [trace_criterion(facts, policy, county, asked.item, conclusion=marked(found.verdict.criteria[asked.item].conclusion))]
        stages = [asked.stage] if asked.stage else [stage for stage in COMPULSORY_STAGES if _has(found, asked, stage)]
        return [
            trace_indicator(facts, policy, county, stage, asked.item, asked.school or None, campus=asked.campus,
                            conclusion=_conclusion(found, asked, stage))
            for stage in stages
        ]  # fmt: skip
    except (UserError, KeyError) as error:
        raise NoSuchItem(asked.item) from error


def _of_school(facts: Facts, policy: PolicyInForce, county: str, asked: Asked) -> TraceNode:
    """What the criterion asks of single schools, for this one alone: the county's figures and its 评定表 are not the school's.
    Raises KeyError for a criterion that asks nothing of single schools."""
    criterion = next(each for each in policy.criteria if each.id == asked.item)
    demands = tuple(each for each in criterion.demands if each.scope in BY_SCHOOL)
    if not demands:
        raise KeyError(asked.item)
    own = replace(policy, criteria=(replace(criterion, demands=demands, evidence=(), evidence_unless=()),))
    without = Facts(facts.school_year, school=facts.school, county=facts.county, cells=facts.cells)
    return trace_criterion(without, own, county, asked.item, asked.school)


def _has(found: Opened, asked: Asked, stage: Stage) -> bool:
    """Whether the county, or the school, has the stage at all."""
    schools = found.verdict.stages[str(stage)].schools
    return any(asked.school in ("", each.code) for each in schools)


def _conclusion(found: Opened, asked: Asked, stage: Stage) -> str:
    judged = found.verdict.stages[str(stage)]
    if not asked.school:
        return next((marked(each.verdict) for each in judged.balance if asked.item in (each.code, each.indicator)), "")
    for school in judged.schools:
        if school.code == asked.school and asked.campus in (None, school.campus):
            met = next((each.met for each in school.indicators if asked.item in (each.code, each.indicator)), None)
            return marked(Verdict.INSUFFICIENT if met is None else Verdict.PASS if met else Verdict.FAIL)
    return ""
