"""The planners' clock: it is enough when whoever watches says so, and every deadline is over from then on."""

from __future__ import annotations

import time

import numpy as np
import pytest
import scipy.sparse as sp

from junheng.planning import clock
from junheng.planning.highs import Model, minimise


class Cancelled(Exception):
    """What a watcher raises to end everything."""


def knapsacks(size: int) -> Model:
    """Market split (Cornuéjols and Dawande 1998): a few equations over 0 and 1 that branch and bound cannot finish within the tests."""
    draw = np.random.default_rng(7)
    rows = draw.integers(0, 100, (5, size)).astype(float)
    right = np.floor(rows.sum(axis=1) / 2)
    matrix = sp.csr_array(np.hstack([rows, np.eye(5), -np.eye(5)]))
    cost = np.concatenate([np.zeros(size), np.ones(10)])
    whole = np.concatenate([np.ones(size, dtype=bool), np.zeros(10, dtype=bool)])
    return Model(cost, matrix, right, right, np.zeros(size + 10), np.concatenate([np.ones(size), np.full(10, np.inf)]), whole)


def test_without_a_watcher_it_is_the_time_of_the_day() -> None:
    assert clock.watch() is None
    assert abs(clock.now() - time.monotonic()) < 1.0
    assert not clock.over()


def test_once_it_is_enough_no_deadline_lies_ahead_whenever_it_was_set() -> None:
    with clock.watched(lambda: True) as watch:
        until = clock.now() + 3600
        assert clock.now() > until
        assert until - clock.now() < 0
        assert watch.stopped
    assert clock.watch() is None


def test_the_watcher_is_asked_at_most_twice_a_second_and_never_again_once_it_is_enough() -> None:
    asked = []
    with clock.watched(lambda: bool(asked.append(1))) as watch:
        until = time.monotonic() + 0.3
        while time.monotonic() < until:
            clock.now()
        assert len(asked) == 1
        assert not watch.stopped


def test_a_solver_ends_with_the_best_it_has_found_when_it_is_enough() -> None:
    began = time.monotonic()
    with clock.watched(lambda: time.monotonic() - began > 2.0) as watch:
        answer = minimise(knapsacks(40), seconds=60)

    assert watch.stopped
    assert time.monotonic() - began < 10
    assert answer.values is not None
    assert answer.bound <= answer.objective
    assert not answer.infeasible


def test_what_the_watcher_raises_ends_the_solver_and_comes_out() -> None:
    began = time.monotonic()

    def enough() -> bool:
        if time.monotonic() - began > 1.0:
            raise Cancelled
        return False

    with pytest.raises(Cancelled), clock.watched(enough):
        minimise(knapsacks(40), seconds=60)
    assert time.monotonic() - began < 10


def test_a_solver_that_is_watched_and_not_stopped_gives_the_same_answer() -> None:
    model = Model(np.array([-3.0, -4.0]), sp.csr_array(np.array([[2.0, 3.0]])), np.array([-np.inf]), np.array([7.0]), np.zeros(2), np.full(2, 3.0), np.ones(2, dtype=bool))
    alone = minimise(model, seconds=10)
    with clock.watched(lambda: False) as watch:
        watched = minimise(model, seconds=10)

    assert (watched.objective, watched.bound, watch.stopped) == (alone.objective, alone.bound, False)
