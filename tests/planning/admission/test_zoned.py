"""Admission by zone: rights are kept, places are kept, none is wasted."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.planning.admission.zoned import Unit, Zoned, admit_by_zone

SCHOOLS = 3


@st.composite
def zones(draw: st.DrawFn, largest: int = 1) -> tuple[list[Unit], dict[int, int]]:
    count = draw(st.integers(1, 12))
    orders = [draw(st.permutations(range(count))) for _ in range(SCHOOLS)]
    units = []
    for u in range(count):
        wishes = tuple(draw(st.lists(st.integers(0, SCHOOLS - 1), unique=True, max_size=SCHOOLS)))
        size = draw(st.integers(1, largest))
        units.append(Unit(tuple(range(10 * u, 10 * u + size)), wishes, tuple(orders[s][u] for s in wishes)))
    return units, {s: draw(st.integers(0, 6)) for s in range(SCHOOLS)}


def taken(units: list[Unit], found: Zoned) -> Counter[int]:
    out: Counter[int] = Counter()
    for unit, w in zip(units, found.place, strict=True):
        if w is not None:
            out[unit.wishes[w]] += len(unit.members)
    return out


def rather(unit: Unit, w: int | None) -> range:
    """Wishes the unit would rather have than where it is."""
    return range(len(unit.wishes) if w is None else w)


@given(zones(largest=3))
def test_no_school_takes_more_than_its_plan_and_no_place_is_wasted(instance: tuple[list[Unit], dict[int, int]]) -> None:
    units, places = instance
    found = admit_by_zone(units, places)

    used = taken(units, found)
    assert all(used[s] <= places[s] for s in places)
    for unit, w in zip(units, found.place, strict=True):
        assert all(places[unit.wishes[v]] - used[unit.wishes[v]] < len(unit.members) for v in rather(unit, w))


@given(zones())
def test_nobody_is_passed_by_who_had_more_right(instance: tuple[list[Unit], dict[int, int]]) -> None:
    units, places = instance
    found = admit_by_zone(units, places)

    holders = {s: [unit.keys[w] for unit, w in zip(units, found.place, strict=True) if w is not None and unit.wishes[w] == s] for s in places}
    for unit, w in zip(units, found.place, strict=True):
        for v in rather(unit, w):
            assert all(key < unit.keys[v] for key in holders[unit.wishes[v]])


@given(zones(), st.data())
def test_hiding_a_wish_never_helps(instance: tuple[list[Unit], dict[int, int]], data: st.DataObject) -> None:
    """Deferred acceptance is strategy-proof for families: a wish list in another order or shortened brings no better school."""
    units, places = instance
    u = data.draw(st.integers(0, len(units) - 1))
    true = units[u]
    shown = data.draw(st.permutations(range(len(true.wishes))).map(lambda p: p[: data.draw(st.integers(0, len(p)))]))
    lied = Unit(true.members, tuple(true.wishes[v] for v in shown), tuple(true.keys[v] for v in shown))

    honest = admit_by_zone(units, places).place[u]
    w = admit_by_zone([*units[:u], lied, *units[u + 1 :]], places).place[u]

    if w is not None:
        assert honest is not None
        assert honest <= shown[w]


def test_a_single_zone_is_filled_in_order() -> None:
    units = [Unit((child,), (0,), (9 - child,)) for child in range(10)]
    found = admit_by_zone(units, {0: 4})

    assert [u for u, w in enumerate(found.place) if w == 0] == [6, 7, 8, 9]
    assert found.asked[0] == list(range(9, -1, -1))


@pytest.mark.parametrize(("room", "admitted"), [(3, {0, 1}), (2, {0, 2}), (1, {0})])
def test_siblings_who_no_longer_fit_let_the_next_one_in(room: int, admitted: set[int]) -> None:
    units = [Unit((0,), (0,), (1,)), Unit((1, 2), (0,), (2,)), Unit((3,), (0,), (3,))]
    found = admit_by_zone(units, {0: room})
    assert {u for u, w in enumerate(found.place) if w is not None} == admitted
