"""One click: every shortfall of a frozen release becomes a problem; later releases say whether its cause is gone."""

from __future__ import annotations

import pytest
from django.urls import reverse
from rectification.county_facts import COUNTY, GOOD, SMALL, county
from rectification.steps import WAY, go, until

from junheng.web.audit.models import AuditEvent
from junheng.web.flow.errors import NotAllowed, Refused
from junheng.web.rectification.actions.from_release import raise_from_release
from junheng.web.rectification.causes import Standing, look_up
from junheng.web.rectification.models import Escalation, Problem
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import Department, Role

SHORT = f"{COUNTY}/school/{GOOD}/primary/L5"


@pytest.fixture
def admin(person):
    return person(Role.COUNTY_ADMIN)


def test_every_shortfall_is_laid_upon_its_school_or_the_county(freeze, admin, tree):
    raised = raise_from_release(freeze(county()), by=admin)
    assert raised.raised == Problem.objects.count() == Escalation.objects.count()
    found = Problem.objects.get(cause=SHORT)
    assert found.unit == tree.school
    assert (found.title, found.criterion, found.current, found.required) == ("生均体育运动场馆面积（小学）", "L5", "6.00 ㎡/生", "≥ 7.5 ㎡/生")
    assert found.gap.startswith("还差 750 ㎡")
    assert "第六条" in found.clause
    assert "E21" in found.place
    assert found.department == Department.EDUCATION
    assert "扩建体育场馆" in found.suggestion
    county_level = Problem.objects.get(cause=f"{COUNTY}/criterion/rotation/rotation_share/")
    assert (county_level.unit, county_level.shortfall) == (tree.county, "insufficient")
    assert Problem.objects.filter(cause__contains=SMALL).exclude(unit=tree.county).count() == 0
    assert AuditEvent.objects.filter(action="rectification.raise_from_release").count() == 1


def test_one_click_twice_raises_nothing_twice(freeze, admin):
    release = freeze(county())
    first = raise_from_release(release, by=admin)
    second = raise_from_release(release, by=admin)
    assert (second.raised, second.known) == (0, first.raised)
    assert AuditEvent.objects.filter(action="rectification.raise_from_release").count() == 1


def test_a_newer_release_does_not_raise_what_is_being_mended_and_raises_what_is_new(freeze, admin):
    raise_from_release(freeze(county()), by=admin)
    again = raise_from_release(freeze(county(equipment_value_yuan=1000.0)), by=admin)
    new = Problem.objects.filter(criterion="L6", cause__contains=GOOD).get()
    assert again.raised >= 1
    assert Problem.objects.filter(cause=SHORT).count() == 1
    assert new.source != Problem.objects.get(cause=SHORT).source


def test_only_the_county_or_those_above_press_the_button_and_in_their_own_area(freeze, person, tree):
    release = freeze(county())
    for by in (person(Role.SCHOOL_CLERK), person(Role.COUNTY_REVIEWER), person(Role.COUNTY_ADMIN, tree.other_county)):
        with pytest.raises(NotAllowed):
            raise_from_release(release, by=by)
    assert Problem.objects.count() == 0


def test_a_problem_whose_cause_is_gone_says_so_and_is_closed_on_that(freeze, admin, people):
    raise_from_release(freeze(county()), by=admin)
    found = Problem.objects.get(cause=SHORT)
    assert look_up(found).standing is Standing.STILL
    newer = freeze(county(sport_field_area_m2=500 * 8.0))
    seen = look_up(found)
    assert seen.standing is Standing.GONE
    assert "成因已经消除" in seen.text
    closed = until(found, people, "close")
    closed = go(closed, "close", people[UnitKind.SCHOOL]["close"])
    event = AuditEvent.objects.get(action="rectification.close")
    assert event.detail["frozen"] == {"release": newer.hash, "cause": "gone"}
    assert closed.state == "closed"


def test_a_problem_that_data_still_show_is_closed_only_by_one_who_looked_on_the_spot(freeze, admin, people):
    raise_from_release(freeze(county()), by=admin)
    found = until(Problem.objects.get(cause=SHORT), people, "close")
    city = people[UnitKind.SCHOOL]["close"]
    with pytest.raises(Refused, match="还没有新的数据") as refused:
        go(found, "close", city)
    assert "on_site" in refused.value.fields
    freeze(county(equipment_value_yuan=1000.0))
    with pytest.raises(Refused, match="仍然存在"):
        go(found, "close", city)
    assert go(found, "close", city, on_site="on").state == "closed"


def test_a_closed_problem_that_came_back_says_so_on_both_pages(freeze, admin, people, signed_in):
    raise_from_release(freeze(county()), by=admin)
    first = Problem.objects.get(cause=SHORT)
    for step in WAY:
        first = go(first, step, people[UnitKind.SCHOOL][step], on_site="on")
    worse = freeze(county(sport_field_area_m2=500 * 5.0))
    assert look_up(first).standing is Standing.STILL
    assert "又出现了" in look_up(first).text
    raised = raise_from_release(worse, by=admin)
    assert raised.came_back == 1
    second = Problem.objects.exclude(pk=first.pk).get(cause=SHORT)
    assert second.came_back_from == first
    client = signed_in(Role.COUNTY_ADMIN)
    assert f"已重新列为<a href=\"{reverse('problem', args=[second.pk])}\">" in client.get(reverse("problem", args=[first.pk])).content.decode()
    assert "曾作为" in client.get(reverse("problem", args=[second.pk])).content.decode()
    assert "再次出现" in client.get(reverse("problems")).content.decode()


def test_what_a_release_shows_cannot_be_withdrawn(freeze, admin):
    raise_from_release(freeze(county()), by=admin)
    with pytest.raises(Refused, match="不能撤回"):
        go(Problem.objects.get(cause=SHORT), "withdraw", admin)


def test_the_button_starts_a_job_that_tells_what_it_listed(freeze, signed_in, run_jobs, tree):
    release = freeze(county())
    client = signed_in(Role.COUNTY_ADMIN)
    url = reverse("problems_from_release", args=[release.pk])
    assert signed_in(Role.COUNTY_ADMIN, tree.other_county).post(url).status_code == 404
    assert f'action="{url}"' in client.get(reverse("problems_board")).content.decode()
    assert f'action="{url}"' not in signed_in(Role.COUNTY_REVIEWER).get(reverse("problems_board")).content.decode()
    assert client.post(url).status_code == 302
    (job,) = run_jobs()
    assert job.outcome["raised"] == Problem.objects.count() > 0
    assert f"新列出 {job.outcome['raised']} 个问题" in job.message
    client.post(url)
    (job,) = run_jobs()
    assert job.outcome["raised"] == 0
    assert "没有重复列出" in job.message
