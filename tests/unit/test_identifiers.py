"""Identity numbers, credit codes, school codes: what is valid, what is not, and what is said about it."""

from __future__ import annotations

import pytest

from junheng.common.identifiers import (
    division_fault,
    id_number_fault,
    mask_id_number,
    normal_id_number,
    school_code_fault,
    uscc_fault,
)

VALID_ID = "990102201209050016"
"""Made up: no province has the code 99."""


def test_the_example_identity_number_is_valid() -> None:
    assert id_number_fault(VALID_ID) == ""


@pytest.mark.parametrize("position", range(17))
def test_one_wrong_digit_is_always_noticed(position: int) -> None:
    wrong = VALID_ID[:position] + str((int(VALID_ID[position]) + 1) % 10) + VALID_ID[position + 1 :]
    assert id_number_fault(wrong) != ""


def test_two_neighbouring_digits_swapped_are_noticed() -> None:
    assert "校验码" in id_number_fault("990120201209050016")


def test_a_fifteen_digit_number_becomes_eighteen_with_its_check_character() -> None:
    number = normal_id_number("990105491231004")
    assert number == "99010519491231004X"
    assert id_number_fault("990105491231004") == ""


def test_a_small_x_and_full_width_digits_are_the_same_number() -> None:
    assert normal_id_number("99010519491231004x") == "99010519491231004X"
    assert normal_id_number(" ９９０１０５１９４９１２３１００４Ｘ ") == "99010519491231004X"


def test_a_day_that_never_was_is_refused_even_with_a_right_check_character() -> None:
    assert "出生日期" in id_number_fault("990102201302300016")


@pytest.mark.parametrize("text", ["", "9901022012090500", "99010220120905001Y", "A90102201209050016"])
def test_what_is_not_an_identity_number_is_refused(text: str) -> None:
    assert normal_id_number(text) is None
    assert "18 位" in id_number_fault(text)


def test_a_masked_number_shows_neither_birthday_nor_order() -> None:
    assert mask_id_number(VALID_ID) == "99**************16"
    assert mask_id_number("123") == "***"


def test_no_fault_ever_repeats_the_number() -> None:
    for text in (VALID_ID[:-1] + "7", "990102201302300016", VALID_ID[:-2]):
        assert text[:6] not in id_number_fault(text)


def test_the_example_credit_code_is_valid_and_a_changed_one_is_not() -> None:
    assert uscc_fault("12210100MB1234567C") == ""
    assert "校验码" in uscc_fault("12210100MB1234567D")


def test_letters_that_look_like_digits_are_named() -> None:
    assert "I、O、S、V、Z" in uscc_fault("1221O100MB1234567C")


def test_a_short_credit_code_says_how_long_it_is() -> None:
    assert "现为 17 位" in uscc_fault("12210100MB1234567")


def test_a_school_code_is_ten_digits() -> None:
    assert school_code_fault("2121001719") == ""
    assert "现为 9 位" in school_code_fault("212100171")
    assert "10 位数字" in school_code_fault("21210O1719")


def test_a_division_code_is_six_digits_of_a_province() -> None:
    assert division_fault("210102") == ""
    assert "6 位数字" in division_fault("21010")
    assert "省级" in division_fault("190102")
