"""年度监测 looks at a later school year, a warning leads to mending, and a revocation is seen by the public."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from evaluation_steps import press, release_of, up_to

from junheng.web.audit.models import AuditEvent
from junheng.web.evaluation.models import Evaluation, Monitoring
from junheng.web.flow.models import Step
from junheng.web.notices.actions import dispatch
from junheng.web.notices.models import Notice
from junheng.web.publicity.models import Announcement
from junheng.web.rectification.models import Problem
from junheng.web.rights.roles import Role
from junheng.web.rounds.models import Round

GOOD, BAD = {"opinion": "持续保持。"}, {"opinion": "骨干教师流失，请于本学年补齐。"}
REVOKED = {"reason": "连续两年监测不合格", "approval": "辽政〔2027〕3号"}


@pytest.fixture
def accepted(evaluation, release, signed_in, person):
    """An evaluation that passed and is monitored."""
    up_to(evaluation, "publicised", signed_in, person)
    Announcement.objects.update(closes_on=timezone.localdate() - timedelta(days=1))
    province = signed_in(Role.PROVINCE_ADMIN)
    assert press(province, evaluation, "accept").status_code == 302
    assert press(province, evaluation, "monitor").status_code == 302
    return evaluation


@pytest.fixture
def later(tree, accepted):
    """later(school_year, verdict, number): a frozen release of the county in a later round."""

    def make(school_year: int = 2026, verdict: str = "pass", number: int = 1, **more):
        round, _ = Round.objects.get_or_create(school_year=school_year, unit=tree.province, defaults={"name": f"{school_year} 年监测", "state": "open"})
        made = release_of(round, tree.county, number, verdict, **more)
        made.hash = f"sha256:{school_year:032x}{number:032x}"
        made.detail = {"policy": {"overlays": []}, "reasons": ["小学骨干教师差异系数 0.52，高于 0.50。"]}
        made.save()
        return made

    return make


def _press(signed_in, evaluation, move, data):
    answer = press(signed_in(Role.PROVINCE_ADMIN), evaluation, move, data)
    return answer.status_code, answer.content.decode()


def test_the_release_of_the_acceptance_itself_is_no_monitoring(accepted, signed_in, round, tree):
    release_of(round, tree.county, number=2)
    status, said = _press(signed_in, accepted, "monitor_again", GOOD)
    assert (status, "还没有以后学年的数据版本" in said) == (422, True)


def test_the_newest_later_year_is_judged_and_its_hashes_are_kept(accepted, signed_in, later):
    later(2026, "fail")
    newest = later(2027, "pass", 2)
    assert _press(signed_in, accepted, "monitor_again", GOOD)[0] == 302
    kept = Monitoring.objects.get()
    assert (kept.release, kept.passed, kept.problem) == (newest, True, None)
    frozen = Step.objects.filter(subject=accepted.reference).last().frozen
    assert (frozen["监测学年"], frozen["数据版本"], frozen["测算结论"]) == ("2027—2028 学年", newest.hash, "达标")
    page = signed_in(Role.COUNTY_ADMIN).get(reverse("evaluation", args=[accepted.pk])).content.decode()
    assert "2027—2028 学年" in page


def test_one_release_is_monitored_once(accepted, signed_in, later):
    later()
    assert _press(signed_in, accepted, "monitor_again", GOOD)[0] == 302
    status, said = _press(signed_in, accepted, "monitor_again", GOOD)
    assert (status, "已经监测过" in said) == (422, True)
    assert Monitoring.objects.count() == 1


@pytest.mark.parametrize(("verdict", "move", "said"), [
    ("fail", "monitor_again", "不能登记为合格"), ("insufficient", "monitor_again", "不能登记为合格"), ("pass", "warn", "不能登记为不合格"),
])  # fmt: skip
def test_nobody_says_otherwise_than_the_release(accepted, signed_in, later, verdict, move, said):
    later(verdict=verdict)
    assert said in _press(signed_in, accepted, move, GOOD)[1]
    assert not Monitoring.objects.exists()


def test_a_release_that_is_not_formal_is_not_monitored(accepted, signed_in, later):
    later(is_formal=False)
    assert "不是正式版本" in _press(signed_in, accepted, "monitor_again", GOOD)[1]


def test_below_the_standard_there_is_a_warning_and_a_problem_and_mending_leads_back(accepted, signed_in, later, person):
    county = person(Role.COUNTY_ADMIN)
    later(verdict="fail")
    assert _press(signed_in, accepted, "warn", BAD)[0] == 302
    accepted.refresh_from_db()
    assert accepted.state == "warned"
    assert accepted.due_on == timezone.localdate() + timedelta(days=90)
    problem = Problem.objects.get()
    assert problem == Monitoring.objects.get().problem
    assert (problem.unit, problem.severity, problem.round.school_year) == (accepted.unit, "serious", 2026)
    assert problem.title == "2026—2027 学年监测结论为未达标：骨干教师流失，请于本学年补齐。"
    assert problem.current == "小学骨干教师差异系数 0.52，高于 0.50"
    dispatch(AuditEvent.objects.last().at.date())
    assert "骨干教师流失" in Notice.objects.get(user=county, title="年度监测不合格").text
    later(number=2)
    assert _press(signed_in, accepted, "monitor_again", GOOD)[0] == 302
    accepted.refresh_from_db()
    assert accepted.state == "monitoring"
    assert [each.passed for each in accepted.monitorings.all()] == [False, True]


def test_a_warned_county_is_still_accepted_until_it_is_revoked(accepted, signed_in, later):
    later(verdict="fail")
    _press(signed_in, accepted, "warn", BAD)
    assert "1 个县中 1 个通过省级验收" in signed_in(Role.PROVINCE_ADMIN).get(reverse("evaluations")).content.decode()
    assert _press(signed_in, accepted, "revoke", REVOKED)[0] == 302
    assert "1 个县中 0 个通过省级验收" in signed_in(Role.PROVINCE_ADMIN).get(reverse("evaluations")).content.decode()


@pytest.mark.parametrize("missing", ["reason", "approval"])
def test_a_revocation_needs_a_reason_and_the_number_of_its_approval(accepted, signed_in, missing):
    assert _press(signed_in, accepted, "revoke", REVOKED | {missing: " "})[0] == 422
    accepted.refresh_from_db()
    assert accepted.state == "monitoring"


def test_the_public_reads_that_it_was_revoked_why_and_by_which_document(accepted, signed_in):
    assert _press(signed_in, accepted, "revoke", REVOKED)[0] == 302
    announcement = Announcement.objects.get()
    page = Client().get(reverse("announcement", args=[announcement.pk])).content.decode()
    assert all(each in page for each in ("这个结论已经撤销", REVOKED["reason"], REVOKED["approval"], "现予公示"))
    assert "已撤销" in Client().get(reverse("announcements")).content.decode()


def test_the_reason_of_a_revocation_holds_no_personal_data(accepted, signed_in):
    status, said = _press(signed_in, accepted, "revoke", REVOKED | {"reason": "举报人 15400000000"})
    assert (status, "手机号" in said) == (422, True)
    accepted.refresh_from_db()
    assert (accepted.state, Announcement.objects.get().state) == ("monitoring", "in_force")


def test_a_conclusion_is_formed_anew_when_its_announcement_is_withdrawn(evaluation, release, signed_in, person):
    up_to(evaluation, "publicised", signed_in, person)
    first = Announcement.objects.get()
    assert _press(signed_in, evaluation, "reopen", {"reason": "公示正文有误，更正后重新公示。"})[0] == 302
    evaluation.refresh_from_db()
    assert (evaluation.state, evaluation.announcement, evaluation.opinion, evaluation.conclusion) == ("prov_conclusion", None, None, "")
    page = Client().get(reverse("announcement", args=[first.pk])).content.decode()
    assert "公示正文有误，更正后重新公示。" in page
    assert "现予公示" not in page
    assert "（通过）" not in page
    assert _press(signed_in, evaluation, "publicise", {"conclusion": "pass", "text": "更正后公示。"})[0] == 302
    assert Evaluation.objects.get().announcement != first
