"""What the public reads of a result: every criterion, the figures, and how to check them."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from evaluation_steps import judge_what_waits, measured_release_of, up_to

from junheng.reports.result_json import CRITERION_IDS
from junheng.web.evaluation.actions import judge_material
from junheng.web.evaluation.criteria import items_of
from junheng.web.evaluation.published import published
from junheng.web.publicity.models import Announcement
from junheng.web.rights.roles import Role


@pytest.fixture
def concluded(evaluation, round, tree, tmp_path, signed_in, person):
    """An evaluation of a measured release, before its conclusion."""
    measured_release_of(round, tree.county, tmp_path)
    up_to(evaluation, "prov_conclusion", signed_in, person)
    return evaluation


def _by_title(evaluation) -> dict[str, dict[str, str]]:
    return {each["title"]: each for each in published(evaluation)}


def test_the_announcement_shows_every_criterion_with_its_clause_and_figure(concluded, signed_in, person):
    up_to(concluded, "publicised", signed_in, person)
    announcement = Announcement.objects.get()
    page = Client().get(reverse("announcement", args=[announcement.pk])).content.decode()
    assert len(announcement.result) == len(CRITERION_IDS) + 5
    for item in items_of(concluded, concluded.release.result).values():
        assert item.title in page
        assert item.short_clause in page
    assert "初中三年巩固率" in page
    assert concluded.release.hash in page
    assert "怎样核对这个结论" in page
    assert "所学校：达标" in page


def test_no_school_and_nobody_is_named_to_the_public(concluded, signed_in, person):
    up_to(concluded, "publicised", signed_in, person)
    page = Client().get(reverse("announcement", args=[Announcement.objects.get().pk])).content.decode()
    for stage in concluded.release.result["stages"].values():
        for school in stage["schools"]:
            assert school["code"] not in page
            assert school["name"] not in page
    assert "县级管理员甲" not in page


def test_the_public_survey_of_the_province_stands_for_the_recognition_of_the_county(concluded):
    line = _by_title(concluded)["社会认可度"]
    assert line["verdict"] == "pass"
    assert line["words"].startswith("社会认可度达到 85%：问卷 190/200（95.0%）。其中：学生 20/20（100.0%）")


def test_what_the_province_found_in_the_materials_counts(concluded, person):
    items = items_of(concluded)
    assert _by_title(concluded)["教师工资收入"]["verdict"] == "pass"
    judge_material(concluded, items["teacher_pay"], "fail", "没有足额核定", uuid.uuid4(), by=person(Role.PROVINCE_ADMIN))
    line = _by_title(concluded)["教师工资收入"]
    assert line["verdict"] == "fail"
    assert line["words"].endswith("材料审核未达标")
    judge_material(concluded, items["teacher_pay"], "more", "缺文件", uuid.uuid4(), by=person(Role.PROVINCE_ADMIN))
    assert _by_title(concluded)["教师工资收入"]["verdict"] == "insufficient"
    judge_what_waits(concluded, person)


def test_a_coefficient_beyond_its_limit_is_shown_on_its_own_side_of_it(concluded):
    balance = concluded.release.result["stages"]["primary"]["balance"]["L2"]
    balance |= {"cv": 0.50001, "verdict": "fail"}
    line = _by_title(concluded)["小学校际差异系数"]
    assert line["verdict"] == "fail"
    shown = Decimal(line["words"].split()[1].partition("（")[0])
    assert shown > Decimal("0.5")
    balance |= {"cv": None, "verdict": "insufficient"}
    line = _by_title(concluded)["小学校际差异系数"]
    assert line["verdict"] == "insufficient"
    assert "待定（限值 0.5）" in line["words"]
