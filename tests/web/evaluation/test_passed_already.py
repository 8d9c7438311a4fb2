"""A county that passed is monitored, and evaluated again only once a monitoring failed or the conclusion was revoked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from evaluation_steps import press, release_of, up_to

from junheng.web.audit.models import AuditEvent
from junheng.web.evaluation.actions import start
from junheng.web.evaluation.models import Evaluation, Monitoring
from junheng.web.evaluation.waiting import waiting
from junheng.web.publicity.models import Announcement
from junheng.web.rights.roles import Role
from junheng.web.rounds.models import Participation, Round


@pytest.fixture
def passed(evaluation, release, signed_in, person):
    """An evaluation of 2025 that passed; its 公告 is in force."""
    up_to(evaluation, "publicised", signed_in, person)
    Announcement.objects.update(closes_on=timezone.localdate() - timedelta(days=1))
    assert press(signed_in(Role.PROVINCE_ADMIN), evaluation, "accept").status_code == 302
    evaluation.refresh_from_db()
    return evaluation


@pytest.fixture
def next_round(tree, round):
    """2026, in which the same county and another take part."""
    made = Round.objects.create(name="2026 年评估", school_year=2026, unit=tree.province, state="open", opens_on=date(2026, 9, 1))
    for county in (tree.county, tree.other_county):
        Participation.objects.create(round=made, unit=county)
    return made


def test_it_is_not_evaluated_again_and_the_page_says_why(passed, next_round, signed_in, tree):
    answer = signed_in(Role.PROVINCE_ADMIN).post(reverse("evaluations"), {"round": next_round.pk}, follow=True).content.decode()
    assert "已建立 1 个县的评估" in answer
    assert f"{tree.county.name}已在“2025 年评估”通过省级评估验收" in answer
    assert "只作年度监测" in answer
    assert [each.unit for each in Evaluation.objects.filter(round=next_round)] == [tree.other_county]
    assert AuditEvent.objects.filter(action="evaluation.start").last().detail == {"passed_already": [tree.county.code]}


def test_its_annual_monitoring_goes_on(passed, next_round, signed_in, person, tree):
    start(next_round, by=person(Role.PROVINCE_ADMIN))
    assert press(signed_in(Role.PROVINCE_ADMIN), passed, "monitor").status_code == 302
    release_of(next_round, tree.county, 9)
    assert press(signed_in(Role.PROVINCE_ADMIN), passed, "monitor_again", {"opinion": "持续保持。"}).status_code == 302
    assert Monitoring.objects.get().release.round == next_round


def _warn(passed, next_round, signed_in, tree):
    press(signed_in(Role.PROVINCE_ADMIN), passed, "monitor")
    release_of(next_round, tree.county, 9, "fail")
    return press(signed_in(Role.PROVINCE_ADMIN), passed, "warn", {"opinion": "整改"})


def _revoke(passed, next_round, signed_in, tree):
    return press(signed_in(Role.PROVINCE_ADMIN), passed, "revoke", {"reason": "弄虚作假", "approval": "1 号"})


def _withdraw(passed, next_round, signed_in, tree):
    return press(signed_in(Role.PROVINCE_ADMIN), passed.announcement, "withdraw", {"reason": "有误"})


@pytest.mark.parametrize("happens", [_warn, _revoke, _withdraw])
def test_it_is_evaluated_again_once_its_conclusion_is_in_doubt(passed, next_round, signed_in, person, tree, happens):
    assert happens(passed, next_round, signed_in, tree).status_code == 302
    assert start(next_round, by=person(Role.PROVINCE_ADMIN)).made == 2


def test_another_standard_is_another_matter(passed, next_round, person):
    next_round.policy = "basic_balance_2012"
    next_round.save()
    assert start(next_round, by=person(Role.PROVINCE_ADMIN)).made == 2


def test_an_evaluation_made_before_the_county_passed_is_not_begun(passed, next_round, signed_in, person, tree):
    needless = Evaluation.objects.create(round=next_round, unit=tree.county)
    county = signed_in(Role.COUNTY_ADMIN)
    page = county.get(reverse("evaluation", args=[needless.pk])).content.decode()
    assert "本轮不再评估，按年度监测" in page
    said = press(county, needless, "begin")
    assert (said.status_code, "这个县不必再作评估" in said.content.decode()) == (422, True)
    assert "待开始的县级自评" not in [each.title for each in waiting(person(Role.COUNTY_ADMIN))]
