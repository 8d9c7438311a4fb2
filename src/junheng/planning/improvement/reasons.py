"""为什么这样做: what each action of a plan is for, what was left at the share of the limit, and what stays unused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from junheng.common.stages import Stage
from junheng.judging.result import IndicatorVerdict, Verdict
from junheng.planning.improvement.actions import Action
from junheng.planning.improvement.board import Board, Floats
from junheng.planning.improvement.greedy import Filling
from junheng.planning.improvement.improve import Plan
from junheng.planning.improvement.levers import BY_ID

_NEAR = 0.005
"""A margin of the CV below which a measure is said to serve the balance."""
Key = tuple[str, str, str]
"""(school code, campus, stage)"""


@dataclass(frozen=True)
class Change:
    """One indicator of one school's stage, before and after the plan. left: it stays below the limit, as the rule allows;
    spared: yuan that bringing it to the limit would cost, None where there is no way or nothing is left; balances: its CV was
    above the limit, or would be near it."""

    key: Key
    name: str
    before: IndicatorVerdict
    after: IndicatorVerdict
    left: bool
    spared: float | None
    balances: bool

    @property
    def why(self) -> str:
        """达到限值, 达到 85% 线（余项）, 缩小校际差异, 随之提高 or 调出后仍达标; "" when nothing changed."""
        before, after = self.before.value, self.after.value
        if before is None or after is None or abs(after - before) < 1e-9:
            return ""
        if after < before:
            return "调出后仍达标" if self.after.met else "调出后仍不低于 85% 线（余项）"
        if not self.before.met:
            return "达到 85% 线（余项）" if self.left else "达到限值"
        return "缩小校际差异" if self.balances else "随之提高"


def changes(plan: Plan) -> tuple[Change, ...]:
    """Every indicator of every planned school, in the order of the stages and schools."""
    before = {(s.code, s.campus, s.stage): s for stage in plan.before.stages for s in stage.schools}
    row_of = _rows(plan)
    filling = Filling(plan.situation.board, plan.situation.board.least)
    out = []
    for number, stage in enumerate(plan.after[0].stages):
        tight = [was.verdict is not Verdict.PASS or (now.margin or 0.0) < _NEAR
                 for was, now in zip(plan.before.stages[number].balance, stage.balance, strict=True)]  # fmt: skip
        for school in stage.schools:
            key = (school.code, school.campus, school.stage)
            if key not in row_of:
                continue
            for i, (was, now) in enumerate(zip(before[key].indicators, school.indicators, strict=True)):
                left = now.near is True
                spared = _spared(plan.situation.board, filling, row_of[key], i, now) if left else None
                out.append(Change(key, school.name, was, now, left, spared, tight[i]))
    return tuple(out)


def _rows(plan: Plan) -> Mapping[Key, int]:
    facts, out = plan.facts, {}
    for group in plan.situation.board.groups:
        if group.scenario == 0:
            for r in group.rows.tolist():
                row = facts.school[int(plan.situation.row_school[r])]
                out[str(row["school_code"] or ""), str(row["campus"] or ""), group.stage] = int(r)
    return out


def _spared(board: Board, filling: Filling, r: int, i: int, now: IndicatorVerdict) -> float | None:
    price = filling.price(r, i)
    if not np.isfinite(price) or now.value is None:
        return None
    return float((board.limit[r, i] - now.value) * board.pupils[r] * price)


def purpose(plan: Plan, action: Action, found: Mapping[Key, list[Change]]) -> str:
    """What an action is for, in words: "L4 达到限值" — the indicators it moves at the school that receives it."""
    if not BY_ID[action.lever].changes:
        return BY_ID[action.lever].profile
    several = len(plan.situation.schools[action.school]) > 1
    words = [f"{Stage(stage).label if several else ''}{change.after.code} {change.why}" for stage, change in _moved(plan, action, found)]
    return "；".join(dict.fromkeys(words))


def served(plan: Plan, action: Action, found: Mapping[Key, list[Change]]) -> tuple[str, ...]:
    """Codes of the indicators an action moves, those first that did not reach their limit before."""
    moved = [change for _, change in _moved(plan, action, found)] if BY_ID[action.lever].changes else []
    return tuple(dict.fromkeys(each.after.code for each in sorted(moved, key=lambda each: bool(each.before.met))))


def _moved(plan: Plan, action: Action, found: Mapping[Key, list[Change]]) -> Iterator[tuple[str, Change]]:
    """(stage, change) of every indicator that the action moves at the school that receives it."""
    row = plan.facts.school[action.school]
    for stage in plan.situation.schools[action.school]:
        for change in found.get((str(row["school_code"] or ""), str(row["campus"] or ""), stage), ()):
            if change.why and _touches(plan.situation.board, plan, action, stage, change.after.code):
                yield stage, change


def _touches(board: Board, plan: Plan, action: Action, stage: str, code: str) -> bool:
    i = board.codes.index(code)
    rows = [r for group in board.groups if group.scenario == 0 and group.stage == stage
            for r in group.rows.tolist() if plan.situation.row_school[r] == action.school]  # fmt: skip
    cells = {r * board.shape[1] + i for r in rows}
    return any(
        each.school == action.school and each.lever == action.lever and each.stage == action.stage and each.direction > 0
        and any(board.effect[cell, j] > 0 for cell in cells)
        for j, each in enumerate(board.decisions)
    )  # fmt: skip


def unused_movers(plan: Plan) -> tuple[tuple[str, str, float, float], ...]:
    """(measure's title, stage or "", could leave, leave) for everything that is moved between schools."""
    amounts: Floats = plan.solved.amounts if plan.solved.amounts is not None else plan.situation.board.least
    out: dict[tuple[str, str], list[float]] = {}
    for each, amount in zip(plan.situation.board.decisions, amounts.tolist(), strict=True):
        if each.direction < 0:
            lever = BY_ID[each.lever]
            total = out.setdefault((lever.title, each.stage if lever.by_stage else ""), [0.0, 0.0])
            total[0] += each.most
            total[1] += amount
    return tuple((title, stage, most, used) for (title, stage), (most, used) in out.items())
