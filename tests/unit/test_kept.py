"""What is kept is what was made, the most recently used of it, and never more than said."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.common.kept import Kept


class Squares:
    """Makes squares and remembers which it was asked for."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []

    def __call__(self, missing: list[int]) -> Mapping[int, int]:
        self.asked.append(missing)
        return {each: each**2 for each in missing}


def test_what_is_kept_is_not_made_again() -> None:
    squares, kept = Squares(), Kept[int, int](10)
    assert kept.all_of([2, 3], squares) == {2: 4, 3: 9}
    assert kept.all_of([3, 2, 5, 5], squares) == {3: 9, 2: 4, 5: 25}
    assert kept.all_of([2, 5], squares) == {2: 4, 5: 25}
    assert squares.asked == [[2, 3], [5]]


def test_the_least_recently_used_goes_first() -> None:
    squares, kept = Squares(), Kept[int, int](2)
    for each in (1, 2, 1, 3):
        kept.all_of([each], squares)
    assert kept.of(1, lambda: -1) == 1
    assert kept.of(2, lambda: -1) == -1


def test_more_than_is_kept_can_be_asked_for_at_once() -> None:
    kept = Kept[int, int](2)
    assert kept.all_of(range(5), Squares()) == {0: 0, 1: 1, 2: 4, 3: 9, 4: 16}


def test_a_maker_that_fails_keeps_nothing() -> None:
    kept = Kept[int, int](2)
    with pytest.raises(ZeroDivisionError):
        kept.of(1, lambda: 1 // 0)
    assert kept.of(1, lambda: 7) == 7


@given(st.lists(st.lists(st.integers(0, 6), max_size=4), max_size=30), st.integers(1, 5))
def test_whatever_is_asked_the_answer_is_as_if_nothing_were_kept(asked: list[list[int]], most: int) -> None:
    squares, kept = Squares(), Kept[int, int](most)
    for keys in asked:
        assert kept.all_of(keys, squares) == {each: each**2 for each in keys}
