"""申辩: within its time, answered once with a decision, before any conclusion; and the 督导意见书 that carries both."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document
from evaluation_steps import nothing_more_to_say, press, up_to

from junheng.web.audit.models import AuditEvent
from junheng.web.evaluation.models import Evaluation, StatementOfCase
from junheng.web.flow.models import Step
from junheng.web.notices.actions import dispatch
from junheng.web.notices.models import Notice
from junheng.web.rectification.models import Problem
from junheng.web.rights.roles import Role

CONCLUSION = {"conclusion": "pass", "text": "现予公示。"}


@pytest.fixture
def drafted(evaluation, release, signed_in, person):
    """An evaluation whose draft opinion lies with the county."""
    up_to(evaluation, "prov_conclusion", signed_in, person)
    return evaluation


def _url(evaluation) -> str:
    return reverse("evaluation_statement", args=[evaluation.pk])


def _state(evaluation, signed_in, text="第二小学的美术教室已启用。"):
    return signed_in(Role.COUNTY_ADMIN).post(_url(evaluation), {"text": text}, follow=True).content.decode()


def _answer(evaluation, signed_in, decision="upheld", answer="经核实，采纳。"):
    statement = StatementOfCase.objects.last()
    return signed_in(Role.PROVINCE_ADMIN).post(_url(evaluation), {"answer_to": statement.pk, "decision": decision, "answer": answer}, follow=True).content.decode()


def _words(client, evaluation) -> str:
    """Every word of the opinion, tables included."""
    answer = client.get(reverse("evaluation_opinion", args=[evaluation.pk]))
    document = Document(io.BytesIO(b"".join(answer.streaming_content)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def test_the_county_is_told_until_when_it_may_answer_the_draft(drafted, signed_in, person):
    county = person(Role.COUNTY_ADMIN)
    until = timezone.localdate() + timedelta(days=10)
    assert drafted.statement_due_on == until
    dispatch(AuditEvent.objects.last().at.date())
    shown = f"{until.year}年{until.month}月{until.day}日"
    assert shown in Notice.objects.get(user=county, title="督导意见书征求意见").text
    assert f"县里可以申辩到{shown}" in signed_in(Role.COUNTY_ADMIN).get(reverse("evaluation", args=[drafted.pk])).content.decode()


def test_a_statement_is_answered_with_a_decision_and_both_are_seen(drafted, signed_in):
    assert "申辩已提交" in _state(drafted, signed_in)
    assert "申辩成立" in _answer(drafted, signed_in)
    page = signed_in(Role.CITY_REVIEWER).get(reverse("evaluation", args=[drafted.pk])).content.decode()
    assert all(each in page for each in ("美术教室已启用", "申辩成立", "经核实，采纳"))


@pytest.mark.parametrize(("decision", "answer", "said"), [("", "看过", "没有选择申辩是否成立"), ("upheld", " ", "没有写处理意见")])
def test_an_answer_needs_a_decision_and_words(drafted, signed_in, decision, answer, said):
    _state(drafted, signed_in)
    assert said in _answer(drafted, signed_in, decision, answer)
    assert StatementOfCase.objects.get().decision == ""


def test_a_statement_is_answered_once(drafted, signed_in):
    _state(drafted, signed_in)
    _answer(drafted, signed_in, "upheld")
    assert "已经答复过" in _answer(drafted, signed_in, "dismissed", "不采纳。")
    assert StatementOfCase.objects.get().decision == "upheld"


def test_nothing_is_publicised_while_a_statement_is_unanswered(drafted, signed_in):
    _state(drafted, signed_in)
    nothing_more_to_say(drafted, signed_in)
    province = signed_in(Role.PROVINCE_ADMIN)
    said = press(province, drafted, "publicise", CONCLUSION)
    assert (said.status_code, "1 条申辩没有答复" in said.content.decode()) == (422, True)
    _answer(drafted, signed_in, "dismissed")
    assert press(province, drafted, "publicise", CONCLUSION).status_code == 302


def test_the_conclusion_waits_for_the_deadline_unless_the_county_has_no_more_to_say(drafted, signed_in):
    province = signed_in(Role.PROVINCE_ADMIN)
    assert "申辩期限还没有到" in press(province, drafted, "publicise", CONCLUSION).content.decode()
    Evaluation.objects.update(statement_due_on=timezone.localdate() - timedelta(days=1))
    assert press(province, drafted, "publicise", CONCLUSION).status_code == 302


@pytest.mark.parametrize("end", [{"statement_due_on": timezone.localdate() - timedelta(days=1)}, {"statements_closed_on": timezone.localdate()}])
def test_after_the_end_of_its_time_the_county_states_nothing_more(drafted, signed_in, end):
    Evaluation.objects.update(**end)
    assert "现在不能申辩" in _state(drafted, signed_in)
    assert not StatementOfCase.objects.exists()
    assert 'name="text"' not in signed_in(Role.COUNTY_ADMIN).get(reverse("evaluation", args=[drafted.pk])).content.decode()


def test_there_is_nothing_to_answer_before_the_visits_are_over(evaluation, release, signed_in, person):
    up_to(evaluation, "prov_visit", signed_in, person)
    assert "现在不能申辩" in _state(evaluation, signed_in)


def test_the_opinion_carries_statement_and_answer(drafted, signed_in):
    _state(drafted, signed_in)
    assert "处理意见：尚未答复" in _words(signed_in(Role.COUNTY_ADMIN), drafted)
    _answer(drafted, signed_in, "dismissed", "现场未见启用。")
    words = _words(signed_in(Role.COUNTY_ADMIN), drafted)
    assert all(each in words for each in ("征求意见稿", "县里申辩：第二小学的美术教室已启用。", "处理意见：申辩不成立。现场未见启用。"))


def test_what_was_issued_with_the_conclusion_never_changes(drafted, signed_in, person):
    Problem.objects.create(unit=drafted.unit, round=drafted.round, title="操场不足", source="manual", raised_by_name="试")
    nothing_more_to_say(drafted, signed_in)
    assert press(signed_in(Role.PROVINCE_ADMIN), drafted, "publicise", CONCLUSION).status_code == 302
    before = _words(signed_in(Role.COUNTY_ADMIN), drafted)
    assert "征求意见稿" not in before
    assert "省级评估验收结论：通过" in before
    assert "操场不足" in before
    Problem.objects.update(state="closed")
    assert _words(signed_in(Role.COUNTY_ADMIN), drafted) == before
    assert Step.objects.get(subject=drafted.reference, transition="publicise").frozen["督导意见书"].startswith("sha256:")
