"""What may be done: one decision per measure, school and stage, with its bounds, its price, and the bounds decisions share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from junheng.common.stages import Stage
from junheng.intake.model import Facts, Row
from junheng.planning.improvement.board import Decision, Together
from junheng.planning.improvement.levers import BY_ID, LEVERS, Lever, stock, targets
from junheng.planning.improvement.pins import Pin, Pins
from junheng.planning.improvement.unit_costs import UnitCost

MOVABLE_SHARE = 0.30
"""At most this share of a school's stock of a kind may leave it (design parameter; prototype B)."""
_PLAIN_TEACHERS = ("hire_teacher", "hire_pe_art_teacher", "move_teacher", "move_pe_art_teacher")


def decisions_of(
    facts: Facts, schools: Mapping[int, tuple[str, ...]], costs: Mapping[str, UnitCost], pins: Pins, years: int
) -> tuple[Decision, ...]:
    """Every decision that is open. schools: position in the facts → stages that count. Measures without a price are not offered."""
    out = []
    for lever in LEVERS:
        price = costs.get(lever.id)
        if price is None:
            continue
        per_unit = float(price.usual_yuan) * price.times(years)
        for school, stages in schools.items():
            row = facts.school[school]
            # A mover belongs to a stage's pool also where the school reports the column as a whole.
            for stage in targets(row, lever, stages):
                pin = pins.of(row, lever.id, stage)
                out.append(_decision(school, lever, stage, 1, _most_in(row, lever, stage), per_unit, pin))
                if lever.moves:
                    out.append(_decision(school, lever, stage, -1, _most_out(row, lever, stage), 0.0, pins.leaving(row, lever.id, stage)))
    return tuple(each for each in out if each.most > 0 or each.least > 0 or each.unpinned is not None)


def _decision(school: int, lever: Lever, stage: str, direction: int, most: float, cost: float, pin: Pin | None) -> Decision:
    size = 10_000.0 if lever.unit == "元" else 1.0
    if pin is None:
        return Decision(school, lever.id, stage, direction, 0.0, most, cost, lever.whole, size)
    return Decision(school, lever.id, stage, direction, pin.least, min(most, pin.most), cost, lever.whole, size, (0.0, most))


def _most_in(row: Row, lever: Lever, stage: str) -> float:
    if lever.converts:
        return stock(row, (lever.converts,), stage)
    return np.inf


def _most_out(row: Row, lever: Lever, stage: str) -> float:
    share = min(stock(row, change.bases, stage) for change in lever.changes if change.needed) * MOVABLE_SHARE
    return float(np.floor(share + 1e-9)) if lever.whole else share


def bounds_of(facts: Facts, decisions: Sequence[Decision], costs: Mapping[str, UnitCost]) -> tuple[Together, ...]:
    """What comes must leave somewhere; no school gives more than its share; the county's own bounds."""
    out = []
    members: dict[tuple[str, str], list[int]] = {}
    leaving: dict[tuple[int, str], list[int]] = {}
    of_lever: dict[str, list[int]] = {}
    for j, each in enumerate(decisions):
        lever = BY_ID[each.lever]
        if lever.moves:
            members.setdefault((each.lever, each.stage if lever.by_stage else ""), []).append(j)
        if each.direction < 0 and lever.whole:
            leaving.setdefault((each.school, each.stage), []).append(j)
        if each.direction > 0:
            of_lever.setdefault(each.lever, []).append(j)
    for (name, stage), where in members.items():
        signs = np.array([float(decisions[j].direction) for j in where])
        title = BY_ID[name].title
        out.append(Together(f"{Stage(stage).label if stage else ''}{title}：调入等于调出", np.array(where), signs, 0.0, equal=True))
    for (school, stage), where in leaving.items():
        most = float(np.floor(stock(facts.school[school], ("bachelor_teachers",), stage) * MOVABLE_SHARE + 1e-9))
        out.append(Together(f"{facts.school[school]['school_name']}调出教师合计", np.array(where), np.ones(len(where)), most))
    out += _no_more_backbone_than_teachers(facts, decisions)
    for name, where in of_lever.items():
        most_of_county = costs[name].county_most
        if most_of_county is not None:
            out.append(Together(f"全县{costs[name].title}上限", np.array(where), np.ones(len(where)), float(most_of_county), of_county=True))
    return tuple(out)


def _no_more_backbone_than_teachers(facts: Facts, decisions: Sequence[Decision]) -> list[Together]:
    """Σ培养 ≤ teachers who are not backbone yet, with those who come and go. One who comes or goes as a backbone teacher changes
    neither side."""
    out = []
    for j, each in enumerate(decisions):
        if each.lever != "train_backbone":
            continue
        row = facts.school[each.school]
        teachers = stock(row, ("full_time_teachers",), each.stage)
        if not teachers:
            continue  # not reported: nothing to compare with
        people = [k for k, other in enumerate(decisions) if other.school == each.school and other.lever in _PLAIN_TEACHERS
                  and (not each.stage or other.stage == each.stage)]  # fmt: skip
        signs = [1.0, *(-float(decisions[k].direction) for k in people)]
        most = max(0.0, teachers - stock(row, ("backbone_teachers",), each.stage))
        out.append(Together(f"{row['school_name']}尚非骨干的专任教师", np.array([j, *people]), np.array(signs), most))
    return out
