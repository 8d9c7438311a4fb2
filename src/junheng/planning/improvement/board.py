"""The improvement problem in numbers: school-stage rows × indicators, and decisions that add to them.

Built by `situation` from measured and judged facts, read by `program`, `greedy` and `conflicts`. Floats here only steer the
search; what is returned to anybody is judged again on changed facts in exact arithmetic (`checking`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


@dataclass(frozen=True)
class Group:
    """One county stage under one forecast of pupils: the schools whose CV is judged together. scenario: number of the
    forecast (0 = as reported)."""

    scenario: int
    stage: str
    cv_limit: float
    rows: Ints


@dataclass(frozen=True)
class Decision:
    """One number to be chosen: so many units of a measure for a school (and stage).

    school: position in the facts; direction: +1 the school gets them, −1 they leave it; cost: yuan per unit over the plan,
    at the usual price (nothing for what leaves: the receiving side bears it). most: inf = no bound of its own.
    counted_in: the size a solver counts it in, so that its numbers stay near one. unpinned: its bounds without the officials'
    pins, None where no pin speaks of it.
    """

    school: int
    lever: str
    stage: str
    direction: int
    least: float
    most: float
    cost: float
    whole: bool
    counted_in: float = 1.0
    unpinned: tuple[float, float] | None = None


@dataclass(frozen=True)
class Together:
    """Decisions whose sum is bounded: Σ coefficient × amount ≤ most (= most where `equal`). what: in Chinese; of_county: a
    bound somebody set for the county, which may be given way."""

    what: str
    members: Ints
    coefficients: Floats
    most: float
    equal: bool = False
    of_county: bool = False


@dataclass(frozen=True)
class Board:
    """Rows r, indicators i, decisions j.

    pupils: by row; start: rows × indicators, the scaled numerators before anything is done; limit, floor: the per-school
    limit and the share of it that every indicator must reach (nan limit = the policy sets none). effect: (rows·indicators) ×
    decisions, what one unit adds to the numerator. min_met: indicators that must reach their limit in every row.
    tightened: share by which CV limits are tightened; eased: (group, indicator) → what its CV limit is raised by (`prices`).
    """

    pupils: Floats
    start: Floats
    limit: Floats
    floor: Floats
    min_met: int
    groups: tuple[Group, ...]
    decisions: tuple[Decision, ...]
    effect: sp.csr_array
    together: tuple[Together, ...] = ()
    codes: tuple[str, ...] = ()
    tightened: float = 1e-4
    eased: Mapping[tuple[int, int], float] = field(default_factory=dict)

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, indicators)."""
        return self.start.shape[0], self.start.shape[1]

    def reached(self, amounts: Floats) -> Floats:
        """Rows × indicators of the numerators when so much is done."""
        out: Floats = self.start + (self.effect @ amounts).reshape(self.shape)
        return out

    @property
    def units(self) -> Floats:
        """By decision: `counted_in`."""
        return np.array([each.counted_in for each in self.decisions])

    def cost(self, amounts: Floats) -> float:
        return float(self.costs @ amounts)

    def cv_limits(self, group: int) -> Floats:
        """By indicator: what the group's CVs must not exceed."""
        limit = self.groups[group].cv_limit
        return np.array([(limit + self.eased.get((group, i), 0.0)) * (1 - self.tightened) for i in range(self.shape[1])])

    def above(self, numerators: Floats, slack: float = 0.0) -> list[tuple[int, int]]:
        """(group, indicator) of the CVs above their limits."""
        return [
            (g, int(i)) for g, group in enumerate(self.groups)
            for i in np.flatnonzero(spread(self, group, numerators) > self.cv_limits(g) * (1 + slack))
        ]  # fmt: skip

    @property
    def costs(self) -> Floats:
        return np.array([each.cost for each in self.decisions])

    @property
    def least(self) -> Floats:
        return np.array([each.least for each in self.decisions])

    @property
    def most(self) -> Floats:
        return np.array([each.most for each in self.decisions])

    @property
    def whole(self) -> NDArray[np.bool_]:
        return np.array([each.whole for each in self.decisions], dtype=bool)


def spread(board: Board, group: Group, numerators: Floats) -> Floats:
    """By indicator: the CV of the group's rows, population form, weighted by pupils; inf where the mean is 0."""
    p, x = board.pupils[group.rows], numerators[group.rows]
    total = x.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        square = p.sum() * (x * x / p[:, None]).sum(axis=0) / (total * total) - 1
    out: Floats = np.where(total > 0, np.sqrt(np.maximum(square, 0.0)), np.inf)
    return out


def short_of_rule(board: Board, numerators: Floats, slack: float = 1e-9) -> NDArray[np.bool_]:
    """By row: the per-school rule does not hold."""
    p = board.pupils[:, None]
    asked = ~np.isnan(board.limit)
    met = np.where(asked, numerators >= board.limit * p - slack * np.abs(board.limit * p), False)
    over = np.where(asked, numerators >= board.floor * p - slack * np.abs(board.floor * p), True)
    out: NDArray[np.bool_] = ~((met.sum(axis=1) >= board.min_met) & over.all(axis=1))
    return out


def holds(board: Board, amounts: Floats) -> bool:
    """The rule, every CV with the tightened limit, and every bound hold (to rounding error)."""
    numerators = board.reached(amounts)
    return (
        not short_of_rule(board, numerators).any()
        and not board.above(numerators, board.tightened / 2)
        and within_bounds(board, amounts)
    )


def within_bounds(board: Board, amounts: Floats, slack: float = 1e-6) -> bool:
    """Every decision and every common bound is kept."""
    if (amounts < board.least - slack).any() or (amounts > board.most + slack).any():
        return False
    for each in board.together:
        size = float(each.coefficients @ amounts[each.members])
        room = slack * max(1.0, abs(each.most) if np.isfinite(each.most) else 1.0)
        if size > each.most + room or (each.equal and size < each.most - room):
            return False
    return True
