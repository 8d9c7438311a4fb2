"""Transport: the cheapest assignment is what trying everything and a linear program say, and its proof is right."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from junheng.planning import transport
from junheng.planning.geography import distances_m
from junheng.planning.transport import Ints, cheapest_assignment


@st.composite
def small(draw: st.DrawFn) -> tuple[Ints, Ints]:
    people, places = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    costs = np.array(draw(st.lists(st.lists(st.integers(0, 9), min_size=places, max_size=places), min_size=people, max_size=people)))
    capacity = np.array(draw(st.lists(st.integers(0, 4), min_size=places, max_size=places)))
    capacity[0] += max(0, people - int(capacity.sum()))
    return costs, capacity


@given(small())
def test_small_assignments_cost_what_trying_everything_costs(instance: tuple[Ints, Ints]) -> None:
    costs, capacity = instance
    people, places = costs.shape
    fits = (all(way.count(j) <= capacity[j] for j in range(places)) for way in product(range(places), repeat=people))
    best = min(sum(int(costs[i, j]) for i, j in enumerate(way))
               for way, ok in zip(product(range(places), repeat=people), fits, strict=True) if ok)  # fmt: skip

    found = cheapest_assignment(costs, capacity)

    assert found.cost == best == found.bound
    assert (np.bincount(found.place, minlength=places) <= capacity).all()


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6), st.floats(0, 0.2), st.booleans())
def test_large_assignments_equal_the_hungarian_method(seed: int, slack: float, crowded: bool) -> None:
    """300 people, 12 places, on the way with a sample and few arcs; each place stands as often as its capacity for the peer."""
    random = np.random.default_rng(seed)
    people, places = 300, 12
    costs = np.rint(random.random((people, places)) * (1_000 if crowded else 10)).astype(np.int64)
    capacity = np.full(places, int(people * (1 + slack) / places) + 1)
    rows, columns = linear_sum_assignment(np.repeat(costs, capacity, axis=1))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transport, "_SMALL", 0)
        patch.setattr(transport, "_ARCS", 2)
        found = cheapest_assignment(costs, capacity)

    assert found.cost == int(np.repeat(costs, capacity, axis=1)[rows, columns].sum()) == found.bound
    assert (np.bincount(found.place, minlength=places) <= capacity).all()


def test_a_price_is_what_one_place_fewer_costs() -> None:
    costs = np.array([[1, 5], [1, 9], [2, 3]])
    found = cheapest_assignment(costs, np.array([2, 5]))
    fewer = cheapest_assignment(costs, np.array([1, 5]))

    assert found.prices[0] == fewer.cost - found.cost == 4
    assert found.prices[1] == 0


def test_too_few_places_are_refused() -> None:
    with pytest.raises(ValueError, match="3 people, 2 places"):
        cheapest_assignment(np.ones((3, 2), dtype=np.int64), np.array([1, 1]))


def test_nobody_costs_nothing() -> None:
    assert cheapest_assignment(np.zeros((0, 3), dtype=np.int64), np.array([1, 1, 1])).cost == 0


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    """1° of the mean sphere is 111,195 m; at 41.8° N a degree of longitude is cos 41.8° of it."""
    found = distances_m(np.array([[123.4, 41.8]]), np.array([[123.4, 42.8], [124.4, 41.8], [123.4, 41.8]]))
    assert found[0].tolist() == pytest.approx([111_195, 111_195 * 0.74548, 0], abs=20)
