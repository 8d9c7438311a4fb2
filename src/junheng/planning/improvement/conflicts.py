"""为什么无解: which constraints fight, and the smallest ways of giving way.

Everything somebody set — pins and the county's own bounds — is allowed to give way at a price so high (a thousand times the
measure's own) that it only happens where it must; the cheapest plan of that problem shows where. What the policy asks never gives
way. Where even that has no solution, no measure on offer can raise what is short, and those schools are named.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from junheng.common.errors import UserError
from junheng.common.stages import Stage
from junheng.planning.improvement.board import Board, Decision, Floats, Together
from junheng.planning.improvement.greedy import Filling
from junheng.planning.improvement.levers import BY_ID
from junheng.planning.improvement.situation import Situation
from junheng.planning.improvement.solver import solve

_PENALTY = 1000.0
_LEAST_PRICE = 1000.0
"""Yuan, where the measure itself costs nothing (what leaves a school)."""
_SHOWN = 8


@dataclass(frozen=True)
class GivingWay:
    """One constraint that must give way. what: the constraint, in Chinese; set_to, needed: its bound, and the nearest one that
    works; serves: what asks for it, in Chinese ("第1小学小学 L4 逐校限值")."""

    what: str
    set_to: float
    needed: float
    serves: str

    @property
    def fight(self) -> str:
        """"第1小学新建、改扩建教学及辅助用房至多 0，与第1小学小学 L3 逐校限值冲突"."""
        return f"{self.what} {self.set_to:,.10g}，与{self.serves}冲突"

    @property
    def text(self) -> str:
        """"“第1小学新建、改扩建教学及辅助用房至多 0 ㎡”放宽到 420 ㎡"."""
        return f"“{self.what} {self.set_to:,.10g}”改为 {self.needed:,.10g}"


class NoPlanError(UserError):
    """No plan exists under the constraints. giving_way: the smallest relaxations, () when nothing that was set is to blame;
    beyond_reach: Chinese lines, what no measure on offer can raise."""

    def __init__(self, what: str, giving_way: tuple[GivingWay, ...], beyond_reach: tuple[str, ...]) -> None:
        self.giving_way, self.beyond_reach = giving_way, beyond_reach
        fights = [each.fight for each in giving_way[:_SHOWN]]
        why = "；".join((*fights, *beyond_reach[:_SHOWN]))
        remedy = "最小的放宽：" + "；".join(each.text for each in giving_way[:_SHOWN]) if giving_way else "请在单价表中补上相应的措施，或补报分学段的数据"
        super().__init__(what, why=why, remedy=remedy)

    @property
    def reasons(self) -> tuple[str, ...]:
        """All of it, one line each."""
        return (*(f"{each.fight}；可{each.text}" for each in self.giving_way), *self.beyond_reach)


def explain(found: Situation, seconds: float = 30.0, notify: Callable[[str], None] = lambda _: None) -> NoPlanError:
    """The reason why a situation has no plan."""
    what = "在给定的约束下没有任何方案能全部达标"
    notify("查找互相冲突的约束")
    elastic, soft = _elastic(found.board)
    if soft:
        solved = solve(elastic, gap=0.01, seconds=seconds)
        if solved.amounts is not None:
            return NoPlanError(what, tuple(_giving_way(found, each, solved.amounts) for each in soft if solved.amounts[each.slack] > 1e-6), ())
    return NoPlanError(what, (), _beyond_reach(found))


@dataclass(frozen=True)
class _Soft:
    """A bound that may give way: of one decision (most, or least where `upward` is False), or of the county (`together`)."""

    slack: int
    decision: int | None
    together: int | None
    upward: bool


def _elastic(board: Board) -> tuple[Board, list[_Soft]]:
    decisions, together, soft = list(board.decisions), list(board.together), []
    first = len(decisions)

    def slack(cost: float, like: Decision | None) -> int:
        price = max(cost, _LEAST_PRICE / (like.counted_in if like else 1.0)) * _PENALTY
        decisions.append(Decision(-1, "", "", 0, 0.0, np.inf, price, bool(like and like.whole), like.counted_in if like else 1.0))
        return len(decisions) - 1

    for j, each in enumerate(board.decisions):
        if each.unpinned is None:
            continue
        free_least, free_most = each.unpinned
        decisions[j] = replace(each, least=free_least, most=free_most)
        if each.most < free_most:
            s = slack(each.cost, each)
            together.append(Together("", np.array([j, s]), np.array([1.0, -1.0]), each.most))
            soft.append(_Soft(s, j, None, True))
        if each.least > free_least:
            s = slack(each.cost, each)
            together.append(Together("", np.array([j, s]), np.array([-1.0, -1.0]), -each.least))
            soft.append(_Soft(s, j, None, False))
    for number, bound in enumerate(board.together):
        if bound.of_county:
            s = slack(float(np.mean(board.costs[bound.members])), board.decisions[int(bound.members[0])])
            together[number] = replace(bound, members=np.append(bound.members, s), coefficients=np.append(bound.coefficients, -1.0))
            soft.append(_Soft(s, None, number, True))
    wider = sp.hstack([board.effect, sp.csr_array((board.effect.shape[0], len(decisions) - first))]).tocsr()
    return replace(board, decisions=tuple(decisions), effect=sp.csr_array(wider), together=tuple(together)), soft


def _giving_way(found: Situation, soft: _Soft, amounts: Floats) -> GivingWay:
    board = found.board
    by = round(float(amounts[soft.slack]), 2)
    if soft.together is not None:
        bound = board.together[soft.together]
        return GivingWay(bound.what, bound.most, bound.most + by, "各校的达标要求合计")
    assert soft.decision is not None
    each = board.decisions[soft.decision]
    lever, row = BY_ID[each.lever], found.scenarios[0].facts.school[each.school]
    verb = "调出" if each.direction < 0 else ""
    what = f"{row['school_name']}{Stage(each.stage).label if each.stage else ''}{verb}{lever.title}{'至多' if soft.upward else '至少'}（{lever.unit}）"
    set_to = each.most if soft.upward else each.least
    return GivingWay(what, set_to, set_to + by if soft.upward else set_to - by, _serves(found, soft.decision, amounts))


def _serves(found: Situation, j: int, amounts: Floats) -> str:
    """The requirements of the school that are just met at these amounts and that the decision moves."""
    board, words = found.board, []
    numerators = board.reached(amounts[: len(board.decisions)])
    for cell in board.effect[:, [j]].tocoo().row.tolist():
        r, i = divmod(int(cell), board.shape[1])
        name = f"{found.scenarios[0].facts.school[int(found.row_school[r])]['school_name']}{Stage(found.row_stage[r]).label} {board.codes[i]}"
        value = numerators[r, i] / board.pupils[r]
        for line, label in ((board.limit[r, i], "逐校限值"), (board.floor[r, i], "85% 线")):
            if abs(value - line) <= max(1.0, float(abs(board.effect[cell, j]))) / board.pupils[r] + 1e-6 * line:
                words.append(f"{name} {label} {line:g}")
                break
    stages = {found.row_stage[int(cell) // board.shape[1]] for cell in board.effect[:, [j]].tocoo().row.tolist()}
    return "、".join(dict.fromkeys(words)) or f"{'、'.join(Stage(stage).label for stage in sorted(stages, reverse=True))}的校际差异系数限值或调入调出平衡"


def _beyond_reach(found: Situation) -> tuple[str, ...]:
    """Schools whose indicator is under its floor, or too many of whose indicators are under their limit, with no measure that
    raises them."""
    board, out = found.board, []
    filling = Filling(board, board.least)
    for r in range(board.shape[0]):
        stuck = [
            i for i in range(board.shape[1])
            if filling.numerators[r, i] < board.limit[r, i] * board.pupils[r] * (1 - 1e-9) and not np.isfinite(filling.price(r, i))
        ]  # fmt: skip
        asked = int((~np.isnan(board.limit[r])).sum())
        under_floor = [i for i in stuck if filling.numerators[r, i] < board.floor[r, i] * board.pupils[r] * (1 - 1e-9)]
        blamed = stuck if len(stuck) > asked - board.min_met else under_floor
        if blamed:
            name = found.scenarios[0].facts.school[int(found.row_school[r])]["school_name"]
            codes = "、".join(board.codes[i] for i in blamed)
            out.append(f"{name}{Stage(found.row_stage[r]).label} {codes} 不足，而单价表里没有能提高它的措施")
    return tuple(dict.fromkeys(out)) or ("校际差异系数超过限值，而单价表里没有能缩小差异的措施",)
