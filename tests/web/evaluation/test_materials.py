"""材料审核: figures and evidence beside each other, a judgement with a reason, and what it leads to."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from evaluation_steps import nothing_more_to_say, press, release_of, up_to
from photographs import photograph

from junheng.common.errors import UserError
from junheng.web.audit.models import AuditEvent
from junheng.web.evaluation.actions import assign, judge_material
from junheng.web.evaluation.criteria import items_of
from junheng.web.evaluation.models import MaterialJudgement
from junheng.web.evaluation.opinion import opinion_of
from junheng.web.evidence.actions import attach
from junheng.web.notices.actions import dispatch
from junheng.web.notices.models import Notice
from junheng.web.rectification.models import Problem
from junheng.web.reporting.models import CountyRelease
from junheng.web.rights.roles import Role

_LAYOUT = {"clause": "第七条（一）", "value": None, "failing": [], "verdict": "pass", "evidence": {"needed": ["布局规划文件"], "verdict": "pass"}}


def _ask_people(release: CountyRelease) -> None:
    """Let the release need a judgement of 学校规划布局, which no number shows."""
    release.result["criteria"]["layout"] = _LAYOUT
    release.save()


@pytest.fixture
def reviewed(evaluation, release, signed_in, person):
    """An evaluation in 材料审核."""
    _ask_people(release)
    up_to(evaluation, "prov_materials", signed_in, person)
    return evaluation


def _send(client, evaluation, outcome="pass", reason="已看布局规划批复。", criterion="layout", **more):
    form = {"outcome": outcome, "reason": reason, "client_id": str(uuid.uuid4()), "act": "judge"} | more
    return client.post(reverse("material", args=[evaluation.pk, criterion]), form)


def _approve(client, evaluation):
    return press(client, evaluation, "approve_materials", {"opinion": "已审。"})


def test_what_no_number_shows_must_be_judged_before_the_materials_are_approved(reviewed, signed_in):
    province = signed_in(Role.PROVINCE_ADMIN)
    said = _approve(province, reviewed)
    assert (said.status_code, "1 条没有数字可以说明的条目没有审核" in said.content.decode()) == (422, True)
    assert "学校规划布局" in said.content.decode()
    assert "1 条没有数字可以说明的等待审核" in province.get(reverse("materials", args=[reviewed.pk])).content.decode()
    assert _send(province, reviewed).status_code == 302
    assert _approve(province, reviewed).status_code == 302


def test_what_is_asked_for_is_told_to_the_county_and_holds_the_approval_back(reviewed, signed_in, person):
    county = person(Role.COUNTY_ADMIN)
    province = signed_in(Role.PROVINCE_ADMIN)
    _send(province, reviewed, "more", "缺 2025 年布局调整的批复。")
    assert "1 条等县里补充材料" in _approve(province, reviewed).content.decode()
    dispatch(AuditEvent.objects.last().at.date())
    notice = Notice.objects.get(user=county, title="材料审核要求补充")
    assert "学校规划布局" in notice.text
    assert signed_in(Role.COUNTY_ADMIN).get(notice.url).status_code == 200
    assert "缺 2025 年布局调整的批复" in signed_in(Role.COUNTY_ADMIN).get(reverse("material", args=[reviewed.pk, "layout"])).content.decode()
    attach(unit=reviewed.unit, round=reviewed.round, criterion="layout", upload=photograph("批复.jpg"), by=county)
    assert "有新材料" in province.get(reverse("materials", args=[reviewed.pk])).content.decode()
    _send(province, reviewed)
    assert _approve(province, reviewed).status_code == 302


def test_the_page_of_a_criterion_shows_figure_verdict_and_the_evidence_of_county_and_schools(reviewed, signed_in, person, tree):
    for unit, by, shade in ((tree.county, Role.COUNTY_ADMIN, 1), (tree.school, Role.SCHOOL_CLERK, 2)):
        attach(unit=unit, round=reviewed.round, criterion="layout", upload=photograph(shade=shade), by=person(by), title=f"规划图 {shade}")
    page = signed_in(Role.PROVINCE_ADMIN).get(reverse("material", args=[reviewed.pk, "layout"])).content.decode()
    assert "布局规划文件" in page
    assert "材料 2 份" in page
    assert "规划图 1" in page
    assert "规划图 2" in page
    assert "和平区第一小学" in page
    counted = signed_in(Role.PROVINCE_ADMIN).get(reverse("material", args=[reviewed.pk, "class_size"])).content.decode()
    assert "● 达标" in counted


@pytest.mark.parametrize(("outcome", "reason", "said"), [("", "看过", "没有选择结论"), ("pass", "  ", "没有写理由"), ("none", "看过", "没有选择结论")])
def test_a_judgement_without_outcome_or_reason_is_refused(reviewed, signed_in, outcome, reason, said):
    answer = _send(signed_in(Role.PROVINCE_ADMIN), reviewed, outcome, reason)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert not MaterialJudgement.objects.exists()


def test_a_form_sent_twice_counts_once_and_a_later_judgement_takes_the_place(reviewed, signed_in):
    province, same = signed_in(Role.PROVINCE_ADMIN), {"client_id": str(uuid.uuid4())}
    for _ in range(2):
        _send(province, reviewed, "fail", "没有规划。", **same)
    assert MaterialJudgement.objects.count() == 1
    _send(province, reviewed, "pass", "规划已补。")
    page = province.get(reverse("material", args=[reviewed.pk, "layout"])).content.decode()
    assert "审核结论“达标”" in page
    assert "没有规划。" in page


def test_what_fails_becomes_a_problem_by_one_click_and_once(reviewed, signed_in):
    province = signed_in(Role.PROVINCE_ADMIN)
    _send(province, reviewed, "fail", "新城没有规划学校。")
    url = reverse("material", args=[reviewed.pk, "layout"])
    for _ in range(2):
        province.post(url, {"act": "problem"})
    problem = Problem.objects.get()
    assert (problem.unit, problem.criterion, problem.title) == (reviewed.unit, "layout", "学校规划布局：新城没有规划学校。")
    assert problem.clause == "教督〔2017〕6号 第七条（一）"
    assert f"第 {problem.pk} 号问题" in province.get(url).content.decode()
    assert "材料审核" in province.get(reverse("problem", args=[problem.pk])).content.decode()


def test_only_what_fails_now_becomes_a_problem(reviewed, signed_in):
    province, url = signed_in(Role.PROVINCE_ADMIN), reverse("material", args=[reviewed.pk, "layout"])
    assert "还没有审核结论" in province.post(url, {"act": "problem"}).content.decode()
    _send(province, reviewed, "fail", "没有规划。")
    _send(province, reviewed, "pass", "规划已补。")
    assert "只有现在判为未达标的条目" in province.post(url, {"act": "problem"}).content.decode()
    assert not Problem.objects.exists()


def test_an_expert_judges_only_where_assigned_and_a_county_never(reviewed, signed_in, person, tree):
    expert = person(Role.PROVINCE_EXPERT)
    assign(reviewed, expert, by=person(Role.PROVINCE_ADMIN))
    assert _send(signed_in(Role.PROVINCE_EXPERT), reviewed).status_code == 302
    answer = _send(signed_in(Role.COUNTY_ADMIN), reviewed)
    assert (answer.status_code, "现在不能审核材料" in answer.content.decode()) == (422, True)
    assert 'name="outcome"' not in signed_in(Role.COUNTY_ADMIN).get(reverse("material", args=[reviewed.pk, "layout"])).content.decode()
    assert MaterialJudgement.objects.count() == 1


def test_a_new_release_is_judged_anew(reviewed, round, tree, signed_in, person):
    province = signed_in(Role.PROVINCE_ADMIN)
    _send(province, reviewed)
    press(province, reviewed, "return_to_draft", {"reason": "数据要更正"})
    _ask_people(release_of(round, tree.county, number=2))
    press(signed_in(Role.COUNTY_REVIEWER), reviewed, "submit_self", {"opinion": "已更正", "sure": "on"})
    press(signed_in(Role.CITY_REVIEWER), reviewed, "pass_review", {"opinion": "同意"})
    press(province, reviewed, "qualify", {"recognised_on": "2020-01-01", "opinion": "符合"})
    assert "没有数字可以说明的条目没有审核" in _approve(province, reviewed).content.decode()


def test_a_county_whose_materials_fail_cannot_be_publicised_as_passed(evaluation, release, signed_in, person):
    up_to(evaluation, "prov_conclusion", signed_in, person)
    nothing_more_to_say(evaluation, signed_in)
    province = signed_in(Role.PROVINCE_ADMIN)
    _send(province, evaluation, "fail", "绩效工资没有足额核定。", criterion="teacher_pay")
    said = press(province, evaluation, "publicise", {"conclusion": "pass", "text": "现予公示。"})
    assert (said.status_code, "材料审核有未达标的条目" in said.content.decode()) == (422, True)
    assert "教师工资收入" in said.content.decode()


def test_what_was_judged_stands_in_the_opinion(reviewed, signed_in):
    _send(signed_in(Role.PROVINCE_ADMIN), reviewed, "fail", "新城没有规划学校。")
    (found,) = opinion_of(reviewed).reviewed
    assert (found.criterion, found.outcome, found.reason) == ("学校规划布局（第七条（一））", "未达标", "新城没有规划学校。")


def test_going_through_the_materials_leads_from_one_to_the_next_that_waits(reviewed, release, signed_in):
    release.result["criteria"]["curriculum"] = _LAYOUT
    release.save()
    province = signed_in(Role.PROVINCE_ADMIN)
    assert _send(province, reviewed, act="next")["Location"] == reverse("material", args=[reviewed.pk, "curriculum"])
    assert _send(province, reviewed, criterion="curriculum", act="next")["Location"] == reverse("materials", args=[reviewed.pk])


def test_nothing_is_judged_before_the_county_signed(evaluation, person):
    with pytest.raises(UserError, match="现在不能审核材料"):
        judge_material(evaluation, items_of(evaluation)["layout"], "pass", "看过", uuid.uuid4(), by=person(Role.PROVINCE_ADMIN))


def test_the_list_asks_as_often_when_everything_is_judged_and_shown_by_many_files(reviewed, signed_in, person):
    province, url = signed_in(Role.PROVINCE_ADMIN), reverse("materials", args=[reviewed.pk])

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert province.get(url).status_code == 200
        return len(captured)

    few = queries()
    for number, item in enumerate(items_of(reviewed).values()):
        judge_material(reviewed, item, "fail", "差", uuid.uuid4(), by=person(Role.PROVINCE_ADMIN))
        attach(unit=reviewed.unit, round=reviewed.round, criterion=item.id, upload=photograph(shade=number), by=person(Role.COUNTY_ADMIN))
    assert queries() <= few
