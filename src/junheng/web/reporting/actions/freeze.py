"""冻结: what a county's units handed in becomes a release that never changes, measured and judged."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from junheng import __version__
from junheng.common.errors import UserError
from junheng.intake.checks import run_checks
from junheng.intake.model import Intake, sorted_findings
from junheng.intake.release import Release, freeze
from junheng.reports.assess import detail_document
from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.audit.actions import record
from junheng.web.flow.errors import NotAllowed
from junheng.web.reporting.gathered import Standing, errors_in, gather, standing
from junheng.web.reporting.judged import ENGINE, Judged, as_of, judged
from junheng.web.reporting.last_year import last_year_of
from junheng.web.reporting.models import CountyRelease
from junheng.web.reporting.permissions import FREEZE
from junheng.web.reporting.queries import UnitInRound
from junheng.web.rounds.models import Round
from junheng.web.store import keep_release

Step = Callable[[int, int, str], None]
_STEPS = 4


def freeze_county(round: Round, county: Unit, *, by: User, formal: bool = True, on_step: Step = lambda done, total, said: None) -> CountyRelease:
    """Freeze what was handed in. Takes seconds: run it as a job.

    formal: refuse while error findings stand; else the release is marked 非正式 and no evaluation may rest on it. The
    same content frozen again is the release that is there. Raises UserError.
    """
    if not FREEZE.allows(by, UnitInRound(round, county)):
        raise NotAllowed("您没有“冻结数据版本”的权限", remedy="请由县级管理员办理")
    on_step(0, _STEPS, "汇集各校数据")
    at = standing(round, county, handed_in_only=True)
    intake = _checked(at)
    errors = errors_in(intake.findings)
    if errors and formal:
        raise UserError(f"还有 {len(errors):,} 处错误，不能冻结为正式版本", why="；".join(each.text.rstrip("。") for each in errors[:3]),
                        remedy="请退回学校改正；只想看看结果的，可冻结为非正式版本，非正式版本不能用于评估")  # fmt: skip
    on_step(1, _STEPS, "写成数据版本")
    when = timezone.now()
    with tempfile.TemporaryDirectory() as folder:
        release = freeze(intake, Path(folder), by=by.name, when=when)
        key = keep_release(release.path)
        on_step(2, _STEPS, "测算、判定")
        outcome = judged(release.path, intake.facts, county.code, round.policy, findings=intake.findings, sources=intake.sources, release=release.hash)
        detail = detail_document(outcome.verdict, outcome.policy, release, Path(folder), round.policy, intake.left_out)
    on_step(3, _STEPS, "登记")
    return _write(at, release, key, outcome, detail, when, by)


def _checked(at: Standing) -> Intake:
    intake = gather(at)
    rules = run_checks(intake.facts, last_year_of(at.round, at.county))
    intake.findings = sorted_findings([*intake.findings, *rules])
    return intake


@transaction.atomic
def _write(at: Standing, release: Release, key: str, outcome: Judged, detail: dict[str, Any], when: datetime, by: User) -> CountyRelease:
    county = Unit.objects.select_for_update().get(pk=at.county.pk)  # two freezing at once wait for each other here
    of_county = CountyRelease.objects.filter(round=at.round, unit=county)
    same = of_county.filter(hash=release.hash, policy=at.round.policy).first()
    if same is not None:
        return same
    last = of_county.order_by("-number").values_list("number", flat=True).first() or 0
    frozen = CountyRelease.objects.create(
        round=at.round, unit=county, number=last + 1, hash=release.hash, key=key, policy=at.round.policy,
        as_of=as_of(at.round.school_year), engine=ENGINE, engine_version=__version__, verdict=str(outcome.verdict.verdict),
        result=outcome.result, detail=detail, is_formal=release.is_formal, source_versions=list(at.version_ids),
        by_id=by.pk, by_name=by.name, at=when,
    )  # fmt: skip
    record(
        by=by.actor, action="reporting.freeze", subject=f"release:{frozen.pk}", unit_path=county.path,
        after={"release": frozen.hash, "verdict": frozen.verdict, "formal": frozen.is_formal},
        detail={"number": frozen.number, "policy": frozen.policy, "engine": frozen.engine, "version": frozen.engine_version,
                "not_handed_in": len(at.silent)},
    )  # fmt: skip
    return frozen
