"""县 page: the verdict, the gauges, the matrix, and every number opened down to its cell and clause."""

from __future__ import annotations

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from junheng.web.areas.actions import ensure_unit
from junheng.web.areas.models import Unit
from junheng.web.dashboards.opened import opened
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import Role


def _page(client, name: str, *args, **query) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_judging_a_release_again_gives_what_was_frozen_to_the_last_digit(frozen):
    assert opened(frozen).drift == ()


def test_the_countys_page_shows_fourteen_gauges_and_the_worst_school_first(world, frozen, signed_in):
    page = _page(signed_in(Role.COUNTY_ADMIN), "board", world.round.pk, world.unit.code)
    assert page.count('<svg class="gauge ') == 14
    assert "▲ 未达标" in page
    rows = re.findall(r'<th scope="row"><a href="/boards/\d+/(\d+)/">', page)
    assert rows[0] == world.school.code
    assert "未报" in page


def test_a_number_opens_down_to_the_formula_the_cell_and_the_clause(world, frozen, signed_in):
    client = signed_in(Role.COUNTY_ADMIN)
    page = _page(client, "board_trace", world.round.pk, world.unit.code, "L1", stage="primary")
    assert "S ÷ X̄ = " in page
    assert "教督〔2017〕6号" in page
    assert "学校填报表格.xlsx" in page
    school = _page(client, "board_trace", world.round.pk, world.school.code, "L7", stage="primary")
    assert world.schools[1].name not in school


def test_a_clerk_opens_the_own_schools_numbers_and_no_others(world, frozen, signed_in):
    clerk = signed_in(Role.SCHOOL_CLERK, world.school)
    assert "出处" in _page(clerk, "board_trace", world.round.pk, world.school.code, "L7")
    for unit in (world.unit, world.schools[1]):
        for name, args in (("board", ()), ("board_trace", ("L7",))):
            assert clerk.get(reverse(name, args=[world.round.pk, unit.code, *args])).status_code == 404


def test_a_clerk_is_shown_nothing_of_the_county_in_a_criterions_trace(world, frozen, signed_in):
    clerk, admin = signed_in(Role.SCHOOL_CLERK, world.school), signed_in(Role.COUNTY_ADMIN)
    for item in ("rotation", "teacher_pay", "layout", "veto"):
        assert "出处" in _page(admin, "board_trace", world.round.pk, world.unit.code, item)
        assert clerk.get(reverse("board_trace", args=[world.round.pk, world.school.code, item])).status_code == 404
    for item in ("class_size", "music_art_rooms", "charters_and_it", "training_budget"):
        answer = clerk.get(reverse("board_trace", args=[world.round.pk, world.school.code, item]))
        assert "评定表" not in answer.content.decode()
        assert all(each.name not in answer.content.decode() for each in world.schools[1:])


def test_the_page_takes_as_many_queries_for_all_its_schools_as_for_one(world, frozen, signed_in):
    client, url = signed_in(Role.COUNTY_ADMIN), reverse("board", args=[world.round.pk, world.unit.code])

    def asked(**query) -> int:
        client.get(url, query)
        with CaptureQueriesContext(connection) as captured:
            client.get(url, query)
        return len(captured)

    assert asked() == asked(stage="primary", indicator="L7")


def test_a_school_run_by_the_city_is_seen_by_the_county_it_counts_with(world, frozen, tree, signed_in):
    school = ensure_unit("2121008888", "市实验小学", UnitKind.SCHOOL, tree.city)
    client, url = signed_in(Role.COUNTY_ADMIN), reverse("board", args=[world.round.pk, school.code])
    assert client.get(url).status_code == 404
    Unit.objects.filter(pk=school.pk).update(lies_in=world.unit)
    assert client.get(url).status_code == 200
