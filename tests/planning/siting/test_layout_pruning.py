"""Far schools may be left out of the search, never out of the proof: pruned and whole give the same best plan."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest
from siting_cases import county, drawn, point, school

from junheng.planning.highs import minimise, relax
from junheng.planning.siting import pruning
from junheng.planning.siting.conflict import NoLawfulPlan
from junheng.planning.siting.county import County
from junheng.planning.siting.cutting import tightened
from junheng.planning.siting.program import Program
from junheng.planning.siting.pruning import near
from junheng.planning.siting.solve import attempt, solve
from junheng.planning.siting.ways import ways_of
from junheng.synth.siting import draw_county


@pytest.fixture
def all_counties_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the nearest school of every point is open at first, however small the county."""
    monkeypatch.setattr(pruning, "_LARGE", 0)
    monkeypatch.setattr(pruning, "_NEAREST", 1)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.usefixtures("all_counties_are_large")
def test_the_relaxation_over_the_open_ways_is_that_over_all_ways(seed: int) -> None:
    program = Program(drawn(seed, points=6, sites=5), ways_of(drawn(seed, points=6, sites=5)))
    found, whole = near(program, seconds=10), relax(program.model, seconds=10)

    if whole is None:
        assert found.relaxed is None
    elif found.relaxed is None:
        assert found.model is program.model
    else:
        assert found.bound == pytest.approx(whole.objective, rel=1e-7)


@pytest.mark.parametrize("seed", range(12))
def test_leaving_far_schools_out_neither_loses_a_plan_nor_makes_it_dearer(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    given = drawn(seed, points=6, sites=5)
    whole = attempt(given, seconds=10, gap=1e-6)
    monkeypatch.setattr(pruning, "_LARGE", 0)
    monkeypatch.setattr(pruning, "_NEAREST", 1)
    pruned = attempt(given, seconds=10, gap=1e-6)

    assert pruned.infeasible == whole.infeasible
    if whole.plan is not None:
        assert pruned.plan is not None
        assert float(pruned.plan.total) == pytest.approx(float(whole.plan.total), rel=2e-6)
        assert pruned.bound <= float(whole.plan.total) * (1 + 1e-6)


@pytest.mark.usefixtures("all_counties_are_large")
def test_where_the_nearest_school_is_full_the_next_is_opened() -> None:
    """Two villages beside a school for one of them; the other school is farther for both."""
    given = county([point("A", 100), point("B", 100)], [school("S", 3, 3), school("T", 3, 3)], [[0.5, 2.0], [0.6, 2.1]])
    plan = solve(given, seconds=10)

    assert {each.way.site for each in plan.going} == {0, 1}


@pytest.mark.usefixtures("all_counties_are_large")
def test_that_there_is_no_plan_is_proven_over_all_ways() -> None:
    with pytest.raises(NoLawfulPlan):
        solve(county([point("A", 150), point("B", 130)], [school("S", 3, 3), school("T", 3, 3)], [[0.5, 2.0], [0.6, 2.1]]), seconds=10)


def test_ways_that_are_shut_while_searching_are_none_that_the_relaxation_would_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pruning, "_LARGE", 0)
    monkeypatch.setattr(pruning, "_NEAREST", 3)
    given = draw_county(1, villages=24, estates=6, townships=3)
    program = Program(given, ways_of(given))
    found = near(program, seconds=20)

    opened = found.model.most[program.layout.going] > 0
    assert 0.1 < opened.mean() < 0.9
    assert found.relaxed is not None
    assert (found.relaxed.reduced[program.layout.going[~opened]] >= -1e-6).all()


@pytest.mark.parametrize("given", [*(drawn(seed, points=6, sites=5) for seed in range(4)), draw_county(5, villages=6, estates=4, townships=2)])
def test_no_cut_forbids_a_plan_that_the_program_allows(given: County) -> None:
    """The cuts found for the relaxation hold at lawful plans that are good at prices drawn at random."""
    program = Program(given, ways_of(given))
    relaxed = relax(program.model, seconds=10)
    if relaxed is None:
        return
    cut, better = tightened(program, program.model, time.monotonic() + 10)
    assert better is not None
    assert better.objective >= relaxed.objective - 1e-6
    rng = np.random.default_rng(0)
    for _ in range(10):
        model = replace(program.model, cost=program.model.cost * rng.uniform(0.2, 3.0, len(program.model.cost)))
        answer = minimise(model, seconds=2, gap=0.03)
        if answer.values is None:
            break
        done = cut.rows @ answer.values
        assert (done >= cut.low - 1e-5).all()
        assert (done <= cut.high + 1e-5).all()
