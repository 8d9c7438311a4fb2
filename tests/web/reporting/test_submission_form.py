"""The form in the page: filled in, saved section by section, wrong values told at their field."""

from __future__ import annotations

import re

from django.urls import reverse

from junheng.web.audit.models import AuditEvent
from junheng.web.reporting.models import Version
from junheng.web.rights.roles import Role


def _section_of(page: str, field: str) -> str:
    """The id of the section a field stands in."""
    before = page[: page.index(f'id="{field}"')]
    return re.findall(r'<section class="card" id="([\w-]+)"', before)[-1]


def _form(world, unit=None, client=None) -> str:
    return (client or world.client(unit)).get(reverse("submission_form", args=[world.submission(unit).pk])).content.decode()


def _save(world, unit=None, *, client=None, htmx=False, base=None, **values):
    page = _form(world, unit, client)
    section = _section_of(page, next(iter(values)))
    seen = base if base is not None else re.search(r'id="base-now" name="base_now" value="(\d+)"', page)[1]
    url = reverse("submission_save", args=[world.submission(unit).pk, section])
    headers = {"HX-Request": "true"} if htmx else {}
    return (client or world.client(unit)).post(url, {"base": seen, **values}, headers=headers)


def test_everything_can_be_typed_in_the_page_without_a_workbook(world):
    response = _save(world, **{"school-0-school_type": "211", "school-0-founded_year": "1998"})
    assert response.status_code == 302
    response = _save(world, **{"school-0-students_primary": "612"})
    submission = world.submission()
    assert submission.state == "draft"
    assert submission.latest.origin == "page"
    row = submission.latest.rows["school"][0]
    assert (row["school_code"], row["school_type"], row["founded_year"], row["students_primary"]) == (world.school.code, "211", 1998, 612)
    assert "boarders" not in row
    assert 'value="612"' in _form(world)


def test_what_was_typed_says_who_typed_it_and_where(world):
    _save(world, **{"school-0-students_primary": "612"})
    version = world.submission().latest
    cell = version.facts(2025).cells["school", ("210102", world.school.code, "", ""), "students_primary"]
    assert cell.place.file.startswith("网页填报（学校填报员甲，")
    assert (cell.place.sheet, cell.place.cell, cell.raw) == ("学生信息", "小学学生人数", "612")


def test_money_is_typed_in_the_unit_of_the_form(world):
    _save(world, **{"school-0-equipment_value_yuan": "12.5"})
    assert world.submission().latest.rows["school"][0]["equipment_value_yuan"] == 125000
    assert 'value="12.5"' in _form(world)


def test_a_value_that_cannot_be_taken_stays_in_its_field_with_the_reason(world):
    world.upload()
    response = _save(world, **{"school-0-pe_teachers": "三个", "school-0-music_teachers": "2"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "“三个”不是数字" in page
    assert 'value="三个"' in page
    assert world.submission().latest.rows["school"][0]["music_teachers"] == 2


def test_mending_a_cell_in_the_page_makes_its_finding_go_away(world):
    world.upload(pe_teachers=-1)
    assert world.submission().latest.error_count == 1
    assert "▲" in _form(world)
    _save(world, **{"school-0-pe_teachers": "4"})
    version = world.submission().latest
    assert (version.number, version.error_count) == (2, 0)
    assert Version.objects.get(number=1).error_count == 1
    assert version.sources == Version.objects.get(number=1).sources


def test_clearing_a_field_makes_it_unreported_not_zero(world):
    world.upload()
    _save(world, **{"school-0-pe_teachers": ""})
    version = world.submission().latest
    assert "pe_teachers" not in version.rows["school"][0]
    assert any(found.rule == "W-not-reported" and found.field == "pe_teachers" for found in version.read_findings())


def test_checks_between_fields_run_again_after_every_save(world):
    world.upload()
    _save(world, **{"school-0-certified_teachers": "500"})
    found = [each for each in world.submission().latest.read_findings() if each.field == "certified_teachers"]
    assert found
    page = _form(world)
    assert found[0].message in page


def test_saving_nothing_new_makes_no_version(world):
    world.upload()
    same = str(world.rows[world.school.code]["pe_teachers"])
    _save(world, **{"school-0-pe_teachers": same})
    assert world.submission().latest.number == 1


def test_two_people_saving_at_once_one_is_told(world):
    world.upload()
    _save(world, **{"school-0-pe_teachers": "9"})
    response = _save(world, base="1", **{"school-0-pe_teachers": "7"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "刚刚保存了第 2 版" in page
    assert world.submission().latest.rows["school"][0]["pe_teachers"] == 9


def test_with_htmx_the_section_comes_back_alone_and_the_rest_of_the_page_beside_it(world):
    world.upload()
    response = _save(world, htmx=True, **{"school-0-pe_teachers": "9"})
    page = response.content.decode()
    assert "<html" not in page
    assert 'id="school-0-pe_teachers"' in page
    assert 'name="base_now" value="2" hx-swap-oob="true"' in page
    assert "已保存 1 项" in page
    assert 'id="live"' not in page


def test_one_edit_by_the_county_shows_its_new_verdict_at_once(world):
    world.hand_in_all()
    reviewer, submission = world.signed_in(Role.COUNTY_ADMIN), world.submission(world.unit)
    reviewer.post(reverse("submission_do", args=[submission.pk, "withdraw"]), {"seen_moves": submission.moves})
    response = _save(world, world.unit, htmx=True, **{"county-0-veto_falsification": "是"})
    page = response.content.decode()
    assert 'id="live" role="status" hx-swap-oob="true"' in page
    assert "未达标" in page[page.index('id="live"') :]
    response = _save(world, world.unit, htmx=True, **{"county-0-veto_falsification": "否"})
    assert "● 达标" in response.content.decode()


def test_the_county_may_mend_a_schools_figures_and_sees_the_verdict_and_it_is_recorded(world):
    world.upload()
    admin = world.signed_in(Role.COUNTY_ADMIN)
    response = _save(world, client=admin, htmx=True, **{"school-0-pe_teachers": "9"})
    assert 'id="live"' in response.content.decode()
    version = world.submission().latest
    assert version.by_name == "县级管理员甲"
    assert AuditEvent.objects.filter(action="reporting.version").last().actor_role == "县级管理员"


def test_judgements_are_given_in_the_countys_form(world):
    _save(world, world.unit, **{"judgement-layout-outcome": "pass", "judgement-layout-evidence": "布局规划批复"})
    version = world.submission(world.unit).latest
    assert version.rows["judgement"] == [{"county_code": "210102", "criterion": "layout", "outcome": "pass", "evidence": "布局规划批复"}]


def test_the_form_is_read_only_where_nothing_may_be_filled(world):
    world.hand_in()
    page = _form(world)
    assert "<input id=\"school-0-pe_teachers\"" not in page
    assert "体育专任教师人数" in page
    before = world.submission().latest
    url = reverse("submission_save", args=[world.submission().pk, "school-0-1"])
    response = world.client().post(url, {"base": before.number, "school-0-pe_teachers": "77"})
    assert response.status_code == 422
    assert world.submission().latest == before


def test_nobody_types_the_code_of_a_school(world):
    world.upload()
    url = reverse("submission_save", args=[world.submission().pk, "school-0-0"])
    world.client().post(url, {"base": "1", "school-0-school_code": "1234567890"})
    assert world.submission().latest.rows["school"][0]["school_code"] == world.school.code


def test_optional_lines_are_shown_on_demand(world):
    url = reverse("submission_form", args=[world.submission().pk])
    assert 'id="school-0-computers"' not in world.client().get(url).content.decode()
    assert 'id="school-0-computers"' in world.client().get(url + "?all=1").content.decode()
