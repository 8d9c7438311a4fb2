"""Pins chosen school by school are the tables the planners read, and a choice changes its own lines alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from junheng.intake.model import Facts
from junheng.planners.county_facts import CountyFacts
from junheng.planners.pinning.improvement import IMPROVEMENT_PINS
from junheng.planners.pinning.model import OTHER, Given, Pinned
from junheng.planners.pinning.siting import SITING_PINS
from junheng.planning.improvement.tables import PINS, read_wishes
from junheng.planning.siting import tables
from junheng.planning.siting.county import PinKind
from junheng.reports.plans.blank_tables import write_filled_table


@pytest.fixture
def siting(tmp_path):
    """Two schools (one without coordinates), a candidate with swapped ones, a village; two periods."""
    spot = {"lon": 123.5, "lat": 41.5, "place": "乡村"}
    sites = write_filled_table(tmp_path, tables.SITES, [
        {"code": "S1", "name": "中心小学", "status": "现有", "now_lower": "是", "rooms": 6, **spot}, {"code": "S2", "name": "河东小学", "status": "现有", "place": "乡村", "rooms": 6},
        {"code": "S3", "name": "新址", "status": "候选", "may_lower": "是", "rooms": 0, **spot, "lon": 41.5, "lat": 123.5},
    ])  # fmt: skip
    points = write_filled_table(tmp_path, tables.POINTS, [{"code": "C1", "name": "一村", **spot}])
    pupils = write_filled_table(tmp_path, tables.PUPILS, [{"point": "C1", "school_year": year, "lower": 9, "upper": 9, "junior": 9} for year in (2026, 2029)])
    return Given({"siting_sites": sites, "siting_points": points, "siting_pupils": pupils}, {"datum": "cgcs2000"})


def test_every_school_site_and_village_can_be_pinned_and_none_without_coordinates_is_put_anywhere(siting):
    found = {each.key: each for each in SITING_PINS.subjects(siting)}
    assert [(each.name, each.group.id) for each in found.values()] == [("中心小学", "school"), ("河东小学", "school"), ("新址", "site"), ("一村", "place")]
    assert found["s:S1"].place == (123.5, 41.5)
    assert (found["s:S2"].place, found["s:S2"].unplaced) == (None, "没有填写经纬度")
    assert (found["s:S3"].place, found["s:S3"].unplaced) == (None, "经纬度不在国内，请核对是否填反")
    assert SITING_PINS.years(siting) == (2026, 2029)


def test_the_coordinate_system_of_the_plan_is_the_one_the_map_takes_the_places_from(siting):
    moved = SITING_PINS.subjects(replace(siting, values={"datum": "gcj02"}))[0]
    assert moved.place is not None
    assert 0.002 < 123.5 - moved.place[0] < 0.02


def test_what_was_chosen_is_read_back_and_by_the_planner_itself(siting, tmp_path):
    subjects = SITING_PINS.subjects(siting)
    chosen = {"s:S1": Pinned("must_keep", None, "县直属"), "s:S3": Pinned("must_open", 2029), "p:C1": Pinned("must_not_move"), "s:S9": Pinned("must_keep")}
    path = SITING_PINS.write(tmp_path, {}, chosen, subjects)
    assert SITING_PINS.pinned(SITING_PINS.read(path)) == {key: each for key, each in chosen.items() if key != "s:S9"}
    lines = [line.values for own in SITING_PINS.read(path).values() for line in own]
    assert [PinKind(str(each["kind"])) for each in lines] == [PinKind.MUST_KEEP, PinKind.MUST_OPEN, PinKind.MUST_NOT_MOVE]


def test_a_choice_leaves_every_other_line_of_the_table_as_it_was_written(siting, tmp_path):
    before = write_filled_table(tmp_path, tables.PIN_TABLE, [
        {"code": "S1", "kind": "必须保留", "school_year": 2029, "reason": "危房已加固"}, {"code": "S2", "kind": "必须停办", "reason": "校舍鉴定为 D 级"},
    ])  # fmt: skip
    lines = SITING_PINS.read(before)
    (tmp_path / "new").mkdir()
    after = SITING_PINS.write(tmp_path / "new", lines, {"s:S2": Pinned()}, SITING_PINS.subjects(siting))
    assert SITING_PINS.pinned(SITING_PINS.read(after)) == {"s:S1": Pinned("must_keep", 2029, "危房已加固")}


def _facts(*rows):
    blank = {"campus": None, "urban_rural": None, "school_name": "第一小学"}
    return Facts(2025, [blank | row for row in rows], [], [])


SCHOOLS = _facts({"school_code": "1"}, {"school_code": "2"}, {"school_code": "3", "campus": "东校区"}, {"school_code": "4"})
FACTS = Given({}, {}, (CountyFacts("210102", SCHOOLS, "", ()),))


def test_improvement_pins_are_what_its_planner_understands(tmp_path):
    subjects = IMPROVEMENT_PINS.subjects(FACTS)
    assert {each.place for each in subjects} == {None}
    chosen = {"1": Pinned("still", None, "正在迁建"), "2": Pinned("stay"), "3@东校区": Pinned("first")}
    path = IMPROVEMENT_PINS.write(tmp_path, {}, chosen, subjects)
    assert IMPROVEMENT_PINS.pinned(IMPROVEMENT_PINS.read(path)) == chosen
    wishes = read_wishes(path, SCHOOLS)
    assert wishes.first == (2,)
    moved_in, moved_out = ({code: pin.most for code in "1234" if (pin := bound({"school_code": code, "campus": ""}, "move_teacher", "primary"))}
                           for bound in (wishes.pins.of, wishes.pins.leaving))  # fmt: skip
    assert (moved_in, moved_out) == ({"1": 0.0}, {"1": 0.0, "2": 0.0})


def test_what_no_choice_says_is_shown_as_such_and_kept_until_it_is_chosen_anew(tmp_path):
    before = write_filled_table(tmp_path, PINS, [
        {"school_code": "4", "measure": "招聘专任教师", "fixed": 2, "reason": "编办已批"}, {"measure": "学生上限"}, {"school_code": "1", "first": 3}, {"school_code": "2"},
    ])  # fmt: skip
    lines = IMPROVEMENT_PINS.read(before)
    assert {key: each.choice for key, each in IMPROVEMENT_PINS.pinned(lines).items()} == {"4": OTHER, "": "", "1": OTHER, "2": ""}
    (tmp_path / "new").mkdir()
    after = IMPROVEMENT_PINS.read(IMPROVEMENT_PINS.write(tmp_path / "new", lines, {"1": Pinned("first")}, IMPROVEMENT_PINS.subjects(FACTS)))
    assert (after["4"][0].values["fixed"], after["4"][0].values["measure"], after["4"][0].values["reason"]) == (2, "hire_teacher", "编办已批")
    assert after["1"][0].values["first"] == 1
