"""What a school run by the city has to mend is seen, counted and listed by the county it lies in, and mended by nobody there."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from api.conftest import program  # noqa: F401
from django.urls import reverse

from junheng.web.areas.actions import ensure_unit, place_school
from junheng.web.rectification.queries import problems_of
from junheng.web.rectification.rechecks import rechecks_of
from junheng.web.rectification.waiting import waiting
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import Department, Role


@pytest.fixture
def city_run(tree, person):
    """和平区第一中学 is run by 沈阳市 and lies in 和平区."""
    moved = ensure_unit(tree.school_beside.code, tree.school_beside.name, UnitKind.SCHOOL, tree.city)
    return place_school(moved, tree.county, by=person(Role.SYSTEM_ADMIN).actor)


@pytest.fixture
def theirs(city_run, problem):
    return problem(city_run, department=Department.FINANCE)


def _board(client, unit):
    """Names of the lines, and how many problems each has."""
    page = client.get(reverse("problems_board"), {"unit": unit.code})
    return [(each.unit.name, each["all"]) for each in page.context["tallies"]], page.context["sums"]["all"]


def test_the_county_sees_it_in_its_list_its_search_and_on_its_own_page(theirs, tree, signed_in):
    for role in (Role.COUNTY_ADMIN, Role.COUNTY_REVIEWER, Role.DEPARTMENT):
        client = signed_in(role, tree.county)
        page = client.get(reverse("problems")).content.decode()
        assert "和平区第一中学" in page
        assert "市直属" in page
        assert client.get(reverse("problem", args=[theirs.pk])).status_code == 200
        assert "生均体育运动场馆面积" in client.get(reverse("problems"), {"unit": tree.county.code}).content.decode()
    for client in (signed_in(Role.COUNTY_ADMIN, tree.other_county), signed_in(Role.CITY_REVIEWER, tree.other_city), signed_in(Role.SCHOOL_CLERK, tree.school)):
        assert client.get(reverse("problem", args=[theirs.pk])).status_code == 404
        assert "和平区第一中学" not in client.get(reverse("problems")).content.decode()


def test_nobody_of_the_county_may_take_a_step_or_has_it_waiting(theirs, tree, person, signed_in):
    for role in (Role.COUNTY_ADMIN, Role.COUNTY_REVIEWER, Role.DEPARTMENT):
        client = signed_in(role, tree.county)
        assert waiting(person(role, tree.county)) == []
        for step in ("assign", "plan", "submit", "verify", "close", "withdraw"):
            assert client.get(reverse("rectification_do", args=[theirs.pk, step])).status_code in (403, 404)
            assert client.post(reverse("rectification_do", args=[theirs.pk, step]), {"seen_moves": 0}).status_code in (403, 404)
        assert client.post(reverse("problem_evidence", args=[theirs.pk])).status_code == 404
        assert client.get(reverse("problems")).context["may_assign"] is False
    theirs.refresh_from_db()
    assert (theirs.state, theirs.moves) == ("found", 0)
    assert [each.count for each in waiting(person(Role.CITY_REVIEWER))] == [1]


def test_every_board_counts_it_once_and_with_its_county(theirs, problem, tree, signed_in):
    problem(tree.school)
    province = signed_in(Role.PROVINCE_ADMIN)
    lines, all = _board(province, tree.county)
    assert (lines, all) == ([("和平区第一小学", 1), ("和平区第一中学", 1)], 2)
    assert _board(province, tree.city) == ([("和平区", 2)], 2)
    assert _board(province, tree.province)[1] == 2
    assert _board(signed_in(Role.COUNTY_ADMIN), tree.county)[1] == 2


def test_the_lists_of_the_county_name_who_runs_the_school(theirs, tree, signed_in):
    for kind in ("problems", "tasks", "duties"):
        file = signed_in(Role.COUNTY_ADMIN).get(reverse("problem_list_file", args=[tree.county.code, kind]))
        cells = [cell for row in openpyxl.load_workbook(BytesIO(file.content)).active.iter_rows(values_only=True) for cell in row]
        assert "和平区第一中学（市直属）" in cells


def test_the_recheck_of_a_criterion_counts_the_school_with_its_county(theirs, tree):
    assert [each.problem for each in rechecks_of(tree.county, "L5")] == [theirs]


def test_the_api_shows_what_the_pages_show(theirs, tree, person, program):  # noqa: F811
    county, other = program(person(Role.COUNTY_ADMIN)), program(person(Role.COUNTY_ADMIN, tree.other_county))
    assert [each["id"] for each in county.get("problems").json()["items"]] == [theirs.pk]
    assert county.get(f"problems/{theirs.pk}").status_code == 200
    assert [each["id"] for each in county.get("problems", below=tree.county.code).json()["items"]] == [theirs.pk]
    assert other.get(f"problems/{theirs.pk}").status_code == 404
    step = county.post(f"problems/{theirs.pk}/steps/plan", {"data": {}, "moves": 0}, content_type="application/json")
    assert step.status_code == 404
    assert problems_of(person(Role.COUNTY_ADMIN)).count() == 1
