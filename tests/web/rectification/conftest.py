"""A round, and problems of a school and of a county."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from junheng.intake.model import Intake
from junheng.intake.release import freeze as freeze_release
from junheng.reports.assess import detail_document
from junheng.web.rectification.actions import raise_problem
from junheng.web.rectification.models import Problem
from junheng.web.reporting.judged import as_of, judged
from junheng.web.reporting.models import CountyRelease
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import Role
from junheng.web.rounds.models import Round
from junheng.web.store import keep_release


@pytest.fixture
def round(tree) -> Round:
    return Round.objects.create(name="2025 年度", unit=tree.province, school_year=2025, state="open")


@pytest.fixture
def problem(round, tree, person) -> Callable[..., Problem]:
    """problem(): a school's; problem(tree.county): the county's; other words of raise_problem as keywords; raised by
    the province."""

    def make(unit=None, **said) -> Problem:
        unit = unit or tree.school
        words = {"title": "生均体育运动场馆面积（小学）", "criterion": "L5", "clause": "教督〔2017〕6号 第六条", "current": "6.20 ㎡", "required": "≥ 7.5 ㎡",
                 "gap": "还差 962.00 ㎡", "source": "manual"}  # fmt: skip
        return raise_problem(by=person(Role.PROVINCE_ADMIN), unit=unit, round=round, **(words | said))

    return make


@pytest.fixture
def people(person, tree):
    """Who takes each step of a school's problem, and of a county's."""
    clerk, admin, reviewer = person(Role.SCHOOL_CLERK), person(Role.COUNTY_ADMIN), person(Role.COUNTY_REVIEWER)
    city, province = person(Role.CITY_REVIEWER), person(Role.PROVINCE_ADMIN)
    return {
        UnitKind.SCHOOL: {"assign": admin, "plan": clerk, "submit": clerk, "verify": reviewer, "send_back": reviewer, "close": city, "recheck_fails": city},
        UnitKind.COUNTY: {"assign": city, "plan": admin, "submit": admin, "verify": city, "send_back": city, "close": province, "recheck_fails": province},
    }


@pytest.fixture
def freeze(round, tree, tmp_path) -> Callable[[Intake], CountyRelease]:
    """freeze(county()): a frozen release of the county, judged and kept."""

    def make(intake: Intake) -> CountyRelease:
        frozen = freeze_release(intake, tmp_path / "new", by="县级管理员甲", when=timezone.now())
        code, policy = tree.county.code, round.policy
        outcome = judged(frozen.path, frozen.facts(), code, policy, findings=frozen.findings, sources=frozen.sources, release=frozen.hash)
        detail = detail_document(outcome.verdict, outcome.policy, frozen, tmp_path, policy, ())
        number = CountyRelease.objects.count() + 1
        return CountyRelease.objects.create(
            round=round, unit=tree.county, number=number, hash=frozen.hash, key=keep_release(frozen.path), policy=policy, as_of=as_of(2025),
            engine="duckdb", engine_version="0", verdict=str(outcome.verdict.verdict), result=outcome.result, detail=detail, is_formal=True, by_name="县级管理员甲",
        )  # fmt: skip

    return make


@pytest.fixture
def png() -> Callable[[str], SimpleUploadedFile]:
    """png(name): a small picture as it is uploaded; every one another."""

    def make(name: str) -> SimpleUploadedFile:
        out = BytesIO()
        Image.new("RGB", (8, 8), (len(name), 80, 120)).save(out, "PNG")
        return SimpleUploadedFile(name, out.getvalue(), "image/png")

    return make
