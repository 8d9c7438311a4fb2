"""A county whose result is in force, one whose 公示 is open, and the release behind them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from junheng.intake.model import Facts, Intake
from junheng.intake.release import Release, freeze
from junheng.tables.school import SCHOOL
from junheng.web.publicity.actions import announce
from junheng.web.publicity.models import Announcement
from junheng.web.reporting.models import CountyRelease
from junheng.web.rights.roles import Role
from junheng.web.rounds.models import Round
from junheng.web.store import keep_release

RESULT = [
    {"group": "结论", "title": "测算结论", "clause": "", "verdict": "pass", "words": "依据教督〔2017〕6号"},
    {"group": "资源配置", "title": "小学各校", "clause": "", "verdict": "pass", "words": "12 所学校：达标 12 所"},
]


def _frozen(county, schools: list[tuple[str, int | None, int | None]], folder: Path) -> Release:
    facts = Facts(2025)
    blank = dict.fromkeys(column.name for column in SCHOOL.columns)
    for number, (area, pupils, migrants) in enumerate(schools, 1):
        facts.school.append(blank | {"county_code": county.code, "school_code": f"21{county.code[2:]}{number:04d}", "campus": "", "school_name": f"第{number}小学",
                                     "school_type": "211", "urban_rural": area, "students_primary": pupils, "migrant_pupils": migrants})  # fmt: skip
    return freeze(Intake(facts), folder / "releases", by="试", when=datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture
def round(tree):
    return Round.objects.create(name="2025 年评估", school_year=2025, unit=tree.province, state="open")


@pytest.fixture
def announced(tree, person, round, tmp_path) -> Callable[..., Announcement]:
    """announced(county[, conclusion]): a 公告 in force, with its release; in_force=False: a 公示 that is open;
    schools: (城乡分类, pupils, migrants) of each school."""

    def make(county, conclusion: str = "pass", *, in_force: bool = True, schools=None) -> Announcement:
        number = CountyRelease.objects.count() + 1
        frozen = _frozen(county, schools or [("111", 900, 120), ("121", 400, 30), ("220", 80, 3)], tmp_path)
        balance = {"L1": {"mean": 5.5, "sd": 1.6, "cv": 0.29790000000000005, "limit": 0.5, "verdict": "pass"},
                   "L2": {"mean": None, "sd": None, "cv": None, "limit": 0.5, "verdict": "insufficient"}}  # fmt: skip
        release = CountyRelease.objects.create(
            round=round, unit=county, number=number, hash=frozen.hash, key=keep_release(frozen.path), policy="quality_balance_2017", as_of=date(2025, 9, 1),
            engine="duckdb", engine_version="0.1.0", verdict=conclusion, detail={}, is_formal=True,
            result={"stages": {"primary": {"balance": balance, "schools": []}, "junior": {}}},
        )  # fmt: skip
        made = announce(
            by=person(Role.PROVINCE_ADMIN), unit=county, round=round, about="", title=f"{county.name}验收结论公示", body="经评估，现予公示。",
            result=RESULT, hashes={"数据版本": release.hash, "标准": release.policy, "基准日": "2025-09-01", "测算结论": "达标", "软件版本": "0.1.0"},
            days=7, conclusion=conclusion,
        )  # fmt: skip
        if in_force:
            Announcement.objects.filter(pk=made.pk).update(state="in_force", moves=1, proclaimed_on=timezone.localdate(),
                                                           closes_on=timezone.localdate() - timedelta(days=1))  # fmt: skip
            made.refresh_from_db()
        return made

    return make
