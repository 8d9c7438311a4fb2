"""Chinese numerals as headings have them."""

from __future__ import annotations

import pytest

from junheng.common.numerals import numeral


@pytest.mark.parametrize(("number", "said"), [(0, "零"), (1, "一"), (10, "十"), (11, "十一"), (19, "十九"), (20, "二十"), (21, "二十一"), (99, "九十九")])
def test_a_number_is_said_as_people_say_it(number: int, said: str) -> None:
    assert numeral(number) == said


def test_no_two_numbers_are_said_alike() -> None:
    assert len({numeral(number) for number in range(100)}) == 100
