"""P7: the cheapest way to pass for 40, 120 and 200 schools at a gap of 0.1 %, beside SCIP on the same program."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "planning" / "improvement"))
import numpy as np

from junheng.intake.model import Facts, Row
from junheng.planning.improvement.pins import Pins
from junheng.planning.improvement.situation import Scenario, Situation, situation
from junheng.planning.improvement.solver import solve
from junheng.planning.improvement.unit_costs import built_in_costs
from junheng.policy import resolve
from junheng.synth.plan import Character
from junheng.synth.province import synthesise
from side_by_side import report

GOALS = ((40, 3.0), (120, 10.0), (200, 60.0))
GAP = 1e-3


_SCALED = (
    ("bachelor_teachers_primary", "bachelor_teachers_junior", "junior_college_teachers_primary", "master_teachers_primary", "master_teachers_junior"),
    ("backbone_teachers",), ("pe_teachers", "music_teachers", "fine_art_teachers"), ("teach_aux_area_m2", "indoor_pe_area_m2"),
    ("gym_area_m2", "sport_field_area_m2"), ("equipment_value_yuan",), ("multimedia_rooms",),
)  # fmt: skip
"""The columns behind each indicator, which are made uneven together."""


def made_county(schools: int, seed: int = 2023) -> Situation:
    """A county in which nearly every school fails and most CVs are above their limit: even synthetic schools, each indicator of
    each school multiplied by a random factor (log-normal, 0.5)."""
    counties = [each for each in synthesise(30, seed) if each.plan.character is Character.EVEN]
    rows = [row for turn in range(60) for each in counties if turn < len(each.facts.school) for row in [each.facts.school[turn]]]
    rng, code = np.random.default_rng(seed), str(counties[0].population.code)
    chosen = [_uneven({**row, "county_code": code}, rng) for row in rows if row["school_type"] != "218"][:schools]
    facts = Facts(counties[0].facts.school_year, chosen, counties[0].facts.county, [])
    policy = resolve("quality_balance_2017", code, date(facts.school_year, 9, 1))
    return situation([Scenario("", facts)], policy, built_in_costs(), Pins())


def _uneven(row: Row, rng: np.random.Generator) -> Row:
    for columns in _SCALED:
        factor = float(rng.lognormal(-0.15, 0.5))
        for name in columns:
            value = row[name]
            if isinstance(value, int):
                row[name] = round(value * factor)
            elif isinstance(value, float):
                row[name] = round(value * factor, 1)
    return row


def run() -> None:
    from scip_oracle import scip

    for schools, goal in GOALS:
        board = made_county(schools).board
        ours = solve(board, gap=GAP, seconds=goal)
        peer = scip(board, gap=GAP, seconds=max(goal, 10.0))
        theirs = "nothing found" if peer.cost is None else f"{peer.cost / 1e4:,.1f} 万元, gap {(peer.cost - peer.bound) / peer.cost:.2%}"
        met = "" if ours.gap <= GAP else f"; NOT met: gap {ours.gap:.2%} at the limit"
        report(f"P7 {schools} schools", f"{ours.cost / 1e4:,.1f} 万元 in {ours.seconds:.1f} s, gap {ours.gap:.3%}, {ours.rounds} rounds (goal {goal:g} s at 0.1 %){met}; "
                                        f"SCIP {theirs} in {peer.seconds:.1f} s ({peer.status})")  # fmt: skip


if __name__ == "__main__":
    run()
