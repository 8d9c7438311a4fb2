"""Liaoning's divisions: 14 cities, 100 counties, as the statistics bureau lists them."""

from __future__ import annotations

from junheng.common.divisions import CITIES, COUNTIES, city_of, name_of
from junheng.common.identifiers import division_fault


def test_liaoning_has_fourteen_cities_and_a_hundred_counties() -> None:
    assert (len(CITIES), len(COUNTIES)) == (14, 100)


def test_every_code_is_well_formed_and_lies_in_its_city() -> None:
    for code, county in COUNTIES.items():
        assert division_fault(code) == ""
        assert code == county.code
        assert county.city.code == code[:4] + "00"
        assert county.name.endswith(("区", "市", "县"))


def test_there_are_eight_autonomous_counties() -> None:
    assert sum(county.name.endswith("自治县") for county in COUNTIES.values()) == 8


def test_codes_are_named_at_every_level() -> None:
    assert name_of("210102") == "和平区"
    assert name_of("211300") == "朝阳市"
    assert name_of("210000") == "辽宁省"
    assert name_of("219999") is None


def test_a_development_zone_has_a_city_though_it_is_not_listed() -> None:
    city = city_of("210197")
    assert city is not None
    assert city.name == "沈阳市"
    assert city_of("110101") is None
