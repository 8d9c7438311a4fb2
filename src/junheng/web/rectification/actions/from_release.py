"""Every shortfall of a frozen release becomes a problem, once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from junheng.common.stages import Stage
from junheng.judging.result import Verdict
from junheng.reports.problems import Problem as Found
from junheng.reports.problems import problems
from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.audit.actions import record
from junheng.web.flow.errors import NotAllowed
from junheng.web.rectification.actions.raise_problem import prepared
from junheng.web.rectification.models import FINISHED, Escalation, Problem, Severity, Shortfall
from junheng.web.rectification.permissions import RAISE_FROM_RELEASE
from junheng.web.rectification.words import DEPARTMENTS_NAMED
from junheng.web.reporting.frozen import reopened
from junheng.web.reporting.models import CountyRelease

_ROWS = 500


@dataclass(frozen=True)
class Raised:
    """raised: how many problems are new, came_back of them closed once before; known: how many stood there already."""

    raised: int
    came_back: int
    known: int


def raise_from_release(release: CountyRelease, *, by: User) -> Raised:
    """Lay every shortfall upon its school or the county. A cause that is being mended already is not raised again; one
    that was closed is, and says so. Pressing twice raises nothing twice. The release is measured and judged again, so
    this takes a second or two: run it as a job."""
    if not RAISE_FROM_RELEASE.allows(by, release):
        raise NotAllowed("您没有“由冻结版本列出问题”的权限", remedy="请由县级管理员或上级办理")
    found = problems(reopened(release).report())
    return _raise(release, found, by)


@transaction.atomic
def _raise(release: CountyRelease, found: Sequence[Found], by: User) -> Raised:
    county = Unit.objects.select_for_update().get(pk=release.unit_id)  # two presses wait for each other here
    causes = {f"{county.code}/{each.cause}": each for each in found}
    same = list(Problem.objects.filter(cause__in=causes).only("pk", "cause", "source", "state").order_by("pk"))
    source = f"release:{release.hash}"
    known = {each.cause for each in same if each.state not in FINISHED or each.source == source}
    before = {each.cause: each for each in same if each.cause not in known}
    schools = {each.code: each for each in Unit.objects.counted_within(county.path)}
    new = [
        prepared(
            by=by, unit=_unit(shortfall, county, schools), round=release.round, source=source, cause=cause, said=_said(shortfall),
            came_back_from=before.get(cause),
        )
        for cause, shortfall in causes.items()
        if cause not in known
    ]  # fmt: skip
    for start in range(0, len(new), _ROWS):
        _insert(new[start : start + _ROWS])
    raised = Raised(len(new), sum(each.came_back_from_id is not None for each in new), len(known))
    if new:
        record(
            by=by.actor, action="rectification.raise_from_release", subject=f"release:{release.pk}", unit_path=county.path,
            detail={"release": release.hash, "raised": raised.raised, "came_back": raised.came_back, "known": raised.known},
        )  # fmt: skip
    return raised


def _insert(new: Sequence[Problem]) -> None:
    made = Problem.objects.bulk_create(new)
    Escalation.objects.bulk_create(Escalation(problem=each, unit=each.unit) for each in made)


def _unit(found: Found, county: Unit, schools: Mapping[str, Unit]) -> Unit:
    """The school, or the county where it is the county's or the school is not in the tree."""
    return schools.get(_school(found).partition("@")[0], county) if found.is_school else county


def _school(found: Found) -> str:
    kind, _, rest = found.cause.partition("/")
    return rest.rsplit("/", 2)[0] if kind == "school" else rest.split("/", 3)[3]


def _said(found: Found) -> dict[str, Any]:
    kind, *parts = found.cause.split("/")
    stage = f"（{Stage(parts[-2]).label}）" if kind == "school" else ""
    campus = _school(found).partition("@")[2] if found.is_school else ""
    return {
        "title": f"{found.item}{stage}{f'（{campus}）' if campus else ''}",
        "criterion": parts[-1] if kind in ("school", "balance") else parts[0] if kind in ("criterion", "evidence") else "",
        "clause": found.clause, "current": found.current, "required": found.required, "gap": found.gap, "place": found.source,
        "shortfall": Shortfall.FAIL if found.verdict is Verdict.FAIL else Shortfall.INSUFFICIENT,
        "severity": Severity.GRAVE if parts[0] == "veto" and found.verdict is Verdict.FAIL else Severity.NORMAL,
        "department": DEPARTMENTS_NAMED.get(found.remedy.lead, ""), "partners": found.remedy.partners,
        "suggestion": found.remedy.measure,
    }  # fmt: skip
