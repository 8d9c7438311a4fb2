"""The whole life of a problem, and who may take which step."""

from __future__ import annotations

from threading import Thread

import pytest
from django.db import connection
from rectification.steps import WAY, day, go, until, words_of

from junheng.common.errors import UserError
from junheng.web.areas.actions import ensure_unit
from junheng.web.audit.models import AuditEvent
from junheng.web.flow.errors import Moved, NotAllowed, Refused
from junheng.web.flow.models import Step
from junheng.web.rectification import parameters
from junheng.web.rectification.actions import raise_problem
from junheng.web.rectification.actions.moves import ACTIONS
from junheng.web.rectification.models import Problem
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import Department, Role


@pytest.mark.parametrize("of", ["school", "county"])
def test_the_whole_way_from_a_problem_to_its_closing(of, problem, people, tree):
    found = problem(getattr(tree, of))
    assert found.state == "found"
    states = []
    for step in WAY:
        found = go(found, step, people[found.unit.kind][step])
        states.append((found.state, found.due_on))
    assert states == [
        ("assigned", day(parameters.PLAN.days)), ("planned", day(60)), ("submitted", day(parameters.VERIFY.days)),
        ("verified", day(parameters.RECHECK.days)), ("closed", None),
    ]  # fmt: skip
    assert [step.transition for step in Step.objects.filter(subject=found.reference)] == list(WAY)
    assert [event.action for event in AuditEvent.objects.filter(subject=found.reference)] == ["rectification.raise", *(f"rectification.{step}" for step in WAY)]
    assert found.measures.startswith("一、改造操场")


def test_a_result_that_does_not_convince_goes_back_twice_and_gets_days_to_be_mended(problem, people):
    who = people[UnitKind.SCHOOL]
    found = until(problem(), people, "verify")
    found = go(found, "send_back", who["send_back"])
    assert (found.state, found.due_on) == ("planned", day(60))
    found = go(go(found, "submit", who["submit"]), "verify", who["verify"])
    Problem.objects.update(finish_on=day(-3))
    found.refresh_from_db()
    found = go(found, "recheck_fails", who["recheck_fails"])
    assert (found.state, found.due_on) == ("planned", day(parameters.REWORK.days))


def test_nothing_is_closed_that_was_not_verified_and_rechecked(problem, people):
    city = people[UnitKind.SCHOOL]["close"]
    for before in ("assign", "plan", "submit", "verify"):
        found = until(problem(title=f"问题 {before}"), people, before)
        with pytest.raises(Moved):
            go(found, "close", city)


@pytest.mark.parametrize("step", ["verify", "close"])
def test_nobody_checks_what_they_submitted_themselves(step, problem, people):
    found = until(problem(), people, step)
    checker = people[UnitKind.SCHOOL][step]
    Problem.objects.update(submitted_by_id=checker.pk)
    with pytest.raises(Refused, match="不能由报送人自己"):
        go(found, step, checker)


@pytest.mark.parametrize("of", ["school", "county"])
@pytest.mark.parametrize("step", [*WAY, "send_back", "recheck_fails"])
def test_every_step_belongs_to_one_level(of, step, problem, people, person, tree):
    """By role: whoever is not said to take it is refused, and so is the right role of another area."""
    unit = getattr(tree, of)
    before = {"send_back": "verify", "recheck_fails": "close"}.get(step, step)
    found = until(problem(unit), people, before)
    allowed = {user.role for user in (people[unit.kind][step],)}
    if (of, step) == ("county", "assign"):
        allowed |= {Role.PROVINCE_ADMIN}
    for role in Role:
        if role in allowed or role is Role.DEPARTMENT:
            continue
        with pytest.raises(NotAllowed):
            go(found, step, person(role))
    elsewhere = {UnitKind.SCHOOL: tree.other_school, UnitKind.COUNTY: tree.other_county, UnitKind.CITY: tree.other_city}
    for role in allowed - {Role.PROVINCE_ADMIN}:
        with pytest.raises(NotAllowed):
            go(found, step, person(role, elsewhere[people[unit.kind][step].unit.kind]))
    found.refresh_from_db()
    assert found.state == Problem.process.transition(step).sources[0]
    go(found, step, people[unit.kind][step])


def test_a_department_mends_what_is_laid_upon_it_and_nothing_else(problem, people, person, tree):
    finance = person(Role.DEPARTMENT, tree.county)
    ours = go(problem(), "assign", people[UnitKind.SCHOOL]["assign"], department=Department.FINANCE)
    theirs = go(problem(title="另一个"), "assign", people[UnitKind.SCHOOL]["assign"], department=Department.SPORT)
    nobodys = go(problem(title="第三个"), "assign", people[UnitKind.SCHOOL]["assign"])
    elsewhere = person(Role.DEPARTMENT, tree.other_county)
    for found, by in ((theirs, finance), (nobodys, finance), (ours, elsewhere)):
        with pytest.raises(NotAllowed):
            go(found, "plan", by)
    found = go(go(ours, "plan", finance), "submit", finance)
    assert found.submitted_by_id == finance.pk


def test_a_school_run_by_a_city_is_looked_after_by_city_and_province(problem, person, tree):
    school = ensure_unit("2121000001", "沈阳市实验学校", UnitKind.SCHOOL, tree.city)
    city, province, clerk = person(Role.CITY_REVIEWER), person(Role.PROVINCE_ADMIN), person(Role.SCHOOL_CLERK, school)
    found = problem(school)
    for step, by in zip(WAY, (city, clerk, clerk, city, province), strict=True):
        found = go(found, step, by)
    assert found.state == "closed"


@pytest.mark.parametrize(("days", "said"), [(-1, "已经过去"), (parameters.MEND.days + 1, "不能晚于")])
def test_the_time_a_unit_gives_itself_lies_ahead_and_within_what_it_was_given(days, said, problem, people):
    found = until(problem(), people, "plan")
    with pytest.raises(Refused, match=said) as refused:
        go(found, "plan", people[UnitKind.SCHOOL]["plan"], finish_on=str(day(days)))
    assert "finish_on" in refused.value.fields


def test_of_two_who_press_at_once_the_second_is_told_who_was_first(problem, people):
    found = until(problem(), people, "verify")
    reviewer = people[UnitKind.SCHOOL]["verify"]
    ACTIONS["send_back"](found, by=reviewer, data=words_of("send_back"), seen_moves=found.moves)
    with pytest.raises(Moved, match=f"{reviewer.name}（县级审核人）.*“退回整改”"):
        ACTIONS["verify"](found, by=reviewer, data=words_of("verify"), seen_moves=found.moves)


def test_what_was_entered_by_mistake_can_be_withdrawn_before_it_is_assigned(problem, people):
    admin = people[UnitKind.SCHOOL]["assign"]
    assert go(problem(), "withdraw", admin).state == "withdrawn"
    assigned = go(problem(title="另一个"), "assign", admin)
    with pytest.raises(Moved):
        go(assigned, "withdraw", admin)


def test_one_press_twice_raises_nothing_twice_and_a_closed_one_can_come_again(problem, people, round, tree, person):
    first = problem(source="visit:7")
    assert problem(source="visit:7").pk == first.pk
    assert problem(source="visit:8").pk != first.pk
    assert problem(source="visit:7", title="另一个").pk != first.pk
    for step in WAY:
        first = go(first, step, people[UnitKind.SCHOOL][step])
    assert problem(source="visit:7").pk != first.pk
    assert AuditEvent.objects.filter(action="rectification.raise").count() == 4


def test_a_problem_needs_words_and_a_unit_that_can_mend(problem, tree, round, person):
    with pytest.raises(UserError, match="没有写明问题"):
        problem(title=" ")
    with pytest.raises(UserError, match="不能落到“沈阳市”"):
        problem(tree.city)


def test_the_system_can_raise_a_problem_and_long_words_are_cut(round, tree):
    found = raise_problem(by=None, unit=tree.county, round=round, title="长" * 300, criterion="", clause="", current="", required="", gap="", source="objection:3")
    assert len(found.title) == 200
    assert found.title.endswith("…")
    assert found.raised_by_name == "系统"


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_raise_one_problem(problem):
    found: list[int] = []

    def press() -> None:
        found.append(problem(source="visit:7").pk)
        connection.close()

    threads = [Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == Problem.objects.count() == 1
