"""The public's pages: what they say when a code does not open, and how many wrong ones they take."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from junheng.web.rights.roles import Role
from junheng.web.survey.actions import issue, void
from junheng.web.survey.actions.transitions import close, withdraw
from junheng.web.survey.models import Answer, Sheet, Survey
from junheng.web.survey.pace import MOST_WRONG_AN_HOUR

DOOR = "/q/"


@pytest.fixture
def sheet(survey, person):
    stratum = survey.strata.filter(group="deputies").get()
    return issue(stratum, 12, by=person(Role.PROVINCE_ADMIN))


def _open(code: str) -> tuple[int, str]:
    page = Client().get(reverse("survey_answer", args=[code]))
    return page.status_code, page.content.decode()


def _send(code: str, **chosen: str) -> tuple[int, str]:
    page = Client().post(DOOR, {"code": code, "act": "answer", **chosen})
    return page.status_code, page.content.decode()


def test_the_questionnaire_asks_the_group_what_concerns_it(sheet):
    status, page = _open(sheet[1][0])
    assert status == 200
    assert "人大代表问卷" in page
    assert "教师的工资待遇" in page
    assert "作业和考试的负担" not in page
    assert page.count("<fieldset") == 7
    assert "<script" not in page.split("<main")[1]


@pytest.mark.parametrize("change", [str.lower, lambda code: code.replace("-", ""), lambda code: f" {code.replace('-', ' ')} "])
def test_a_code_may_be_typed_in_any_of_the_ways_people_type(sheet, change):
    page = Client().post(DOOR, {"code": change(sheet[1][0])})
    assert (page.status_code, "人大代表问卷" in page.content.decode()) == (200, True)


def test_a_code_is_used_once(sheet):
    code = sheet[1][0]
    assert _send(code, overall="fair")[0] == 200
    for status, page in (_open(code), _send(code, overall="satisfied")):
        assert (status, "这个答题码已经用过" in page) == (422, True)
    assert list(Answer.objects.values_list("overall", flat=True)) == ["fair"]


def test_a_form_without_the_overall_answer_comes_back_as_it_was_filled_in(sheet):
    status, page = _send(sheet[1][0], fairness="dissatisfied")
    assert (status, "第 1 题还没有选" in page) == (422, True)
    assert 'name="fairness" value="dissatisfied" checked' in page
    assert not Answer.objects.exists()


def test_an_answer_to_a_question_not_asked_is_not_kept(sheet):
    assert _send(sheet[1][0], overall="fair", workload="fair", group="students")[0] == 200
    assert (Answer.objects.get().more, Answer.objects.get().group) == ({}, "deputies")


def test_a_voided_sheet_keeps_what_was_answered_and_takes_no_more(sheet, person):
    made, codes = sheet
    assert _send(codes[0], overall="fair")[0] == 200
    void(Sheet.objects.select_related("stratum").get(pk=made.pk), by=person(Role.PROVINCE_ADMIN))
    assert "已经作废" in _send(codes[1], overall="fair")[1]
    assert Answer.objects.count() == 1


def test_after_the_last_day_after_the_end_and_after_it_was_withdrawn_no_answer_is_taken(sheet, survey, person):
    code, by = sheet[1][0], person(Role.PROVINCE_ADMIN)
    Survey.objects.filter(pk=survey.pk).update(closes_on=timezone.localdate() - timedelta(days=1))
    assert "调查已经截止" in _open(code)[1]
    Survey.objects.filter(pk=survey.pk).update(closes_on=timezone.localdate())
    assert _open(code)[0] == 200
    close(survey, by=by)
    assert "调查已经截止" in _send(code, overall="fair")[1]
    withdraw(survey, by=by, data={"reason": "样本有误"})
    assert "没有这个答题码" in _open(code)[1]
    assert bytes(Survey.objects.get().secret) == b""
    assert not Answer.objects.exists()


def test_before_it_begins_a_code_says_so(planned, person):
    _, codes = issue(planned.strata.get(group="deputies"), 1, by=person(Role.PROVINCE_ADMIN))
    assert "调查还没有开始" in _open(codes[0])[1]


def test_wrong_codes_are_taken_so_often_and_no_more(sheet):
    for _ in range(MOST_WRONG_AN_HOUR):
        assert _open("AAAA-BBBB-CCCC")[0] == 422
    assert _open("AAAA-BBBB-CCCC")[0] == 429
    status, page = _open(sheet[1][0])
    assert (status, "输错的次数太多" in page) == (429, True)
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert elsewhere.get(reverse("survey_answer", args=[sheet[1][0]])).status_code == 200


def test_many_right_codes_from_one_place_are_all_taken(survey, person):
    """A school's pupils sit behind one address."""
    _, codes = issue(survey.strata.filter(group="students").first(), MOST_WRONG_AN_HOUR + 10, by=person(Role.PROVINCE_ADMIN))
    assert {_send(code, overall="satisfied")[0] for code in codes} == {200}


def test_no_page_is_kept_by_the_machine_or_named_to_the_next(sheet):
    for page in (Client().get(DOOR), Client().get(reverse("survey_answer", args=[sheet[1][0]])), Client().post(DOOR, {"code": "x"})):
        assert "no-store" in page["Cache-Control"]
        assert page["Referrer-Policy"] == "strict-origin"


def test_an_empty_form_is_told_what_to_do(db):
    page = Client().post(DOOR, {"code": " "})
    assert (page.status_code, "没有填答题码" in page.content.decode()) == (422, True)
