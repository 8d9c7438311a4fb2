"""Deadlines: escalation by itself and by hand, extensions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from rectification.steps import day, go, until

from junheng.web.audit.models import AuditEvent
from junheng.web.flow.errors import Moved, NotAllowed, Refused
from junheng.web.rectification import parameters
from junheng.web.rectification.actions import ask_extension, escalate_overdue
from junheng.web.rectification.actions.escalate import ACTIONS as LEVELS
from junheng.web.rectification.actions.extend import ACTIONS as DECISIONS
from junheng.web.rectification.models import Escalation, ExtensionRequest
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import Role

TODAY = timezone.localdate


def _level(problem) -> tuple[str, object]:
    found = Escalation.objects.get(problem=problem)
    return found.state, found.due_on


@pytest.fixture
def planned(problem, people):
    """A school's problem in the middle of being mended, due in sixty days."""
    return until(problem(), people, "submit")


def test_what_is_late_goes_up_level_by_level_by_itself(planned):
    escalation = planned.escalation
    assert escalate_overdue(day(60)) == []
    assert escalate_overdue(day(61)) == [escalation.reference]
    assert _level(planned) == ("talk", day(parameters.NOTICE.days))
    assert escalate_overdue(day(parameters.NOTICE.days)) == []
    assert escalate_overdue(day(parameters.NOTICE.days + 1)) == [escalation.reference]
    assert _level(planned) == ("notice", day(parameters.ACCOUNTABILITY.days))
    escalate_overdue(day(parameters.ACCOUNTABILITY.days + 1))
    assert _level(planned) == ("accountability", None)
    assert escalate_overdue(day(2000)) == []
    events = AuditEvent.objects.filter(subject=escalation.reference)
    assert [(each.action, each.actor_name) for each in events] == [
        (f"escalation.{level}_overdue", "系统") for level in ("talk", "notice", "accountability")
    ]


def test_measures_that_are_not_handed_in_are_late_too(problem, people):
    found = until(problem(), people, "plan")
    assert escalate_overdue(day(parameters.PLAN.days + 1)) == [found.escalation.reference]


def test_nobody_is_escalated_for_the_time_others_take(planned, people):
    who = people[UnitKind.SCHOOL]
    submitted = go(planned, "submit", who["submit"])
    assert escalate_overdue(day(900)) == []
    verified = go(submitted, "verify", who["verify"])
    assert escalate_overdue(day(900)) == []
    go(verified, "close", who["close"])
    assert escalate_overdue(day(900)) == []


def test_a_level_once_reached_stays_and_the_next_comes_when_it_is_late_again(planned, people):
    who = people[UnitKind.SCHOOL]
    escalate_overdue(day(61))
    found = go(go(planned, "submit", who["submit"]), "send_back", who["send_back"])
    assert _level(planned) == ("talk", found.due_on)
    escalate_overdue(found.due_on + timedelta(days=1))
    assert _level(planned)[0] == "notice"


def test_one_who_watches_over_it_escalates_by_hand_with_a_reason(planned, person):
    escalation = planned.escalation
    for role in (Role.SCHOOL_CLERK, Role.COUNTY_ADMIN, Role.COUNTY_REVIEWER):
        with pytest.raises(NotAllowed):
            LEVELS["talk"](escalation, by=person(role), data={"reason": "拖延"})
    with pytest.raises(Refused, match="事由"):
        LEVELS["talk"](escalation, by=person(Role.PROVINCE_ADMIN), data={})
    talked = LEVELS["talk"](escalation, by=person(Role.PROVINCE_ADMIN), data={"reason": "拖延"})
    assert talked.state == "talk"
    with pytest.raises(Moved):
        LEVELS["accountability"](talked, by=person(Role.PROVINCE_ADMIN), data={"reason": "拖延"})


def test_what_is_not_being_mended_is_not_escalated(problem, planned, people, person):
    submitted = go(planned, "submit", people[UnitKind.SCHOOL]["submit"])
    for found in (problem(title="另一个"), submitted):
        with pytest.raises(Refused, match="现在不能升级"):
            LEVELS["talk"](found.escalation, by=person(Role.PROVINCE_ADMIN), data={"reason": "拖延"})


def test_a_clock_set_anew_while_the_night_work_looks_is_not_passed_over(planned, person, people, monkeypatch):
    """The extension is granted after the overdue ones were listed and before this one's turn."""
    request = ask_extension(planned, by=people[UnitKind.SCHOOL]["plan"], data={"wished": str(day(90)), "reason": "材料涨价"})
    stale = Escalation.objects.get(problem=planned)
    DECISIONS["grant"](request, by=person(Role.COUNTY_ADMIN), data={"until": str(day(90))})
    from junheng.web.flow.actions import take

    with pytest.raises(Moved):
        take(stale, "talk_overdue", by=None, seen_moves=stale.moves)


def test_an_extension_is_asked_for_below_decided_above_and_moves_every_deadline(planned, person, people):
    clerk = people[UnitKind.SCHOOL]["plan"]
    request = ask_extension(planned, by=clerk, data={"wished": str(day(120)), "reason": "施工许可晚了一个月"})
    planned.refresh_from_db()
    assert planned.due_on == day(60)
    for role in (Role.SCHOOL_CLERK, Role.COUNTY_REVIEWER, Role.CITY_REVIEWER):
        with pytest.raises(NotAllowed):
            DECISIONS["grant"](request, by=person(role), data={"until": str(day(120))})
    granted = DECISIONS["grant"](request, by=person(Role.COUNTY_ADMIN), data={"until": str(day(110)), "opinion": "同意"})
    planned.refresh_from_db()
    assert (granted.state, granted.until) == ("granted", day(110))
    assert (planned.due_on, planned.finish_on, planned.mend_by) == (day(110), day(110), day(110))
    assert _level(planned) == ("none", day(110))
    assert [each.action for each in AuditEvent.objects.filter(subject=request.reference)] == ["extension.ask", "extension.grant"]


def test_the_county_asks_city_or_province_decides(problem, people, person, tree):
    found = until(problem(tree.county), people, "plan")
    request = ask_extension(found, by=person(Role.COUNTY_ADMIN), data={"wished": str(day(50)), "reason": "一"})
    with pytest.raises(NotAllowed):
        DECISIONS["grant"](request, by=person(Role.COUNTY_ADMIN), data={"until": str(day(50))})
    DECISIONS["grant"](request, by=person(Role.PROVINCE_ADMIN), data={"until": str(day(50))})
    found.refresh_from_db()
    assert found.due_on == day(50)


def test_a_refused_extension_changes_nothing_and_another_may_be_asked_for(planned, person, people):
    clerk = people[UnitKind.SCHOOL]["plan"]
    request = ask_extension(planned, by=clerk, data={"wished": str(day(120)), "reason": "一"})
    with pytest.raises(Refused, match="已有一项"):
        ask_extension(planned, by=clerk, data={"wished": str(day(130)), "reason": "二"})
    DECISIONS["refuse"](request, by=person(Role.COUNTY_ADMIN), data={"opinion": "理由不充分"})
    planned.refresh_from_db()
    assert planned.due_on == day(60)
    ask_extension(planned, by=clerk, data={"wished": str(day(130)), "reason": "二"})
    assert ExtensionRequest.objects.count() == 2


def test_an_extension_must_be_one(planned, problem, people, person):
    clerk = people[UnitKind.SCHOOL]["plan"]
    with pytest.raises(Refused, match="应晚于"):
        ask_extension(planned, by=clerk, data={"wished": str(day(60)), "reason": "一"})
    with pytest.raises(Refused, match="现在不能申请"):
        ask_extension(problem(title="另一个"), by=clerk, data={"wished": str(day(90)), "reason": "一"})
    with pytest.raises(NotAllowed):
        ask_extension(planned, by=person(Role.COUNTY_ADMIN), data={"wished": str(day(90)), "reason": "一"})
    request = ask_extension(planned, by=clerk, data={"wished": str(day(90)), "reason": "一"})
    with pytest.raises(Refused, match="应晚于现在的期限"):
        DECISIONS["grant"](request, by=person(Role.COUNTY_ADMIN), data={"until": str(day(59))})
    go(planned, "submit", clerk)
    with pytest.raises(Refused, match="不必再延期"):
        DECISIONS["grant"](request, by=person(Role.COUNTY_ADMIN), data={"until": str(day(90))})
    DECISIONS["refuse"](request, by=person(Role.COUNTY_ADMIN), data={"opinion": "已报送"})
