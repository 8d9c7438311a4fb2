"""Fill an empty site with the evaluated synthetic province: units, accounts, a round, submissions, releases, evaluations."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from junheng import __version__
from junheng.common.divisions import COUNTIES
from junheng.intake.model import Facts, Row
from junheng.intake.release import Release, open_release
from junheng.web.accounts.actions import open_demo_accounts
from junheng.web.accounts.models import User
from junheng.web.areas.actions import ensure_divisions, ensure_unit
from junheng.web.areas.models import Unit
from junheng.web.audit.actions import record
from junheng.web.audit.actions.record import SYSTEM
from junheng.web.evaluation.actions import start
from junheng.web.reporting import stored
from junheng.web.reporting.models import CountyRelease, Origin, Submission, Version, content_hash
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import Role
from junheng.web.rounds.models import Participation, Round
from junheng.web.site.actions.demonstrated_plans import prepare_a_layout
from junheng.web.site.actions.demonstrated_portal import show_to_the_public
from junheng.web.site.actions.demonstrated_states import spread_out
from junheng.web.site.actions.demonstrated_survey import survey_and_ledger
from junheng.web.store import keep_release

_WAITING = 3
"""Schools of the county with the demonstration accounts that have not reported, so that there is something to try."""
_BATCH = 200


def demonstrate(province: Path, on_county: Callable[[str], None]) -> list[User]:
    """Fill the site from the results of `junheng demo` (province/<code><name>/…). Returns the accounts.

    What stands in the site is written at once, county by county, not step by step as people would; the log says so.
    """
    results = {path.parent: json.loads(path.read_text("utf-8")) for path in sorted((*province.glob("result.json"), *province.glob("*/result.json")))}
    codes = [result["unit"]["code"] for result in results.values()]
    ensure_divisions([code for code in codes if code in COUNTIES])
    round = _round(date.today(), codes)
    users: list[User] = []
    for (folder, result), code in zip(results.items(), codes, strict=True):
        detail = json.loads((folder / "detail.json").read_text("utf-8"))
        release = open_release((folder / detail["release"]["path"]).resolve())
        facts = release.facts()
        county = Unit.objects.get(code=code)
        schools = _schools(county, facts)
        if not users:
            users = open_demo_accounts(schools[0])
            tried, spared = county, {school.pk for school in schools[:_WAITING]}
        _report(round, county, facts, spared if county == tried else set())
        _freeze(round, county, release, result, detail)
        on_county(county.name)
    province_admin = next(user for user in users if user.role == Role.PROVINCE_ADMIN)
    start(round, by=province_admin)
    spread_out(round, by=province_admin)
    survey_and_ledger(round, by=province_admin)
    county_admin = next(user for user in users if user.role == Role.COUNTY_ADMIN)
    prepare_a_layout(by=county_admin)
    show_to_the_public(province=province_admin, county=county_admin, school_year=round.school_year)
    return users


@transaction.atomic
def _round(today: date, codes: Iterable[str]) -> Round:
    province = Unit.objects.get(kind=UnitKind.PROVINCE)
    year = today.year if today.month >= 9 else today.year - 1
    round = Round.objects.create(
        name="2025 年优质均衡评估（演示）", school_year=2025, unit=province, state="open", opens_on=date(year, 9, 1),
        reports_due_on=today + timedelta(days=14), self_due_on=today + timedelta(days=30), review_due_on=today + timedelta(days=45),
    )  # fmt: skip
    Participation.objects.bulk_create(Participation(round=round, unit=unit) for unit in Unit.objects.filter(code__in=list(codes)))
    record(by=SYSTEM, action="demo.round", subject=round.reference, unit_path=province.path, after={"name": round.name})
    return round


@transaction.atomic
def _schools(county: Unit, facts: Facts) -> list[Unit]:
    """Campuses of one school are one unit."""
    names = {str(row["school_code"]): str(row["school_name"]) for row in facts.school if row["school_code"]}
    return [ensure_unit(code, name, UnitKind.SCHOOL, county) for code, name in sorted(names.items())]


@transaction.atomic
def _report(round: Round, county: Unit, facts: Facts, spared: set[int]) -> None:
    """Everybody has handed in and been accepted, but for the schools spared."""
    units = [county, *Unit.objects.filter(parent=county)]
    submissions = [Submission(round=round, unit=unit, due_on=round.reports_due_on) for unit in units]
    Submission.objects.bulk_create(submissions, batch_size=_BATCH)
    parts = _parts(facts, county)
    versions = [
        _version(submission, parts[submission.unit.code])
        for submission in submissions
        if submission.unit_id not in spared and submission.unit.code in parts
    ]
    Version.objects.bulk_create(versions, batch_size=_BATCH)
    for version in versions:
        version.submission.latest, version.submission.state, version.submission.moves = version, "accepted", 3
    Submission.objects.bulk_update([version.submission for version in versions], ["latest", "state", "moves"], batch_size=_BATCH)
    record(by=SYSTEM, action="demo.report", subject=round.reference, unit_path=county.path, after={"accepted": len(versions)})


def _parts(facts: Facts, county: Unit) -> dict[str, Facts]:
    """Unit code → what it handed in."""
    parts: dict[str, Facts] = {county.code: Facts(facts.school_year, county=facts.county, judgement=facts.judgement)}
    for row in facts.school:
        parts.setdefault(_code(row), Facts(facts.school_year)).school.append(row)
    for key, cell in facts.cells.items():
        part = parts.get(key[1][1] or county.code)
        if part is not None:
            part.cells[key] = cell
    return parts


def _code(row: Row) -> str:
    return str(row["school_code"] or "")


def _version(submission: Submission, facts: Facts) -> Version:
    rows = stored.rows_of(facts)
    return Version(
        submission=submission, number=1, origin=Origin.UPLOAD, file_name="仿真数据", rows=rows, cells=stored.cells_of(facts),
        content_sha256=content_hash(rows), by_name="仿真数据",
    )  # fmt: skip


@transaction.atomic
def _freeze(round: Round, county: Unit, release: Release, result: dict[str, Any], detail: dict[str, Any]) -> None:
    CountyRelease.objects.create(
        round=round, unit=county, number=1, hash=release.hash, key=keep_release(release.path), policy=detail["policy"]["pack"],
        as_of=date.fromisoformat(detail["policy"]["as_of"]), engine=detail["engine"], engine_version=__version__,
        verdict=result["verdict"], result=result, detail=detail, is_formal=release.is_formal, by_name="仿真数据", at=timezone.now(),
    )  # fmt: skip
    record(by=SYSTEM, action="demo.freeze", subject=round.reference, unit_path=county.path, after={"release": release.hash})
