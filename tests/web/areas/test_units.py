"""The tree of units: what lies within what, and what the system administrator may do to it."""

from __future__ import annotations

from datetime import date

import pytest

from junheng.common.errors import UserError
from junheng.web.areas.actions import add_unit, close_unit, ensure_divisions, ensure_unit, rename_unit
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
