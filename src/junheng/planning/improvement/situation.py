"""From facts to the board: what counts, what may be done, what each measure changes, and what cannot be planned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from junheng.common.errors import UserError
from junheng.intake.model import Facts
from junheng.planning.improvement.board import Board, Ints
from junheng.planning.improvement.counted import counted_rows, groups_of, missing_text, without_stages
from junheng.planning.improvement.decisions import bounds_of, decisions_of
from junheng.planning.improvement.effects import effects_of, useful
from junheng.planning.improvement.pins import Pins
from junheng.planning.improvement.unit_costs import UnitCost
from junheng.policy.in_force import PolicyInForce


@dataclass(frozen=True)
class Scenario:
    """Facts with one forecast of pupils. name: Chinese."""

    name: str
    facts: Facts


@dataclass(frozen=True)
class Situation:
    """A county ready to be planned. unplanned: stage → why it is left out (figures missing). scenarios[0] is as reported;
    its facts are what a plan changes. schools: position in the facts → stages that count."""

    county_code: str
    policy: PolicyInForce
    scenarios: tuple[Scenario, ...]
    board: Board
    unplanned: Mapping[str, str]
    schools: Mapping[int, tuple[str, ...]]
    row_school: Ints
    row_stage: tuple[str, ...]


def situation(
    scenarios: Sequence[Scenario], policy: PolicyInForce, costs: Mapping[str, UnitCost], pins: Pins, years: int = 1
) -> Situation:
    """The board of one county. Raises UserError when the policy is not one of the kind planned for, or nothing can be planned."""
    _refuse_other_rules(policy)
    resources_only = replace(policy, criteria=())
    found = [counted_rows(each.facts, resources_only) for each in scenarios]
    unplanned = {stage: missing_text(stage, names) for rows in found for stage, names in rows.missing.items()}
    found = [without_stages(rows, unplanned) for rows in found]
    if not len(found[0].school):
        raise UserError("没有可以规划的学段", why="；".join(unplanned.values()) or "没有计入评估的学校", remedy="请补报后重新测算")
    schools = {int(s): tuple(stage for at, stage in zip(found[0].school, found[0].stage, strict=True) if at == s)
               for s in dict.fromkeys(found[0].school.tolist())}  # fmt: skip
    decisions = decisions_of(scenarios[0].facts, schools, costs, pins, years)
    effect = sp.vstack([effects_of(each.facts, resources_only, rows, decisions) for each, rows in zip(scenarios, found, strict=True)])
    kept = useful(effect, decisions)
    decisions, effect = tuple(decisions[j] for j in kept), effect[:, kept]
    offsets = np.cumsum([0, *(len(rows.school) for rows in found)])
    board = Board(
        np.concatenate([rows.pupils for rows in found]), np.vstack([rows.start for rows in found]),
        np.vstack([rows.limit for rows in found]), np.vstack([rows.floor for rows in found]), policy.school_rule.min_met if policy.school_rule else 0,
        tuple(group for number, rows in enumerate(found) for group in groups_of(number, rows, int(offsets[number]), policy)),
        decisions, sp.csr_array(effect), bounds_of(scenarios[0].facts, decisions, costs), tuple(each.code for each in policy.resources),
    )  # fmt: skip
    return Situation(
        str(scenarios[0].facts.school[0]["county_code"] or ""), policy, tuple(scenarios), board, unplanned, schools,
        np.concatenate([rows.school for rows in found]), tuple(stage for rows in found for stage in rows.stage),
    )  # fmt: skip


def _refuse_other_rules(policy: PolicyInForce) -> None:
    if policy.balance.judge != "each" or policy.school_rule is None:
        raise UserError("达标方案只支持逐校判定、逐项判差异系数的标准", where=policy.title, remedy="请改用优质均衡的政策包")
