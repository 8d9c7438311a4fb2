"""Every state × every role: who may take which step, and what is refused in words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from junheng.web.audit.models import AuditEvent
from junheng.web.flow.errors import Moved, NotAllowed, Refused
from junheng.web.flow.models import Step
from junheng.web.reporting.actions import explain, grant_exception, lock_overdue, make_submissions
from junheng.web.reporting.actions.moves import ACTIONS
from junheng.web.reporting.models import LockException, Submission
from junheng.web.rights.roles import Role
from junheng.web.rounds.actions import change_round
from junheng.web.rounds.actions.keep import Plan

ROLES = {
    "begin": {Role.SCHOOL_CLERK, Role.COUNTY_ADMIN}, "submit": {Role.SCHOOL_CLERK, Role.COUNTY_ADMIN},
    "withdraw": {Role.SCHOOL_CLERK, Role.COUNTY_ADMIN}, "accept": {Role.COUNTY_REVIEWER, Role.PROVINCE_ADMIN},
    "return": {Role.COUNTY_ADMIN, Role.COUNTY_REVIEWER}, "unlock": {Role.COUNTY_ADMIN},
}  # fmt: skip
SOURCES = {
    "begin": {"waiting"}, "submit": {"draft", "returned"}, "withdraw": {"submitted"}, "accept": {"submitted"},
    "return": {"submitted", "accepted"}, "unlock": {"locked"},
}  # fmt: skip
STATES = [each.id for each in Submission.process.states]


def _words(step: str) -> dict[str, str]:
    until = str(timezone.localdate() + timedelta(days=3))
    return {"submit": {"explanation": "已核对"}, "return": {"reason": "教师数与花名册不符"}, "unlock": {"until": until, "reason": "校舍改造数据有误"}}.get(step, {})


@pytest.fixture
def with_data(world):
    world.upload()
    return world


@pytest.mark.parametrize("step", list(ACTIONS))
def test_a_step_is_taken_from_its_states_by_its_roles_and_no_others(step, with_data, person):
    world = with_data
    homes = {Role.SCHOOL_CLERK: world.school}
    for state in STATES:
        for role in Role:
            by = person(role, homes.get(role))
            Submission.objects.filter(pk=world.submission().pk).update(state=state)
            may = state in SOURCES[step] and role in ROLES[step]
            if may:
                moved = ACTIONS[step](world.submission(), by=by, data=_words(step))
                assert moved.state == Submission.process.transition(step).target
            else:
                with pytest.raises(Moved if state not in SOURCES[step] else NotAllowed):
                    ACTIONS[step](world.submission(), by=by, data=_words(step))


def test_submitting_is_refused_while_errors_stand_and_says_which(world):
    world.upload(pe_teachers=-1)
    with pytest.raises(Refused, match="还有 1 处错误，不能提交") as refused:
        ACTIONS["submit"](world.submission(), by=world.clerk(), data={"explanation": "x"})
    assert "负数" in str(refused.value)
    assert world.submission().state == "draft"


def test_warnings_need_a_word_for_each_or_one_for_all_and_it_is_kept(world):
    world.upload(pe_teachers=None, music_teachers=None)
    submission = world.submission()
    assert submission.latest.warning_count == 2
    with pytest.raises(Refused, match="有 2 处提醒没有说明"):
        ACTIONS["submit"](submission, by=world.clerk())
    first, second = submission.latest.warning_keys()
    explain(submission, first, "本校没有体育专任教师", by=world.clerk())
    with pytest.raises(Refused, match="有 1 处提醒没有说明"):
        ACTIONS["submit"](submission, by=world.clerk())
    url = reverse("submission_explain", args=[submission.pk])
    assert world.client().post(url, {"key": second, "words": "音乐由艺术教师兼任"}).status_code == 302
    page = world.client().get(reverse("submission", args=[submission.pk])).content.decode()
    assert "音乐由艺术教师兼任" in page
    assert ACTIONS["submit"](world.submission(), by=world.clerk()).state == "submitted"
    page = world.signed_in(Role.COUNTY_REVIEWER).get(reverse("submission", args=[submission.pk])).content.decode()
    assert "学校说明：本校没有体育专任教师" in page


def test_one_explanation_for_all_is_kept_with_the_step(world):
    world.upload(pe_teachers=None)
    ACTIONS["submit"](world.submission(), by=world.clerk(), data={"explanation": "均已核对"})
    step = Step.objects.get(transition="submit")
    assert step.data["explanation"] == "均已核对"
    assert step.frozen["version"] == world.submission().latest.pk


def test_an_empty_submission_cannot_be_submitted(world):
    ACTIONS["begin"](world.submission(), by=world.clerk())
    with pytest.raises(Refused, match="还没有数据"):
        ACTIONS["submit"](world.submission(), by=world.clerk())


def test_a_returned_submission_says_why_first_and_may_be_mended(world):
    world.hand_in()
    ACTIONS["return"](world.submission(), by=world.person(Role.COUNTY_REVIEWER), data={"reason": "教师数与花名册不符"})
    page = world.client().get(reverse("submission", args=[world.submission().pk])).content.decode()
    assert "县里退回：教师数与花名册不符。请改正后重新提交。" in page
    world.upload(pe_teachers=5)
    assert world.submission().state == "returned"
    assert ACTIONS["submit"](world.submission(), by=world.clerk(), data={"explanation": "已改"}).state == "submitted"


def test_a_page_that_showed_an_older_state_is_told(world):
    world.hand_in()
    seen = world.submission().moves
    ACTIONS["accept"](world.submission(), by=world.person(Role.COUNTY_REVIEWER))
    response = world.signed_in(Role.COUNTY_ADMIN).post(reverse("submission_do", args=[world.submission().pk, "return"]),
                                                       {"seen_moves": seen, "reason": "核对"})  # fmt: skip
    assert response.status_code == 409
    assert "县级审核人甲" in response.content.decode()


# ---- the deadline ------------------------------------------------------------------------------------------------


def _after(world):
    return world.round.reports_due_on + timedelta(days=1)


def test_the_day_after_the_deadline_everything_locks_but_what_waits_for_review(world):
    first, second, third, fourth = world.schools
    world.upload(first)
    world.hand_in(second)
    world.hand_in(third)
    ACTIONS["accept"](world.submission(third), by=world.person(Role.COUNTY_REVIEWER))
    assert lock_overdue(world.round.reports_due_on) == []
    locked = lock_overdue(_after(world))
    assert len(locked) == 4
    states = {unit: (world.submission(unit).state, world.submission(unit).locked_from) for unit in world.schools}
    assert states == {first: ("locked", "draft"), second: ("submitted", ""), third: ("locked", "accepted"), fourth: ("locked", "waiting")}
    assert world.submission(third).is_handed_in
    assert not world.submission(first).is_handed_in
    assert lock_overdue(_after(world)) == []
    page = world.client(first).get(reverse("submission", args=[world.submission(first).pk])).content.decode()
    assert "填报已经截止" in page
    assert world.upload(first, pe_teachers=9) is None
    ACTIONS["accept"](world.submission(second), by=world.person(Role.COUNTY_REVIEWER))
    assert lock_overdue(_after(world)) == [world.submission(second).reference]


def test_a_named_exception_opens_a_locked_submission_until_its_day_and_is_logged(world):
    lock_overdue(_after(world))
    until = timezone.localdate() + timedelta(days=20)
    admin = world.signed_in(Role.COUNTY_ADMIN)
    url = reverse("submission_do", args=[world.submission().pk, "unlock"])
    assert admin.post(url, {"seen_moves": world.submission().moves, "until": str(until), "reason": "新校舍数据有误"}).status_code == 302
    submission = world.submission()
    assert (submission.state, submission.due_on, submission.locked_from) == ("draft", until, "")
    exception = LockException.objects.get()
    assert (exception.until, exception.reason, exception.by_name) == (until, "新校舍数据有误", "县级管理员甲")
    event = AuditEvent.objects.get(action="reporting.exception")
    assert event.detail == {"reason": "新校舍数据有误", "until": str(until)}
    assert lock_overdue(until) == []
    assert lock_overdue(until + timedelta(days=1)) == [submission.reference]
    assert "新校舍数据有误" in world.client().get(reverse("submission", args=[submission.pk])).content.decode()


def test_an_exception_before_the_deadline_keeps_a_submission_open(world):
    until = world.round.reports_due_on + timedelta(days=5)
    url = reverse("submission_exception", args=[world.submission().pk])
    assert world.signed_in(Role.COUNTY_ADMIN).post(url, {"until": str(until), "reason": "数据系统迁移"}).status_code == 302
    lock_overdue(_after(world))
    assert world.submission().state == "waiting"
    assert world.submission(world.schools[1]).state == "locked"
    assert world.signed_in(Role.COUNTY_ADMIN).post(url, {"until": "", "reason": ""}).status_code == 422


def test_nobody_gives_an_exception_to_themselves(world, person):
    until = timezone.localdate() + timedelta(days=30)
    with pytest.raises(NotAllowed):
        grant_exception(world.submission(), until, "x", by=world.clerk())
    with pytest.raises(NotAllowed):
        grant_exception(world.submission(world.unit), until, "x", by=person(Role.COUNTY_ADMIN))
    assert grant_exception(world.submission(world.unit), until, "公文系统故障", by=person(Role.CITY_REVIEWER)).until == until


def test_after_the_deadline_nothing_is_returned_or_withdrawn_without_an_exception(world, person):
    world.hand_in()
    yesterday = timezone.localdate() - timedelta(days=1)
    type(world.round).objects.filter(pk=world.round.pk).update(reports_due_on=yesterday)
    for step, by in (("return", person(Role.COUNTY_REVIEWER)), ("withdraw", world.clerk())):
        with pytest.raises(Refused, match="填报已经截止"):
            ACTIONS[step](world.submission(), by=by, data=_words(step))
    grant_exception(world.submission(), timezone.localdate() + timedelta(days=2), "核对", by=person(Role.COUNTY_ADMIN))
    assert ACTIONS["return"](world.submission(), by=person(Role.COUNTY_REVIEWER), data=_words("return")).state == "returned"


def test_a_later_deadline_of_the_round_opens_what_was_locked(world, run_jobs, person):
    lock_overdue(_after(world))
    later = world.round.reports_due_on + timedelta(days=30)
    plan = Plan(**{name: getattr(world.round, name) for name in Plan.__dataclass_fields__} | {"reports_due_on": later})
    change_round(world.round, plan, by=person(Role.PROVINCE_ADMIN))
    run_jobs()
    submission = world.submission()
    assert (submission.state, submission.due_on, submission.locked_from) == ("draft", later, "")


def test_nothing_is_filled_in_a_closed_round(world):
    type(world.round).objects.filter(pk=world.round.pk).update(state="closed")
    assert world.upload() is None
    with pytest.raises(Refused, match="已结束"):
        ACTIONS["begin"](world.submission(), by=world.clerk())


def test_making_submissions_again_makes_only_what_is_missing(world, tree):
    before = Submission.objects.count()
    assert before == len(world.schools) + 1
    assert make_submissions(world.round) == 0
    type(tree.school).objects.filter(pk=tree.school.pk).update(closed_on=None)
    assert make_submissions(world.round) == 1
    assert Submission.objects.count() == before + 1
    assert not Submission.objects.filter(unit=tree.other_school).exists()
