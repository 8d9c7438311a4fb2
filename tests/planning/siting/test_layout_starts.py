"""Plans as starts: a plan's columns cost what the plan counts, break nothing, and are mended where another county asks otherwise."""

from __future__ import annotations

import time

import numpy as np
import pytest
from siting_cases import drawn, pinned

from junheng.planning.highs import minimise
from junheng.planning.siting.checking import faults_of
from junheng.planning.siting.county import County, Pin, PinKind
from junheng.planning.siting.prices import MONEY
from junheng.planning.siting.program import Program
from junheng.planning.siting.search import Search
from junheng.planning.siting.solve import attempt
from junheng.planning.siting.ways import ways_of
from junheng.planning.siting.whole import built_early, plan_of, values_of
from junheng.synth.siting import draw_county


@pytest.mark.parametrize("given", [*(drawn(seed, points=5, sites=4) for seed in (0, 2, 4)), draw_county(4, villages=8, estates=4, townships=2)])
def test_the_columns_of_a_plan_cost_what_it_counts_and_break_nothing(given: County) -> None:
    plan = attempt(given, seconds=4).plan
    assert plan is not None
    program = Program(plan.county, ways_of(plan.county))
    search, values = Search(program, program.model), values_of(program, plan)
    assert values is not None

    for each in (values, built_early(program, values)):
        assert search.cost(each) * MONEY == pytest.approx(float(plan.total), rel=1e-9)
        assert search.repaired(each, time.monotonic() + 5) is each
    again = plan_of(program, built_early(program, values), 0.0, 0.0)
    assert again.total == plan.total
    assert list(faults_of(again)) == []


@pytest.mark.parametrize("seed", [5, 25, 47])
def test_a_start_that_highs_misjudges_does_not_become_the_answer(seed: int) -> None:
    """HiGHS 1.16 holds a start that builds a room late to be one that does not build it, and cheaper than any plan."""
    program = Program(drawn(seed), ways_of(drawn(seed)))
    best = minimise(program.model, seconds=10)
    assert best.values is not None
    late = best.values.copy()
    late[program.layout.rooms] = late[program.layout.rooms][:, ::-1]
    begun = minimise(program.model, seconds=10, start=late)

    assert begun.objective == pytest.approx(best.objective, rel=1e-6)
    assert begun.bound == pytest.approx(best.objective, rel=1e-3)
    assert begun.values is not None
    assert float(program.model.cost @ begun.values) + program.model.offset == pytest.approx(best.objective, rel=1e-6)


def test_a_plan_is_mended_where_the_county_now_asks_otherwise() -> None:
    given = draw_county(4, villages=8, estates=4, townships=2)
    plan = attempt(given, seconds=3).plan
    assert plan is not None
    at = next(j for j, site in enumerate(given.sites) if site.existing and plan.closes_in(j) is not None)
    kept = pinned(given, *given.pins, Pin(PinKind.MUST_KEEP, given.sites[at].code))
    program = Program(kept, ways_of(kept))
    values = values_of(program, plan)
    assert values is not None
    mended = Search(program, program.model).repaired(values, time.monotonic() + 10)

    assert mended is not None
    again = plan_of(program, mended, 0.0, 0.0)
    assert list(faults_of(again)) == []
    changed = [j for j in range(len(given.sites)) if again.decision(j) is not plan.decision(j)]
    assert at in changed
    assert len(changed) < len(given.sites) / 2
    assert np.isfinite(float(again.total))
