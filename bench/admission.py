"""Admission of a large county beside OR-tools called by hand: 30,000 children, 80 public schools, places for 105 %.

The peer solves the bare transport problem with all 2.4 million arcs, which is the only way for it to be exact, and with the 15
nearest schools of each child, which is quicker and may have no solution. Ours is the whole plan: order of priority, public
tickets, zones, the rest with its proof, waiting lists, and a sentence for every child.
"""

from __future__ import annotations

import random

import numpy as np
from ortools.graph.python import min_cost_flow

from junheng.planning.admission.admit import admit
from junheng.planning.admission.model import AdmissionPlan, Child, Rules, School
from junheng.planning.admission.priorities import built_in_classes
from junheng.planning.admission.reasons import reasons
from junheng.planning.geography import distances_m
from junheng.planning.transport import Ints, cheapest_assignment
from side_by_side import best_of, report

CHILDREN, SCHOOLS, SLACK, NEAREST = 30_000, 80, 1.05, 15


def county(seed: int = 25, *, zoned: bool) -> tuple[list[School], list[Child]]:
    """Synthetic children around forty villages and towns. zoned: every child has the nearest school as its zone's."""
    draw = random.Random(seed)
    spots = [(123 + draw.random() / 4, 41 + draw.random() / 5) for _ in range(SCHOOLS)]
    weights = [draw.uniform(0.5, 1.5) for _ in spots]
    schools = [School(f"S{at}", f"第{at}小学", int(CHILDREN * SLACK * weight / sum(weights)) + 1, longitude=x, latitude=y)
               for at, (weight, (x, y)) in enumerate(zip(weights, spots, strict=True))]  # fmt: skip
    towns = [draw.choice(spots) for _ in range(40)]
    homes = [(draw.gauss(x, 0.02), draw.gauss(y, 0.015)) for x, y in (draw.choice(towns) for _ in range(CHILDREN))]
    nearest = distances_m(np.array(homes), np.array(spots)).argmin(axis=1).tolist()
    children = [
        Child(f"B{at:05d}", "", "", draw.random() < 0.6, draw.random() < 0.7, draw.choice([None, 5, 14, 40]), None,
              (f"S{nearest[at]}",) if zoned else (), longitude=x, latitude=y)
        for at, (x, y) in enumerate(homes)
    ]  # fmt: skip
    return schools, children


def bare(costs: Ints, places: Ints, nearest: int) -> int | None:
    """What somebody writes who calls OR-tools by hand; None when these arcs have no solution."""
    people, schools = costs.shape
    chosen = np.argpartition(costs, nearest - 1, axis=1)[:, :nearest] if nearest < schools else np.tile(np.arange(schools), (people, 1))
    flow = min_cost_flow.SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(
        np.repeat(np.arange(people), nearest), (people + chosen).ravel(), np.ones(people * nearest, dtype=int),
        np.take_along_axis(costs, chosen, 1).ravel(),
    )  # fmt: skip
    flow.add_arcs_with_capacity_and_unit_cost(people + np.arange(schools), np.full(schools, people + schools), places, np.zeros(schools, dtype=int))
    supplies = np.concatenate([np.ones(people, dtype=int), np.zeros(schools, dtype=int), [-people]])
    flow.set_nodes_supplies(np.arange(people + schools + 1), supplies)
    return int(flow.optimal_cost()) if flow.solve() == flow.OPTIMAL else None


def whole(schools: list[School], children: list[Child]) -> AdmissionPlan:
    plan = admit(schools, children, Rules(built_in_classes()), "25101 03 11 17")
    assert sum(1 for _ in reasons(plan)) == len(children)
    return plan


def run() -> None:
    schools, children = county(zoned=False)
    costs = distances_m(np.array([(each.longitude, each.latitude) for each in children]), np.array([(each.longitude, each.latitude) for each in schools]))
    places = np.array([each.places for each in schools])
    exact, quick = best_of(lambda: bare(costs, places, SCHOOLS), 3), best_of(lambda: bare(costs, places, NEAREST), 3)
    ours = best_of(lambda: cheapest_assignment(costs, places), 3)
    least, near = bare(costs, places, SCHOOLS), bare(costs, places, NEAREST)
    assert least is not None
    assert cheapest_assignment(costs, places).cost == least
    found = "no solution" if near is None else f"{near / least - 1:+.3%} of the distance"
    report("assignment, proven cheapest", f"{ours.seconds:.2f} s; OR-tools by hand, all arcs {exact.seconds:.2f} s: ratio {ours.seconds / exact.seconds:.2f}; "
           f"{NEAREST} nearest {quick.seconds:.2f} s ({found}): ratio {ours.seconds / quick.seconds:.2f}")  # fmt: skip
    plan = best_of(lambda: whole(schools, children), 3)
    assert whole(schools, children).total_m == least
    report("admission plan, nobody zoned", f"{plan.seconds:.2f} s with order, tickets, proof and reasons; bare OR-tools, all arcs: ratio {plan.seconds / exact.seconds:.2f}")
    zoned = county(zoned=True)
    plan = best_of(lambda: whole(*zoned), 3)
    over = sum(each.way == "统筹安排" for each in whole(*zoned).placements)
    report("admission plan, zones first", f"{plan.seconds:.2f} s, {over} of {CHILDREN} moved on from full zones: ratio {plan.seconds / exact.seconds:.2f}")


if __name__ == "__main__":
    run()
