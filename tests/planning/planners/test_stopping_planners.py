"""Stop and show what you have, or stop and show nothing: whoever asked decides while a planner searches."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from planner_cases import CASES, release

from junheng.intake.release import open_release
from junheng.planners.county_facts import facts_of_release
from junheng.planners.model import Asked
from junheng.planners.registry import BY_ID
from junheng.planning import clock
from junheng.planning.siting.checking import faults_of
from junheng.planning.siting.opposites import explained
from junheng.planning.siting.solve import solve
from junheng.planning.siting.sweep import sweep
from junheng.synth.siting import draw_county


class Cancelled(Exception):
    """What a watcher raises to end everything."""


def test_a_plan_for_the_standard_stopped_at_once_still_passes(tmp_path: Path) -> None:
    improvement = BY_ID["improvement"]
    facts = list(facts_of_release(open_release(release(tmp_path))))
    planned = improvement.run(Asked(facts, {}, improvement.values({"seconds": 600.0}), tmp_path / "out", enough=lambda: True))

    figures = {each.id: each.value for each in planned.figures}
    assert planned.stopped
    assert figures["schools_after"] == figures["schools"]
    assert figures["balance_after"] == figures["balance"]
    assert planned.gap is not None
    assert (tmp_path / "out" / "index.html").is_file()


def test_a_layout_stopped_on_the_way_is_lawful_and_says_how_far_it_may_be_from_the_best() -> None:
    county, found = draw_county(3, villages=30, estates=6, townships=4), []
    with clock.watched(lambda: bool(found)) as watch:
        plan = solve(county, seconds=60, notify=lambda said: found.append(said) if "可行" in said else None)
        stopped = time.monotonic()
        told = explained(sweep(plan, seconds=60).own, seconds=60)

    assert watch.stopped
    assert time.monotonic() - stopped < 15
    assert next(faults_of(told.plan), None) is None
    assert 0 <= plan.gap <= 1
    assert plan.bound <= float(plan.total)


@pytest.mark.parametrize("id", ["siting", "zones", "rotation"])
def test_a_planner_that_is_cancelled_writes_nothing(id: str, tmp_path: Path) -> None:
    planner, case = BY_ID[id], CASES[id]
    (tmp_path / "表").mkdir()

    def enough() -> bool:
        raise Cancelled

    with pytest.raises(Cancelled):
        planner.run(Asked((), case.tables(tmp_path / "表"), planner.values(case.values), tmp_path / "out", enough=enough))
    assert not (tmp_path / "out").exists()
    assert clock.watch() is None
