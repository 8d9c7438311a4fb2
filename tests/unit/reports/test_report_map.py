"""The map of the province page: every county in its place, with a word beside the colour."""

from __future__ import annotations

from junheng.common.divisions import COUNTIES
from junheng.reports.page.outline import Placed, province_map

PASS = {"kind": "pass", "sign": "●", "word": "达标"}


def placed(*codes: str) -> list[Placed]:
    return [Placed(code, code, f"{code}/index.html", PASS) for code in codes]


def test_every_county_of_liaoning_has_an_outline() -> None:
    drawn = province_map(placed(*COUNTIES))
    assert drawn is not None
    assert len(drawn["counties"]) == len(COUNTIES) == 100
    assert {each["kind"] for each in drawn["counties"]} == {"pass"}
    assert len(drawn["cities"]) == len(drawn["labels"]) == 14


def test_only_the_cities_concerned_are_drawn_and_counties_without_a_verdict_stay_blank() -> None:
    drawn = province_map(placed("210102", "210111"))
    assert drawn is not None
    titles = [each["title"] for each in drawn["counties"]]
    assert len(titles) == 13
    assert "210102：达标" in titles
    assert "浑南区：没有数据" in titles
    assert [each["name"] for each in drawn["labels"]] == ["沈阳市"]


def test_units_outside_the_list_of_divisions_have_no_map() -> None:
    assert province_map(placed("210190")) is None
