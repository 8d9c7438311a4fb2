"""What anybody reads: only what was announced and holds."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from junheng.web.areas.actions import ensure_unit
from junheng.web.areas.models import Unit
from junheng.web.publicity.actions import revoke, withdraw
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import Role


def _page(name: str, *parts: object, **query: str) -> str:
    answer = Client().get(reverse(name, args=parts), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_first_page_says_how_many_counties_passed_and_names_them(announced, tree):
    assert "还没有公告" in _page("portal")
    announced(tree.county)
    announced(tree.other_county, "fail")
    page = _page("portal")
    assert "2 个县（市、区）中，1 个通过" in page
    assert reverse("public_county", args=[tree.other_county.code]) in page


def test_what_is_still_publicised_is_no_result(announced, tree):
    announced(tree.county, in_force=False)
    page = _page("portal")
    assert "还没有公告" in page
    assert "正在公示，可以提出异议（1 件）" in page
    county = _page("public_county", tree.county.code)
    assert "和平区：还没有公告的评估结论" in county
    assert "12 所学校" not in county
    assert "提出异议" in county


@pytest.mark.parametrize(("end", "data"), [(withdraw, {"reason": "有误"}), (revoke, {"reason": "数据造假", "document": "辽政督〔2026〕1号"})])
def test_a_result_that_no_longer_holds_is_gone_from_every_page_at_once(announced, tree, person, end, data):
    made = announced(tree.county)
    pages = (("portal",), ("public_county", tree.county.code), ("public_school", tree.school.code))
    assert all("通过" in _page(*page) for page in pages)
    end(made, by=person(Role.PROVINCE_ADMIN), data=data)
    assert "还没有公告" in _page("portal")
    assert "还没有公告的评估结论" in _page("public_county", tree.county.code)
    assert "还没有公告的评估结论" in _page("public_school", tree.school.code)


def test_a_county_shows_line_by_line_what_was_announced(announced, tree):
    made = announced(tree.county)
    page = _page("public_county", tree.county.code)
    for line in made.result:
        assert line["words"] in page
    assert "和平区：省级评估验收通过" in page
    assert tree.school.name in page


def test_schools_and_counties_are_found_by_part_of_their_names(tree):
    assert tree.school.name in _page("public_search", q="第一小学")
    assert tree.school.name in _page("public_search", q="和平 小学")
    assert "没有查到" in _page("public_search", q="没有这所")
    assert tree.school.name not in _page("public_search")


def test_a_province_or_city_is_not_a_county(tree):
    assert Client().get(reverse("public_county", args=[tree.city.code])).status_code == 404
    assert Client().get(reverse("public_school", args=[tree.county.code])).status_code == 404


def test_nothing_of_who_asks_is_in_a_public_page(announced, tree, signed_in):
    announced(tree.county)
    mine = signed_in(Role.COUNTY_ADMIN).get(reverse("portal")).content
    assert mine == Client().get(reverse("portal")).content


def test_a_school_of_the_city_is_found_with_the_county_it_lies_in(announced, tree):
    announced(tree.county)
    school = ensure_unit("2121000099", "市实验学校", UnitKind.SCHOOL, tree.city)
    Unit.objects.filter(pk=school.pk).update(lies_in=tree.county)
    page = _page("public_school", school.code)
    assert "沈阳市直属" in page
    assert "和平区省级评估验收通过" in page
    assert "市实验学校" in _page("public_county", tree.county.code)
