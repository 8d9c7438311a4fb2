"""One box over schools, counties, clauses and problems, cut to the account's reach."""

from __future__ import annotations

import pytest
from django.urls import reverse

from junheng.web.rectification.actions import raise_problem
from junheng.web.rights.roles import Role


@pytest.fixture
def ask(world, signed_in):
    def ask(role, text, unit=None):
        return signed_in(role, unit).get(reverse("search"), {"q": text}).content.decode()

    return ask


def test_a_school_is_found_by_a_part_of_its_name_and_by_its_code(world, ask):
    for text in (world.school.name[:4], world.school.code):
        assert reverse("board", args=[world.round.pk, world.school.code]) in ask(Role.COUNTY_ADMIN, text)


def test_what_lies_outside_the_reach_is_not_found(world, tree, person, ask):
    problem = raise_problem(by=person(Role.PROVINCE_ADMIN), unit=tree.other_school, round=world.round, title="操场太小", criterion="", clause="", current="",
                            required="", gap="", source="manual")  # fmt: skip
    assert f"第 {problem.pk} 号" in ask(Role.PROVINCE_ADMIN, "操场")
    for text in ("操场", tree.other_school.name, tree.other_county.name):
        assert "没有找到" in ask(Role.COUNTY_ADMIN, text)
    assert "没有找到" in ask(Role.SCHOOL_CLERK, world.schools[1].name, world.school)


def test_a_clause_is_found_by_its_words_and_stands_on_the_page_of_clauses(world, ask, signed_in):
    page = ask(Role.SCHOOL_CLERK, "班额", world.school)
    assert f"{reverse('clauses')}#class_size" in page
    assert 'id="class_size"' in signed_in(Role.SCHOOL_CLERK, world.school).get(reverse("clauses")).content.decode()


def test_the_box_stands_in_the_head_for_whoever_may_search(world, signed_in):
    assert 'role="search"' in signed_in(Role.COUNTY_ADMIN).get(reverse("home")).content.decode()
    assert 'role="search"' not in signed_in(Role.AUDITOR).get(reverse("home")).content.decode()
