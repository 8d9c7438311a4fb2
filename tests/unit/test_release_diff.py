"""What a difference between two releases says."""

from __future__ import annotations

from junheng.intake.model import Facts, Row
from junheng.intake.release_diff import diff
from junheng.tables import table


def _row(table_name: str, **values: object) -> Row:
    return {column.name: values.get(column.name) for column in table(table_name).columns}


def _school(code: str, name: str, **values: object) -> Row:
    return _row("school", county_code="210102", school_code=code, school_name=name, **values)


def _words(before: list[Row], after: list[Row]) -> list[str]:
    return [str(change) for change in diff(Facts(2025, school=before), Facts(2025, school=after))]


def test_a_changed_count_is_told_by_school_and_field() -> None:
    assert _words([_school("1", "和平大街第二小学", multimedia_rooms=12)], [_school("1", "和平大街第二小学", multimedia_rooms=14)]) == [
        "和平大街第二小学：网络多媒体教室间数 12 → 14"
    ]


def test_a_blank_is_spoken_as_not_reported_and_zero_is_zero() -> None:
    assert _words([_school("1", "甲", books=None)], [_school("1", "甲", books=0)]) == ["甲：图书册数 未报 → 0"]
    assert _words([_school("1", "甲", uscc="")], [_school("1", "甲", uscc=None)]) == []


def test_money_flags_and_codes_are_spoken_as_on_the_form() -> None:
    before = _school("1", "甲", campus="北校区", equipment_value_yuan=125000.0, is_boarding=None, urban_rural="111")
    after = _school("1", "甲", campus="北校区", equipment_value_yuan=1300000.5, is_boarding=False, urban_rural="220")
    assert set(_words([before], [after])) == {
        "甲（北校区）：是否寄宿制 未报 → 否",
        "甲（北校区）：城乡分类 主城区 → 村庄",
        "甲（北校区）：教学仪器设备资产值（账面原值） 12.5万元 → 130.00005万元",
    }


def test_schools_that_come_and_go_are_named() -> None:
    assert _words([_school("1", "甲")], [_school("2", "乙")]) == ["甲：不再上报（学校表）", "乙：新增（学校表）"]


def test_a_judgement_speaks_of_its_criterion() -> None:
    before = Facts(2025, judgement=[_row("judgement", county_code="210102", criterion="layout", outcome="fail")])
    after = Facts(2025, judgement=[_row("judgement", county_code="210102", criterion="layout", outcome="pass")])
    assert [str(change) for change in diff(before, after)] == ["评定表条目 layout：结论 未达标 → 达标"]


def test_two_rows_of_one_school_are_both_compared() -> None:
    twice = [_school("1", "甲", books=1), _school("1", "甲", books=2)]
    assert _words(twice, twice[:1]) == ["甲[重复第 2 份]：不再上报（学校表）"]
