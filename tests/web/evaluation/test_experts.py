"""Experts keep away from what is their own, schools are drawn so that anybody can draw again, and forms sent twice count once."""

from __future__ import annotations

import uuid
from collections import Counter
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from evaluation_steps import nothing_more_to_say, press, up_to
from hypothesis import given
from hypothesis import strategies as st

from junheng.common.errors import UserError
from junheng.synth.province import synthesise
from junheng.synth.write import checked, write_release
from junheng.web.accounts.models import Reach
from junheng.web.evaluation.actions import Found, assign, declare, draw_sample, judge, unassign
from junheng.web.evaluation.criteria import items_of
from junheng.web.evaluation.models import Sample, VisitJudgement
from junheng.web.evaluation.sampling import draw
from junheng.web.notices.actions import dispatch
from junheng.web.notices.models import Notice
from junheng.web.publicity.models import Announcement
from junheng.web.rectification.models import Problem
from junheng.web.rights.roles import Role
from junheng.web.store import keep_release


@pytest.fixture
def province_admin(person):
    return person(Role.PROVINCE_ADMIN)


def test_an_expert_of_the_county_or_its_city_is_refused(evaluation, person, province_admin, tree):
    for home in (tree.county, tree.city):
        with pytest.raises(UserError, match="不得评估本地"):
            assign(evaluation, person(Role.PROVINCE_EXPERT, home), by=province_admin)


def test_an_expert_who_declared_a_relation_is_refused(evaluation, person, province_admin, tree):
    expert = person(Role.PROVINCE_EXPERT, tree.other_city)
    declare(tree.school, "曾任该校校长", by=expert)
    with pytest.raises(UserError, match="曾任该校校长"):
        assign(evaluation, expert, by=province_admin)


def test_an_expert_sees_the_county_while_assigned_and_no_longer(evaluation, person, province_admin, tree, signed_in):
    expert = person(Role.PROVINCE_EXPERT, tree.other_city)
    url = reverse("evaluation", args=[evaluation.pk])
    assert signed_in(Role.PROVINCE_EXPERT, tree.other_city).get(url).status_code == 404
    assign(evaluation, expert, by=province_admin)
    assert signed_in(Role.PROVINCE_EXPERT, tree.other_city).get(url).status_code == 200
    unassign(evaluation, expert, by=province_admin)
    assert not Reach.objects.filter(user=expert).exists()


def test_a_school_clerk_cannot_be_an_expert(evaluation, person, province_admin):
    with pytest.raises(UserError, match="不是在用的评估专家"):
        assign(evaluation, person(Role.SCHOOL_CLERK), by=province_admin)


STRATA = st.dictionaries(st.integers(1, 10**6).map(lambda number: f"{number:010d}"), st.sampled_from(["小学·城区", "小学·乡村", "初中·镇区"]), min_size=1, max_size=60)


@given(STRATA, st.integers(1, 70), st.text(min_size=1, max_size=8), st.randoms())
def test_anybody_draws_the_same_schools_again(strata, size, seed, random):
    shuffled = list(strata.items())
    random.shuffle(shuffled)
    drawn = draw(strata, size, seed)
    assert draw(dict(shuffled), size, seed) == drawn
    assert len(drawn) == len(set(drawn)) == min(size, len(strata))
    assert set(drawn) <= set(strata)


@given(STRATA, st.integers(1, 70), st.text(min_size=1, max_size=8))
def test_every_stratum_is_drawn_from_while_places_last(strata, size, seed):
    sizes = Counter(strata.values())
    drawn = Counter(strata[code] for code in draw(strata, size, seed))
    if size >= len(sizes):
        assert set(drawn) == set(sizes)
    for name, count in drawn.items():
        assert count <= sizes[name]


def test_the_sample_is_drawn_once_out_of_the_signed_release(evaluation, release, person, province_admin, tmp_path, signed_in):
    real = write_release(checked(synthesise(1)[0]), tmp_path)
    release.key = keep_release(real.path)
    release.save()
    evaluation.release = release
    evaluation.save()
    sample = draw_sample(evaluation, 5, by=province_admin, seed="2026")
    assert sample.drawn == draw(sample.strata, 5, "2026")
    with pytest.raises(UserError, match="只能进行一次"):
        draw_sample(evaluation, 5, by=province_admin)
    page = signed_in(Role.PROVINCE_ADMIN).get(reverse("evaluation_experts", args=[evaluation.pk])).content.decode()
    assert "2026" in page


def test_a_form_sent_twice_counts_once_and_what_fails_becomes_a_problem(evaluation, release, person, signed_in, tree):
    up_to(evaluation, "prov_visit", signed_in, person)
    expert = person(Role.PROVINCE_EXPERT)
    assign(evaluation, expert, by=person(Role.PROVINCE_ADMIN))
    client = signed_in(Role.PROVINCE_EXPERT)
    url = reverse("visit", args=[evaluation.pk, tree.school.code])
    form = {"criterion": "class_size", "outcome": "fail", "reason": "三年级二班 47 人", "client_id": str(uuid.uuid4())}
    assert [client.post(url, form).status_code for _ in range(2)] == [302, 302]
    assert VisitJudgement.objects.count() == 1
    assert Problem.objects.get().unit == tree.school
    assert "三年级二班 47 人" in client.get(url).content.decode()


def test_what_fails_needs_a_reason(evaluation, release, person, signed_in, tree):
    up_to(evaluation, "prov_visit", signed_in, person)
    expert = person(Role.PROVINCE_EXPERT)
    assign(evaluation, expert, by=person(Role.PROVINCE_ADMIN))
    with pytest.raises(UserError, match="写明理由"):
        judge(evaluation, tree.school, Found(items_of(evaluation)["class_size"], "fail", " "), uuid.uuid4(), by=expert)
    with pytest.raises(UserError, match="没有被安排"):
        judge(evaluation, tree.school, Found(items_of(evaluation)["class_size"], "pass", ""), uuid.uuid4(), by=person(Role.PROVINCE_EXPERT, tree.other_city))


def test_an_expert_who_declares_a_relation_after_being_assigned_steps_back(evaluation, person, province_admin, tree, signed_in):
    expert = person(Role.PROVINCE_EXPERT, tree.other_city)
    assign(evaluation, expert, by=province_admin)
    client = signed_in(Role.PROVINCE_EXPERT, tree.other_city)
    client.post(reverse("my_visits"), {"unit": tree.school.code, "reason": "曾任该校校长"})
    assert not evaluation.assignments.exists()
    assert client.get(reverse("evaluation", args=[evaluation.pk])).status_code == 404
    dispatch(timezone.localdate())
    assert "请另行安排" in Notice.objects.get(user=province_admin, title="专家因回避退出").text
    page = signed_in(Role.PROVINCE_ADMIN).get(reverse("evaluation_experts", args=[evaluation.pk])).content.decode()
    assert "曾任该校校长" in page
    assert f"安排{expert.name}" not in page


def test_a_relation_elsewhere_takes_nothing_back(evaluation, person, province_admin, tree):
    expert = person(Role.PROVINCE_EXPERT)
    assign(evaluation, expert, by=province_admin)
    declare(tree.other_school, "曾任该校校长", by=expert)
    assert evaluation.assignments.get().user == expert


def test_a_county_that_applies_again_is_drawn_and_visited_anew(evaluation, release, round, tree, person, signed_in):
    up_to(evaluation, "prov_conclusion", signed_in, person)
    nothing_more_to_say(evaluation, signed_in)
    province = signed_in(Role.PROVINCE_ADMIN)
    assert press(province, evaluation, "publicise", {"conclusion": "fail", "text": "现予公示。"}).status_code == 302
    Announcement.objects.update(closes_on=timezone.localdate() - timedelta(days=1))
    assert press(province, evaluation, "not_accept").status_code == 302
    before = evaluation.sample
    assert press(signed_in(Role.COUNTY_ADMIN), evaluation, "apply_again", {"reason": "已整改"}).status_code == 302
    evaluation.refresh_from_db()
    assert (evaluation.application, evaluation.sample, evaluation.visits.count()) == (2, None, 0)
    up_to(evaluation, "prov_visit", signed_in, person)
    assert "还没有抽取学校" in press(province, evaluation, "finish_visits", {"opinion": "已核查"}).content.decode()
    up_to(evaluation, "prov_conclusion", signed_in, person)
    assert evaluation.sample != before
    assert evaluation.all_visits.count() == 2


def test_an_experts_list_for_the_road_says_how_many_schools_are_left(evaluation, release, person, signed_in, tree):
    up_to(evaluation, "prov_visit", signed_in, person)
    Sample.objects.create(evaluation=evaluation, seed="1", size=2, strata={}, drawn=[tree.school.code, tree.school_beside.code])
    expert = person(Role.PROVINCE_EXPERT)
    assign(evaluation, expert, by=person(Role.PROVINCE_ADMIN))
    client = signed_in(Role.PROVINCE_EXPERT)
    assert "还有 2 所学校等您核查" in client.get(reverse("my_visits")).content.decode()
    for school, left in ((tree.school, "还有 1 所学校等您核查"), (tree.school_beside, "抽中的学校您都核查过了")):
        judge(evaluation, school, Found(items_of(evaluation)["class_size"], "pass", ""), uuid.uuid4(), by=expert)
        assert left in client.get(reverse("my_visits")).content.decode()
