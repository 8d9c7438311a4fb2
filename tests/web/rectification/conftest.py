"""A round, and problems of a school and of a county."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from junheng.web.reporting.models import CountyRelease
from junheng.web.rounds.models import Round

from junheng.intake.model import Intake
from junheng.intake.release import freeze as freeze_release
from junheng.reports.result_json import result_document
from junheng.web.rectification.actions import raise_problem
from junheng.web.rectification.models import Problem
from junheng.web.rectification.releases import rebuilt
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import Role


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
    """freeze(county()): a frozen release of the county, judged."""

    def make(intake: Intake) -> CountyRelease:
        frozen = freeze_release(intake, tmp_path, by="县级管理员甲", when=timezone.now())
        release = CountyRelease(unit=tree.county, round=round, hash=frozen.hash, path=str(frozen.path))
        report = rebuilt(release)
        release.result = result_document(report.verdict, report.findings)
        release.save()
        return release

    return make
