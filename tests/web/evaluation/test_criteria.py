"""Criteria are named on every page of an evaluation, and their numbers can be measured again."""

from __future__ import annotations

import pytest
from django.urls import reverse
from evaluation_steps import measured_release_of, up_to

from junheng.reports.result_json import CRITERION_IDS
from junheng.web.evaluation.actions import assign
from junheng.web.evaluation.criteria import grouped, items_of
from junheng.web.evaluation.models import Evaluation
from junheng.web.rights.roles import Role


@pytest.fixture
def measured(evaluation, round, tree, tmp_path) -> Evaluation:
    """An evaluation of a signed release that can be opened."""
    evaluation.release = measured_release_of(round, tree.county, tmp_path)
    evaluation.save()
    return evaluation


def test_every_criterion_has_a_title_a_clause_and_what_was_measured(measured):
    items = items_of(measured, measured.release.result)
    assert set(items) == set(CRITERION_IDS)
    assert str(items["class_size"]) == "班额（第七条（五））"
    assert items["class_size"].clause == "教督〔2017〕6号 第七条（五）"
    assert items["retention"].measured.endswith("%")
    assert items["veto"].measured == "没有否决事项"
    assert (items["layout"].measured, items["layout"].verdict) == ("没有数字可以说明", "")
    assert [group for group, _ in grouped(items.values())] == ["政府保障程度", "教育质量", "社会认可度", "一票否决事项"]


def test_no_page_of_an_evaluation_shows_the_id_of_a_criterion(measured, signed_in, person, tree):
    assign(measured, person(Role.PROVINCE_EXPERT), by=person(Role.PROVINCE_ADMIN))
    page = signed_in(Role.PROVINCE_ADMIN).get(reverse("evaluation", args=[measured.pk])).content.decode()
    assert "班额" in page
    assert "第七条（五）" in page
    assert "条款见教督〔2017〕6号" in page
    assert [id for id in CRITERION_IDS if f">{id}<" in page] == []


def test_the_form_of_a_visit_names_criteria_by_group_title_and_clause(evaluation, release, signed_in, person, tree):
    up_to(evaluation, "prov_visit", signed_in, person)
    assign(evaluation, person(Role.PROVINCE_EXPERT), by=person(Role.PROVINCE_ADMIN))
    page = signed_in(Role.PROVINCE_EXPERT).get(reverse("visit", args=[evaluation.pk, tree.school.code])).content.decode()
    assert '<optgroup label="教育质量">' in page
    assert "初中三年巩固率（第八条（一））" in page


@pytest.mark.parametrize("role", [Role.COUNTY_ADMIN, Role.PROVINCE_EXPERT, Role.CITY_REVIEWER])
def test_whoever_may_recomputes_and_sees_the_same_number(measured, signed_in, person, role):
    if role is Role.PROVINCE_EXPERT:
        assign(measured, person(role), by=person(Role.PROVINCE_ADMIN))
    page = signed_in(role).post(reverse("evaluation_recompute", args=[measured.pk])).content.decode()
    assert "重算的结果与冻结时相同，直到最后一位" in page
    cv = measured.release.result["stages"]["primary"]["balance"]["L1"]["cv"]
    assert page.count(f'<td class="num">{cv}</td>') == 2


def test_a_number_that_was_changed_after_freezing_is_pointed_out(measured, signed_in):
    result = measured.release.result
    result["stages"]["primary"]["balance"]["L1"]["cv"] += 0.001
    type(measured.release).objects.filter(pk=measured.release.pk).update(result=result)
    page = signed_in(Role.COUNTY_ADMIN).post(reverse("evaluation_recompute", args=[measured.pk])).content.decode()
    assert "有 1 处不同" in page
    assert "stages.primary.balance.L1.cv" in page
    assert page.count("▲ 不同") == 1
