"""A judgement that was wrong is corrected: it counts no more, its problem says so, and what was issued stays as issued."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone
from evaluation_steps import nothing_more_to_say, press, up_to
from photographs import photograph

from junheng.common.errors import UserError
from junheng.web.audit.models import AuditEvent
from junheng.web.evaluation.actions import (
    Found,
    assign,
    correct,
    judge,
    judge_material,
    make_problem,
    take_back,
)
from junheng.web.evaluation.criteria import items_of
from junheng.web.evaluation.models import IssuedOpinion, VisitJudgement
from junheng.web.evaluation.opinion import draft_of, fingerprint, opinion_of
from junheng.web.evaluation.visited import OnSite, on_site, visits_of
from junheng.web.notices.actions import dispatch
from junheng.web.notices.models import Notice
from junheng.web.rectification.causes import Standing, look_up
from junheng.web.rectification.models import Problem
from junheng.web.rights.roles import Role

WHY = "数错了，把旁听的 3 人算了进去。"
CONCLUSION = {"conclusion": "pass", "text": "现予公示。"}


@pytest.fixture
def visiting(evaluation, release, signed_in, person):
    """An evaluation in 实地核查 with an expert at work."""
    up_to(evaluation, "prov_visit", signed_in, person)
    assign(evaluation, person(Role.PROVINCE_EXPERT), by=person(Role.PROVINCE_ADMIN))
    return evaluation


@pytest.fixture
def failed(visiting, person, tree) -> VisitJudgement:
    """三年级二班 47 人, at the first school, with a photograph."""
    return _judge(visiting, tree.school, person, "fail", "三年级二班 47 人", photos=[photograph()])


def _judge(evaluation, school, person, outcome="pass", reason="", criterion="class_size", **more) -> VisitJudgement:
    return judge(evaluation, school, Found(items_of(evaluation)[criterion], outcome, reason), uuid.uuid4(), by=person(Role.PROVINCE_EXPERT), **more)


def _correct(client, judgement, outcome="pass", reason="三年级二班 44 人", why=WHY, **more):
    form = {"act": "correct", "outcome": outcome, "reason": reason, "why": why, "client_id": str(uuid.uuid4())} | more
    return client.post(reverse("judgement", args=[judgement.visit.evaluation_id, judgement.pk]), form)


def _found(evaluation) -> list[tuple[str, str, int]]:
    return [(each.outcome, each.reason, each.photos) for each in opinion_of(evaluation).found]


def test_what_is_corrected_counts_no_more_in_the_opinion_nor_in_the_criterion(visiting, failed, signed_in):
    assert _found(visiting) == [("未达标", "三年级二班 47 人", 1)]
    assert on_site(visiting.visits)["class_size"] == OnSite(1, 1, 0)
    assert _correct(signed_in(Role.PROVINCE_EXPERT), failed).status_code == 302
    assert _found(visiting) == [("达标", "三年级二班 44 人", 1)]
    assert on_site(visiting.visits)["class_size"] == OnSite(1, 0, 0)
    page = signed_in(Role.COUNTY_ADMIN).get(reverse("evaluation", args=[visiting.pk])).content.decode()
    assert "已更正，不再计入" in page
    assert WHY in page
    assert "实地核查 1 所均达标" in page


def test_the_photographs_go_on_with_the_correction(visiting, failed, signed_in):
    _correct(signed_in(Role.PROVINCE_EXPERT), failed)
    (visited,) = visits_of(visiting.visits, items_of(visiting))
    assert [len(each.photos) for each in visited.judged] == [1, 1]
    assert visited.photos == 1


def test_the_problem_says_that_its_cause_is_gone_and_is_withdrawn_by_one_press(visiting, failed, signed_in, tree):
    problem = Problem.objects.get()
    assert failed.problem == problem
    _correct(signed_in(Role.PROVINCE_EXPERT), failed)
    problem.refresh_from_db()
    assert look_up(problem).standing is Standing.GONE
    county, url = signed_in(Role.COUNTY_ADMIN), reverse("rectification_do", args=[problem.pk, "withdraw_gone"])
    page = county.get(reverse("problem", args=[problem.pk])).content.decode()
    assert "成因已经消除" in page
    assert WHY.rstrip("。") in page
    assert f'<form method="post" action="{url}">' in page
    assert f'action="{url}"' not in signed_in(Role.SCHOOL_CLERK).get(reverse("problem", args=[problem.pk])).content.decode()
    assert signed_in(Role.COUNTY_REVIEWER).post(url, {"seen_moves": problem.moves}).status_code == 404
    assert "成因已消除" in county.get(reverse("problems")).content.decode()
    assert county.post(url, {"seen_moves": problem.moves}).status_code == 302
    problem.refresh_from_db()
    assert problem.state == "withdrawn"


@pytest.mark.parametrize("state", ["assigned", "planned", "submitted", "verified"])
def test_it_is_withdrawn_wherever_it_stands_by_then(visiting, failed, signed_in, state):
    Problem.objects.update(state=state)
    _correct(signed_in(Role.PROVINCE_EXPERT), failed)
    problem = Problem.objects.get()
    assert press(signed_in(Role.COUNTY_ADMIN), problem, "withdraw_gone").status_code == 302
    assert Problem.objects.get().state == "withdrawn"


def test_a_problem_whose_judgement_holds_is_not_withdrawn_so(failed, signed_in):
    problem, county = Problem.objects.get(), signed_in(Role.COUNTY_ADMIN)
    assert "成因已消除，撤回" not in county.get(reverse("problem", args=[problem.pk])).content.decode()
    said = press(county, problem, "withdraw_gone")
    assert (said.status_code, "提出它的判断没有更正" in said.content.decode()) == (422, True)


def test_those_who_may_withdraw_it_and_those_who_mend_are_told(visiting, failed, signed_in, person):
    people = [person(Role.COUNTY_ADMIN), person(Role.SCHOOL_CLERK)]
    _correct(signed_in(Role.PROVINCE_EXPERT), failed)
    dispatch(timezone.localdate())
    told = Notice.objects.filter(title="一个问题的成因已消除")
    assert {each.user for each in told} == set(people)


def test_what_still_fails_goes_on_as_the_same_problem_in_the_new_words(visiting, failed, signed_in):
    _correct(signed_in(Role.PROVINCE_EXPERT), failed, "fail", "三年级二班 46 人", "数错了一人。")
    problem = Problem.objects.get()
    assert problem.title.endswith("三年级二班 46 人")
    assert problem.cause_gone_at is None
    event = AuditEvent.objects.get(action="rectification.cause_holds")
    assert event.before["title"].endswith("47 人")
    assert VisitJudgement.objects.get(withdrawn_at=None).problem == problem


def test_a_problem_that_two_judgements_rest_on_holds_while_one_of_them_stands(visiting, failed, person, tree, signed_in):
    again = _judge(visiting, tree.school, person, "fail", "三年级二班 47 人")
    assert again.problem == failed.problem
    take_back(failed, "重复了", by=person(Role.PROVINCE_EXPERT))
    assert Problem.objects.get().cause_gone_at is None
    take_back(again, WHY, by=person(Role.PROVINCE_EXPERT))
    assert Problem.objects.get().cause_gone_at is not None


def test_judged_again_in_the_same_words_the_problem_is_there_again(visiting, failed, person, tree):
    take_back(failed, WHY, by=person(Role.PROVINCE_EXPERT))
    _judge(visiting, tree.school, person, "fail", "三年级二班 47 人")
    assert Problem.objects.get().cause_gone_at is None


def test_taken_back_it_leaves_nothing_in_the_opinion_and_says_why(visiting, failed, signed_in):
    expert = signed_in(Role.PROVINCE_EXPERT)
    answer = expert.post(reverse("judgement", args=[visiting.pk, failed.pk]), {"act": "take_back", "why": "记错了学校。"})
    assert answer.status_code == 302
    assert _found(visiting) == []
    page = expert.get(answer["Location"]).content.decode()
    assert "已记 0 条" in page or "还没有记录" in page
    assert "记错了学校。" in page


def test_a_correction_sent_twice_counts_once(failed, signed_in):
    expert, same = signed_in(Role.PROVINCE_EXPERT), {"client_id": str(uuid.uuid4())}
    assert [_correct(expert, failed, **same).status_code for _ in range(2)] == [302, 302]
    assert VisitJudgement.objects.count() == 2


@pytest.mark.parametrize(("outcome", "reason", "why", "said"), [
    ("", "44 人", WHY, "没有选择更正后的结论"), ("fail", " ", WHY, "未达标须写明理由"), ("pass", "44 人", " ", "没有写更正的理由"),
    ("fail", "三年级二班 47 人", WHY, "与原来相同"),
])  # fmt: skip
def test_a_correction_that_does_not_say_what_or_why_is_refused(failed, signed_in, outcome, reason, why, said):
    answer = _correct(signed_in(Role.PROVINCE_EXPERT), failed, outcome, reason, why)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    failed.refresh_from_db()
    assert failed.stands
    assert Problem.objects.get().cause_gone_at is None


def test_a_judgement_is_corrected_once(failed, signed_in):
    expert = signed_in(Role.PROVINCE_EXPERT)
    _correct(expert, failed)
    answer = _correct(expert, failed)
    assert (answer.status_code, "已经更正或撤回" in answer.content.decode()) == (422, True)


def test_only_who_recorded_it_or_the_province_corrects_it(visiting, failed, signed_in, person, tree):
    other = person(Role.PROVINCE_EXPERT, tree.other_city)
    assign(visiting, other, by=person(Role.PROVINCE_ADMIN))
    assert _correct(signed_in(Role.PROVINCE_EXPERT, tree.other_city), failed).status_code == 404
    with pytest.raises(UserError, match="不能更正"):
        take_back(failed, WHY, by=other)
    assert _correct(signed_in(Role.COUNTY_ADMIN), failed).status_code == 404
    url = reverse("judgement", args=[visiting.pk, failed.pk])
    evaluation_page = reverse("evaluation", args=[visiting.pk])
    assert url in signed_in(Role.PROVINCE_EXPERT).get(evaluation_page).content.decode()
    assert url not in signed_in(Role.PROVINCE_EXPERT, tree.other_city).get(evaluation_page).content.decode()
    assert url in signed_in(Role.PROVINCE_ADMIN).get(reverse("evaluation", args=[visiting.pk])).content.decode()
    assert signed_in(Role.PROVINCE_ADMIN).get(url).status_code == 200
    assert _correct(signed_in(Role.PROVINCE_ADMIN), failed)["Location"] == reverse("evaluation", args=[visiting.pk])


def test_what_was_issued_stays_as_issued_and_what_is_formed_anew_counts_what_stands(visiting, failed, signed_in, person):
    up_to(visiting, "prov_conclusion", signed_in, person)
    nothing_more_to_say(visiting, signed_in)
    province = signed_in(Role.PROVINCE_ADMIN)
    assert press(province, visiting, "publicise", CONCLUSION | {"weighed": "已列为问题，限期整改。"}).status_code == 302
    visiting.refresh_from_db()
    before, kept = visiting.opinion, IssuedOpinion.objects.get()
    assert (kept.document, kept.fingerprint) == (before, fingerprint(before))
    correct(failed, items_of(visiting)["class_size"], "pass", "44 人", WHY, uuid.uuid4(), by=person(Role.PROVINCE_EXPERT))
    visiting.refresh_from_db()
    assert visiting.opinion == before
    assert ("未达标", "三年级二班 47 人") in [(each.outcome, each.reason) for each in opinion_of(visiting).found]
    assert "未达标" not in [each.outcome for each in draft_of(visiting).found]
    page = province.get(reverse("evaluation", args=[visiting.pk])).content.decode()
    assert "有 1 条核查判断更正或撤回" in page
    assert press(province, visiting, "reopen", {"reason": "更正后重新公示。"}).status_code == 302
    kept.refresh_from_db()
    assert kept.withdrawn_on == timezone.localdate()
    assert press(province, visiting, "publicise", CONCLUSION).status_code == 302
    first, second = IssuedOpinion.objects.all()
    assert first.document == before
    assert "未达标" not in [each["outcome"] for each in second.document["found"]]
    for each in (first, second):
        answer = signed_in(Role.COUNTY_ADMIN).get(reverse("evaluation_opinion", args=[visiting.pk]), {"issued": each.pk})
        assert b"".join(answer.streaming_content)[:2] == b"PK"
    assert signed_in(Role.COUNTY_ADMIN).get(reverse("evaluation_opinion", args=[visiting.pk]), {"issued": 10**6}).status_code == 404


def test_a_county_does_not_pass_over_what_was_found_unless_somebody_says_why(visiting, failed, signed_in, person):
    up_to(visiting, "prov_conclusion", signed_in, person)
    nothing_more_to_say(visiting, signed_in)
    province = signed_in(Role.PROVINCE_ADMIN)
    said = press(province, visiting, "publicise", CONCLUSION)
    assert (said.status_code, "未达标 1 所" in said.content.decode()) == (422, True)
    Problem.objects.update(state="closed")
    assert on_site(visiting.visits)["class_size"].words.endswith("未达标 1 所（1 所已整改销号）")
    assert press(province, visiting, "publicise", CONCLUSION).status_code == 302


def _materials(evaluation, person, outcome, reason):
    evaluation.refresh_from_db()
    return judge_material(evaluation, items_of(evaluation)["layout"], outcome, reason, uuid.uuid4(), by=person(Role.PROVINCE_ADMIN))


def test_a_problem_of_the_materials_follows_what_is_judged_later(evaluation, release, signed_in, person):
    up_to(evaluation, "prov_materials", signed_in, person)
    item = items_of(evaluation)["layout"]
    problem = make_problem(_materials(evaluation, person, "fail", "没有规划。"), item, by=person(Role.PROVINCE_ADMIN))
    _materials(evaluation, person, "fail", "规划没有批复。")
    problem.refresh_from_db()
    assert problem.title == "学校规划布局：规划没有批复。"
    _materials(evaluation, person, "pass", "批复已补。")
    problem.refresh_from_db()
    assert "批复已补" in look_up(problem).text
    assert press(signed_in(Role.CITY_REVIEWER), problem, "withdraw_gone").status_code == 302


def test_a_problem_of_the_materials_is_there_again_when_it_fails_again(evaluation, release, signed_in, person):
    up_to(evaluation, "prov_materials", signed_in, person)
    problem = make_problem(_materials(evaluation, person, "fail", "没有规划。"), items_of(evaluation)["layout"], by=person(Role.PROVINCE_ADMIN))
    _materials(evaluation, person, "pass", "看漏了。")
    again = _materials(evaluation, person, "fail", "规划过期。")
    assert (again.problem, Problem.objects.get().title) == (problem, "学校规划布局：规划过期。")
    assert look_up(Problem.objects.get()).standing is Standing.UNKNOWN
    _materials(evaluation, person, "more", "等新规划。")
    assert look_up(Problem.objects.get()).standing is Standing.UNKNOWN
