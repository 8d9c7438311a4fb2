"""The tree of units: what lies within what, and what the system administrator may do to it."""

from __future__ import annotations

from datetime import date

import pytest

from junheng.common.errors import UserError
from junheng.web.areas.actions import (
    add_unit,
    close_unit,
    ensure_divisions,
    ensure_unit,
    place_school,
    rename_unit,
)
from junheng.web.areas.models import Unit
from junheng.web.audit.models import AuditEvent
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import Role


def test_the_whole_province_is_a_hundred_counties_in_fourteen_cities(db):
    ensure_divisions()
    ensure_divisions()
    assert Unit.objects.filter(kind=UnitKind.COUNTY).count() == 100
    assert Unit.objects.filter(kind=UnitKind.CITY).count() == 14


def test_what_lies_below_a_unit_moves_with_it(tree):
    zone = ensure_unit("210190", "经济技术开发区", UnitKind.COUNTY, tree.city)
    ensure_unit(tree.school.code, tree.school.name, UnitKind.SCHOOL, zone)
    ensure_unit("210190", "经济技术开发区", UnitKind.COUNTY, tree.other_city)
    moved = Unit.objects.get(code=tree.school.code)
    assert moved.path == f"{tree.other_city.path}210190/{tree.school.code}/"


def test_a_school_belongs_to_its_county_and_a_city_run_one_to_none(tree):
    city_run = ensure_unit("2121000001", "沈阳市实验学校", UnitKind.SCHOOL, tree.city)
    assert tree.school.county_code == "210102"
    assert tree.county.county_code == "210102"
    assert city_run.county_code == ""
    assert tree.city.county_code == ""
    assert [city_run] == list(Unit.objects.of_no_county())


def test_a_school_says_which_level_runs_it(tree):
    city_run = ensure_unit("2121000001", "沈阳市实验学校", UnitKind.SCHOOL, tree.city)
    province_run = ensure_unit("2121000002", "省实验学校", UnitKind.SCHOOL, tree.province)
    assert [each.run_by_in_words for each in (tree.school, city_run, province_run, tree.city)] == ["", "市直属", "省直属", ""]
    assert [each.run_by for each in (tree.school, city_run, province_run)] == [UnitKind.COUNTY, UnitKind.CITY, UnitKind.PROVINCE]


def test_a_school_run_by_a_city_counts_with_the_county_it_lies_in_until_a_county_runs_it(tree, person):
    by = person(Role.SYSTEM_ADMIN).actor
    with pytest.raises(UserError, match="没有指明沈阳市实验学校所在的县"):
        add_unit("2121000001", "沈阳市实验学校", UnitKind.SCHOOL, tree.city, by=by)
    assert not Unit.objects.filter(code="2121000001").exists(), "all or nothing"
    school = add_unit("2121000001", "沈阳市实验学校", UnitKind.SCHOOL, tree.city, by=by, lies_in=tree.county)
    assert (school.county_code, school.counted_path) == (tree.county.code, tree.county.path)
    assert school in Unit.objects.counted_within(tree.county.path)
    assert school not in Unit.objects.within(tree.county.path)
    assert not Unit.objects.of_no_county().exists()
    with pytest.raises(UserError, match="不是市直属或省直属"):
        place_school(tree.school, tree.county, by=by)
    ensure_unit(school.code, school.name, UnitKind.SCHOOL, tree.other_county)
    moved = Unit.objects.get(pk=school.pk)
    assert (moved.lies_in, moved.county_code) == (None, tree.other_county.code)


def test_the_pages_add_a_city_run_school_and_say_where_it_lies(signed_in, tree):
    admin = signed_in(Role.SYSTEM_ADMIN)
    ensure_unit("2121000003", "沈阳市外国语学校", UnitKind.SCHOOL, tree.city)
    asked = {"act": "add_school", "code": "2121000001", "name": "沈阳市实验学校", "county": tree.county.code}
    assert admin.post(f"/units/{tree.city.code}/", asked).status_code == 302
    assert "没有指明所在的县" in admin.get("/units/2121000003/").content.decode()
    assert admin.post("/units/2121000003/", {"act": "place", "county": tree.county.code}).status_code == 302
    assert set(tree.county.schools_of_others.values_list("code", flat=True)) == {"2121000001", "2121000003"}
    assert AuditEvent.objects.filter(action="areas.place_school").count() == 2
    assert "增设和平区直属学校" not in admin.get(f"/units/{tree.county.code}/").content.decode()


@pytest.mark.parametrize(
    ("code", "name", "said"), [("", "甲校", "代码“”不对"), ("12345", "甲校", "10 位数字"), ("2121001719", "甲校", "已是"), ("2121000009", " ", "名称")]
)
def test_a_unit_that_cannot_be_is_refused_with_the_reason(tree, person, code, name, said):
    with pytest.raises(UserError, match=said):
        add_unit(code, name, UnitKind.SCHOOL, tree.county, by=person(Role.SYSTEM_ADMIN).actor)


def test_every_change_of_the_tree_is_audited(tree, person):
    by = person(Role.SYSTEM_ADMIN).actor
    zone = add_unit("210190", "开发区", UnitKind.COUNTY, tree.city, by=by)
    rename_unit(zone, "经济技术开发区", by=by)
    close_unit(tree.school, date(2026, 7, 31), by=by)
    assert list(AuditEvent.objects.values_list("action", flat=True)) == ["areas.add", "areas.rename", "areas.close"]
    with pytest.raises(UserError, match="不是学校"):
        close_unit(zone, date(2026, 7, 31), by=by)


def test_the_pages_add_rename_and_close(signed_in, tree):
    admin = signed_in(Role.SYSTEM_ADMIN)
    assert admin.post(f"/units/{tree.city.code}/", {"act": "add", "code": "210190", "name": "开发区"}).status_code == 302
    assert admin.post("/units/210190/", {"act": "rename", "name": "经济技术开发区"}).status_code == 302
    assert "经济技术开发区" in admin.get("/units/?q=210190").content.decode()
    assert admin.post(f"/units/{tree.school.code}/", {"act": "close", "on": "2026-07-31"}).status_code == 302
    assert "2026年7月31日撤并" in admin.get(f"/units/{tree.school.code}/").content.decode()


def test_nobody_else_sees_the_tree_administration(signed_in, tree):
    assert signed_in(Role.COUNTY_ADMIN).get("/units/").status_code == 404
