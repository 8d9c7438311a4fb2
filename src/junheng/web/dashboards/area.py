"""省、市 page: how many counties stand where, what the plan asks for, and the counties behind every number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.urls import reverse

from junheng.common.school_years import as_of_date
from junheng.common.stages import COMPULSORY_STAGES
from junheng.engine.inequality import variation
from junheng.judging.area import Status, TargetVerdict, count_targets
from junheng.judging.result import Verdict
from junheng.policy import resolve
from junheng.policy.in_force import PolicyInForce
from junheng.reports.page.outline import Placed, province_map
from junheng.reports.words import MARKS
from junheng.web.areas.models import Unit
from junheng.web.dashboards.queries import counties_within, division
from junheng.web.dashboards.summary import Summary, summaries
from junheng.web.evaluation.models import Evaluation, NationalRecognition
from junheng.web.evaluation.process import acceptance_of
from junheng.web.reporting.queries import UnitInRound
from junheng.web.rights.levels import UnitKind

_ORDER = {Verdict.FAIL: 0, Verdict.INSUFFICIENT: 1, Verdict.PASS: 2}


@dataclass(frozen=True)
class County:
    """A row. summary None: nothing frozen yet. evaluation: in words, "" = none begun; recognised: 国家认定."""

    unit: Unit
    summary: Summary | None
    evaluation: str
    status: Status | None
    recognised: bool

    @property
    def kind(self) -> str:
        return str(self.summary.verdict) if self.summary else "none"

    @property
    def order(self) -> tuple[int, str]:
        return (_ORDER[self.summary.verdict] if self.summary else len(_ORDER), self.unit.code)


@dataclass(frozen=True)
class Between:
    """县际差异 of one stage: code → CV between the counties' means, None where a county's is not known."""

    stage_label: str
    cvs: Sequence[float | None]


@dataclass(frozen=True)
class Counted:
    """A target with the counties behind its number. behind: (heading, counties), those counted first, then those that still may be and why they
    are not yet; due: "2025 年"; lacking: what an open one waits for, "" for a decided one; mark: None where no verdict is due — a city's count is
    none, because the plan speaks of the province."""

    found: TargetVerdict
    behind: Sequence[tuple[str, Sequence[Unit]]]
    due: str
    lacking: str
    clause: str
    mark: Verdict | None


@dataclass(frozen=True)
class Area:
    """counties: the worst first."""

    place: UnitInRound
    counties: Sequence[County]
    policy: PolicyInForce

    @property
    def counts(self) -> dict[str, int]:
        """pass, fail, insufficient and none → how many counties."""
        found = Counter(each.kind for each in self.counties)
        return {kind: found[kind] for kind in ("pass", "fail", "insufficient", "none")}

    @property
    def cities(self) -> list[tuple[Unit, int, int]]:
        """City → counties that pass and all of them; none on a city's own page."""
        if self.place.unit.kind != UnitKind.PROVINCE:
            return []
        found: dict[Unit, list[County]] = {}
        for each in self.counties:
            if each.unit.parent:
                found.setdefault(each.unit.parent, []).append(each)
        rows = ((city, sum(each.kind == "pass" for each in of), len(of)) for city, of in found.items())
        return sorted(rows, key=lambda row: row[0].code)

    @property
    def accepted(self) -> list[County]:
        return [each for each in self.counties if each.status and each.status.provincial_acceptance]

    @property
    def recognised(self) -> list[County]:
        return [each for each in self.counties if each.recognised]


def area_of(place: UnitInRound) -> Area:
    """Six queries, whatever the number of counties, and one for each twenty releases not yet in memory."""
    units = counties_within(place.unit)
    told = summaries(place.round, units)
    evaluations = {each.unit_id: each for each in Evaluation.objects.filter(round=place.round, unit__in=units).only("unit_id", "state")}
    recognised = set(NationalRecognition.objects.filter(unit__in=units, state="nat_recognised").values_list("unit_id", flat=True))
    counties = [_county(unit, told.get(unit.pk), evaluations.get(unit.pk), unit.pk in recognised) for unit in units]
    policy = resolve(place.round.policy, division(place.unit), as_of_date(place.round.school_year))
    return Area(place, sorted(counties, key=lambda each: each.order), policy)


def _county(unit: Unit, summary: Summary | None, evaluation: Evaluation | None, recognised: bool) -> County:
    if evaluation is None:
        return County(unit, summary, "", None, recognised)
    accepted = acceptance_of(evaluation.state)
    return County(unit, summary, evaluation.state_shown.label, None if accepted is None else Status(provincial_acceptance=accepted), recognised)


def targets_of(area: Area) -> list[Counted]:
    """Counted by 省级评估验收, which is what the plan asks for; 国家认定 is another status."""
    statuses = {each.unit.code: each.status for each in area.counties if each.status}
    verdicts = {each.unit.code: each.summary.verdict for each in area.counties if each.summary}
    whole = area.place.unit.kind == UnitKind.PROVINCE
    behind = _by_acceptance(area)
    out = []
    for found in count_targets(area.policy.targets, verdicts, statuses, [each.unit.code for each in area.counties]):
        document, due = area.policy.documents.get(found.target.source.document), found.target.by_school_year
        judged = whole and (found.verdict is Verdict.PASS or due is None or due <= area.place.round.school_year)
        clause = f"{document.number if document else ''} {found.target.source.clause}".strip()
        out.append(Counted(found, behind, f"{due} 年" if due else "", _lacking(found, area), clause, found.verdict if judged else None))
    return out


def _by_acceptance(area: Area) -> list[tuple[str, list[Unit]]]:
    """Every county once: accepted, not accepted, and the undecided by the step they are at."""
    found: dict[str, list[Unit]] = {"通过省级评估验收": [each.unit for each in area.accepted]}
    for each in area.counties:
        if each.status is None or not each.status.provincial_acceptance:
            heading = each.evaluation if each.status else f"还没有结论：{each.evaluation or '没有建立评估'}"
            found.setdefault(heading, []).append(each.unit)
    return [(heading, units) for heading, units in found.items() if units]


def _lacking(found: TargetVerdict, area: Area) -> str:
    """Why it is open although the releases hold figures: the plan counts decisions, and measuring decides nothing."""
    if found.verdict is not Verdict.INSUFFICIENT:
        return ""
    undecided = Counter(each.kind for each in area.counties if each.status is None)
    measured = [f"{label} {undecided[kind]} 个" for kind, label in (("pass", "测算达标"), ("fail", "测算未达标"), ("insufficient", "测算待定"), ("none", "没有冻结数据"))
                if undecided[kind]]  # fmt: skip
    return (f"缺 {found.open} 个县（市、区）的省级评估验收结论（其中{'、'.join(measured)}）；再有 {found.needed - found.counted} 个通过就完成。"
            "方案数的是验收结论，测算达标不能代替。")  # fmt: skip


def between_of(area: Area) -> list[Between]:
    """By pupils; for reference, judged by nobody."""
    told = [each.summary for each in area.counties if each.summary]
    out = []
    for stage in COMPULSORY_STAGES:
        found = [[summary.means.get((str(stage), each.code)) for summary in told] for each in area.policy.resources]
        out.append(Between(stage.label, [_variation(each) for each in found]))
    return out if len(told) > 1 else []


def _variation(means: Sequence[tuple[float, float] | None]) -> float | None:
    if any(each is None for each in means) or len(means) < 2:
        return None
    values, pupils = np.array([each for each in means if each is not None]).T
    return variation(values, pupils)


def map_of(area: Area) -> Mapping[str, Any] | None:
    """The sketch; None when no county of the area is in the outlines."""
    here = reverse("board", args=[area.place.round.pk, area.place.unit.code]).removesuffix(f"{area.place.unit.code}/")
    return province_map(
        Placed(each.unit.code, each.unit.name, f"{here}{each.unit.code}/", _mark(each.summary))
        for each in area.counties
    )


def _mark(summary: Summary | None) -> dict[str, str]:
    if summary is None:
        return {"kind": "none", "sign": "", "word": "还没有冻结的数据"}
    kind = "wait" if summary.verdict is Verdict.INSUFFICIENT else str(summary.verdict)
    return {"kind": kind, "sign": MARKS[summary.verdict], "word": summary.verdict.label}
