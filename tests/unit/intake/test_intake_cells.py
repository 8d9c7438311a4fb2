"""What a cell is read as: units, blanks, traps."""

from __future__ import annotations

from datetime import date

import pytest

from junheng.intake.cells import read_cell
from junheng.tables import table


def read(table_name: str, column: str, cell: object, sign: str = "") -> tuple[object, str]:
    reading = read_cell(table(table_name).column(column), cell, sign)
    return reading.value, reading.problem.rule if reading.problem else ""


@pytest.mark.parametrize(
    ("cell", "sign", "yuan"),
    [
        ("12.5万元", "", 125000.0), (12.5, "万元", 125000.0), (12.5, "", 125000.0), ("125000", "元", 125000.0),
        ("125,000元", "万元", 125000.0), ("１２.５", "", 125000.0), (0.1 + 0.2, "", 3000.0), ("12.5 万", "", 125000.0),
    ],
)  # fmt: skip
def test_money_is_stored_in_yuan_whatever_unit_it_was_written_in(cell: object, sign: str, yuan: float) -> None:
    assert read("school", "equipment_value_yuan", cell, sign) == (yuan, "")


@pytest.mark.parametrize(
    ("cell", "sign", "m2"),
    [("1,250㎡", "平方米", 1250.0), ("1250", "m²", 1250.0), (0.125, "公顷", 1250.0), (3.0, "亩", 2000.0), ("1 250 平方米", "", 1250.0)],
)
def test_areas_are_stored_in_square_metres(cell: object, sign: str, m2: float) -> None:
    assert read("school", "teach_aux_area_m2", cell, sign) == (m2, "")


@pytest.mark.parametrize(
    ("cell", "rule"),
    [(166.5, "E-not-whole-number"), (-3.0, "E-negative"), ("约500", "E-not-a-number"), ("166万元", "E-not-a-number"),
     ("二百", "E-not-a-number"), (True, "E-not-a-number")],
)  # fmt: skip
def test_what_is_no_count_becomes_null_with_an_error(cell: object, rule: str) -> None:
    assert read("school", "students_primary", cell) == (None, rule)


def test_a_unit_that_cannot_be_converted_leaves_no_value() -> None:
    assert read("school", "students_primary", 166.0, "万元") == (None, "E-unit")


@pytest.mark.parametrize("cell", ["", "—", "/", "-", "不适用", "  ", "未报"])
def test_a_dash_or_not_applicable_is_not_reported_and_never_zero(cell: str) -> None:
    reading = read_cell(table("school").column("students_primary"), cell)
    assert (reading.value, reading.blank, reading.problem) == (None, True, None)


def test_the_word_none_in_a_number_cell_is_not_zero_and_is_told() -> None:
    assert read("school", "students_primary", "无") == (None, "W-none-is-not-zero")


def test_zero_stays_zero() -> None:
    assert read("school", "students_junior", 0.0) == (0, "")


@pytest.mark.parametrize(
    ("cell", "sign", "share", "rule"),
    [
        (0.149, "", 0.149, ""), ("15%", "", 0.15, ""), (15.0, "", 0.15, "W-percent"), ("15", "", 0.15, "W-percent"),
        (12.0, "%", 0.12, ""), (0.12, "%", 0.12, "W-percent"), ("０.１５", "", 0.15, ""), (250.0, "", None, "E-not-a-share"),
    ],
)  # fmt: skip
def test_a_share_may_be_written_as_15_or_15_percent_or_0_15(cell: object, sign: str, share: float | None, rule: str) -> None:
    assert read("county", "difference_chinese", cell, sign) == (share, rule)


@pytest.mark.parametrize("cell", ["Ⅲ", "III", "3", 3.0, "三级", "Ⅲ级", "Ⅲ级以上", "iii"])
def test_levels_are_read_in_every_spelling(cell: object) -> None:
    assert read("county", "level_chinese", cell) == (3, "")


@pytest.mark.parametrize(
    ("cell", "flag"),
    [("是", True), ("否", False), ("√", True), ("×", False), ("有", True), ("无", False), ("Y", True), ("n", False), (True, True),
     (0.0, False)],
)  # fmt: skip
def test_flags_are_read_in_every_spelling(cell: object, flag: bool) -> None:
    assert read("school", "built_by_2010", cell) == (flag, "")


@pytest.mark.parametrize(
    ("cell", "code"),
    [("小学", "211"), ("小学（教学点）", "218"), ("小学教学点", "218"), ("教学点", "218"), ("初中", "311"), ("九年一贯制", "312"),
     ("九年一贯制学校", "312"), ("完全中学", "341"), ("十二年一贯制", "345"), ("312", "312"), (312.0, "312"), ("312-九年一贯制学校", "312"),
     ("九 年 一 贯 制", "312")],
)  # fmt: skip
def test_school_types_are_read_by_code_or_by_name(cell: object, code: str) -> None:
    assert read("school", "school_type", cell) == (code, "")


def test_an_unknown_school_type_is_an_error() -> None:
    assert read("school", "school_type", "私塾") == (None, "E-unknown-code")


@pytest.mark.parametrize(
    ("cell", "code", "rule"),
    [(2121001719.0, "2121001719", ""), ("2121001719.0", "2121001719", ""), (" 0121 001719", "0121001719", ""),
     ("２１２１００１７１９", "2121001719", ""), ("2.121E+09", None, "E-lossy-id")],
)  # fmt: skip
def test_ids_stay_text_with_their_leading_zeros(cell: object, code: str | None, rule: str) -> None:
    assert read("school", "school_code", cell) == (code, rule)


@pytest.mark.parametrize(
    ("cell", "year", "rule"),
    [(1998.0, 1998, ""), ("1998年9月", 1998, ""), (date(1998, 9, 1), 1998, ""), (36039.0, 1998, "W-date-serial"),
     ("2025—2026学年", 2025, ""), ("很久以前", None, "E-not-a-year")],
)  # fmt: skip
def test_years_are_read_out_of_dates_and_texts(cell: object, year: int | None, rule: str) -> None:
    assert read("school", "founded_year", cell) == (year, rule)


@pytest.mark.parametrize("cell", ["2025-09-01", "2025/9/1", "2025年9月1日", date(2025, 9, 1), 45901.0, "20250901"])
def test_dates_become_iso_text(cell: object) -> None:
    assert read("judgement", "judged_on", cell) == ("2025-09-01", "")


def test_a_date_that_does_not_exist_is_an_error() -> None:
    assert read("judgement", "judged_on", "2025-02-30") == (None, "E-not-a-date")
