"""A plan that holds, found without an optimiser: the first incumbent, and the repair of answers that miss a CV by a little.

1. Every school reaches its rule alone: of the indicators it may leave at the share of the limit, it leaves the dearest.
2. While a CV is above its limit, the lowest schools are raised to one common level, the least level at which it holds
   (water filling). Raising everything below h to h never increases a weighted CV, and at h = the highest value it is 0, so
   a level is always found unless a bound stands in the way.
"""

from __future__ import annotations

import numpy as np

from junheng.planning.improvement.board import Board, Floats, short_of_rule, within_bounds

_SWEEPS, _STEPS = 60, 400
_SMALL = 0.002
"""A step of area or money, as a share of the school's numerator."""


class Filling:
    """Amounts that grow. Only what comes from outside is used: moves need a partner."""

    def __init__(self, board: Board, amounts: Floats) -> None:
        self.board, self.amounts = board, amounts.copy()
        self.numerators = board.reached(self.amounts)
        self._by_column = board.effect.tocsc()
        self._most = board.most
        self._whole = board.whole
        self._paired = {int(j) for each in board.together if each.equal for j in each.members}
        self._capped = [each for each in board.together if not each.equal]
        self._ways = self._ordered_ways()

    def _ordered_ways(self) -> dict[int, list[tuple[float, int, float]]]:
        """Cell (row·indicators + indicator) → (yuan per unit of the numerator, decision, effect), cheapest first."""
        ways: dict[int, list[tuple[float, int, float]]] = {}
        entries = self.board.effect.tocoo()
        for cell, j, effect in zip(entries.row, entries.col, entries.data, strict=True):
            if effect > 0 and self._buyable(int(j)):
                ways.setdefault(int(cell), []).append((self.board.decisions[j].cost / effect, int(j), float(effect)))
        return {cell: sorted(found) for cell, found in ways.items()}

    def price(self, row: int, indicator: int) -> float:
        """Yuan per unit of the numerator, by the cheapest way; inf where there is none."""
        ways = self._ways.get(row * self.board.shape[1] + indicator)
        return ways[0][0] if ways else np.inf

    def raise_to(self, row: int, indicator: int, numerator: float) -> bool:
        """Add the cheapest measures until the numerator is reached; False when they do not suffice."""
        for _, j, effect in self._ways.get(row * self.board.shape[1] + indicator, ()):
            short = numerator - self.numerators[row, indicator]
            if short <= 1e-9 * max(1.0, abs(numerator)):
                return True
            units = short / effect
            units = float(np.ceil(units - 1e-9)) if self._whole[j] else units
            self._make_room(j, units)
            self.add(j, min(units, self._room(j)))
        return bool(numerator - self.numerators[row, indicator] <= 1e-9 * max(1.0, abs(numerator)))

    def counted(self, indicator: int) -> bool:
        """The indicator is raised by whole units."""
        n = self.board.shape[1]
        return any(self._whole[j] for cell, ways in self._ways.items() if cell % n == indicator for _, j, _ in ways[:1])

    def best_way(self, row: int, indicator: int) -> tuple[float, int, float, float] | None:
        """(yuan, decision, what a step adds, what a unit adds) of the cheapest way with room: one person or room, or a small part."""
        for price, j, effect in self._ways.get(row * self.board.shape[1] + indicator, ()):
            small = _SMALL * max(self.numerators[row, indicator], self.board.pupils[row] * 1e-3)
            step = effect if self._whole[j] else small
            if self._room(j) * effect >= step:
                return price * step, j, step, effect
        return None

    def _make_room(self, j: int, units: float) -> None:
        """Where a common bound stands in the way that other measures widen (a teacher hired may become a backbone teacher), do as
        much of the cheapest of them as is wanting."""
        for each in self._capped:
            where = np.flatnonzero(each.members == j)
            wider = [int(k) for k, c in zip(each.members, each.coefficients, strict=True) if c < 0 and self._buyable(int(k))]
            if not len(where) or each.coefficients[where[0]] <= 0 or not wider:
                continue
            wanting = float(each.coefficients @ self.amounts[each.members]) + units - each.most
            if wanting > 1e-9:
                k = min(wider, key=lambda k: self.board.decisions[k].cost)
                self.add(k, min(float(np.ceil(wanting - 1e-9)), self._room(k)))

    def _buyable(self, j: int) -> bool:
        return self.board.decisions[j].direction > 0 and j not in self._paired

    def _room(self, j: int) -> float:
        room = self._most[j] - self.amounts[j]
        for each in self._capped:
            where = np.flatnonzero(each.members == j)
            if len(where) and each.coefficients[where[0]] > 0:
                room = min(room, each.most - float(each.coefficients @ self.amounts[each.members]))
        return float(np.floor(room + 1e-9)) if self._whole[j] and np.isfinite(room) else max(0.0, room)

    def add(self, j: int, units: float) -> None:
        """So many units more of a decision."""
        if units <= 0:
            return
        self.amounts[j] += units
        start, end = self._by_column.indptr[j], self._by_column.indptr[j + 1]
        cells = self._by_column.indices[start:end]
        np.add.at(self.numerators.reshape(-1), cells, units * self._by_column.data[start:end])


def greedy(board: Board) -> Floats | None:
    """Amounts that hold, or None when a bound (a pin, a county's maximum) stops the simple way."""
    filling = Filling(board, board.least)
    _reach_rule(board, filling)
    for _ in range(_SWEEPS):
        above = board.above(filling.numerators)
        before = filling.amounts.copy()
        for g, i in above:
            _level(board, filling, g, i)
        if not above or (before == filling.amounts).all():
            break
    return _if_held(board, filling)


def repaired(board: Board, amounts: Floats) -> Floats | None:
    """Amounts that miss a CV by a little, with single units added where they bring it down most for their price; None when that
    does not suffice."""
    return _if_held(board, Filling(board, nudged(board, amounts)))


def nudged(board: Board, amounts: Floats, *, only_whole: bool = False) -> Floats:
    """The amounts with units added one at a time until the rule and the CVs hold, or nothing helps. only_whole: leave CVs that
    areas and money bring down."""
    filling = Filling(board, amounts)
    _reach_rule(board, filling)
    for _ in range(_STEPS):
        above = [(g, i) for g, i in board.above(filling.numerators) if not only_whole or filling.counted(i)]
        if not above or not all(_nudge(board, filling, g, i) for g, i in above):
            break
    return filling.amounts


def _if_held(board: Board, filling: Filling) -> Floats | None:
    held = not board.above(filling.numerators) and not short_of_rule(board, filling.numerators).any()
    return filling.amounts if held and within_bounds(board, filling.amounts) else None


def _reach_rule(board: Board, filling: Filling) -> None:
    for row in np.flatnonzero(short_of_rule(board, filling.numerators)):
        _to_rule(board, filling, int(row))


def _nudge(board: Board, filling: Filling, g: int, i: int) -> bool:
    """One unit more at the school where it brings the CV down most for its price; False when none does."""
    group = board.groups[g]
    p, x = board.pupils[group.rows], filling.numerators[group.rows, i]
    best = [filling.best_way(int(r), i) for r in group.rows]
    cost = np.array([np.inf if way is None else way[0] for way in best])
    step = np.array([0.0 if way is None else way[2] for way in best])
    total, squares = x.sum(), (x * x / p).sum()
    now = squares / total**2
    gain = (now - (squares + (2 * x * step + step * step) / p) / (total + step) ** 2) / np.maximum(cost, 1e-9)
    k = int(np.argmax(gain))
    if gain[k] <= 0 or best[k] is None:
        return False
    way = best[k]
    assert way is not None
    filling.add(way[1], way[2] / way[3])
    return True


def _to_rule(board: Board, filling: Filling, row: int) -> None:
    """Every indicator to its floor, and all but the dearest ones to the limit."""
    p = board.pupils[row]
    asked = [i for i in range(board.shape[1]) if not np.isnan(board.limit[row, i])]
    saved = {i: _saved(board, filling, row, i) for i in asked}
    left = sorted(asked, key=lambda i: -saved[i])[: max(0, len(asked) - board.min_met)]
    # Measures that help several indicators first: what they bring along need not be bought again.
    for i in sorted(asked, key=lambda i: -_breadth(board, row, i)):
        line = board.floor[row, i] if i in left else board.limit[row, i]
        filling.raise_to(row, i, line * p)


def _saved(board: Board, filling: Filling, row: int, i: int) -> float:
    p, x = board.pupils[row], filling.numerators[row, i]
    spared = max(0.0, board.limit[row, i] * p - max(x, board.floor[row, i] * p))
    return spared * filling.price(row, i) if spared else 0.0


def _breadth(board: Board, row: int, i: int) -> int:
    n = board.shape[1]
    own = board.effect[[row * n + i], :].indices
    return int((board.effect[row * n : (row + 1) * n, :][:, own] != 0).sum()) if len(own) else 0


def _level(board: Board, filling: Filling, g: int, i: int) -> None:
    """Raise the lowest schools of the group to the least common value at which the CV holds."""
    group = board.groups[g]
    p, x = board.pupils[group.rows], filling.numerators[group.rows, i]
    values, limit = x / p, float(board.cv_limits(g)[i]) * (1 - 1e-7)
    low, high = float(values.min()), float(values.max())
    for _ in range(60):
        middle = (low + high) / 2
        raised = np.maximum(values, middle)
        mean = float(p @ raised) / p.sum()
        if mean > 0 and np.sqrt(float(p @ (raised - mean) ** 2) / p.sum()) <= limit * mean:
            high = middle
        else:
            low = middle
    for row, value in zip(group.rows, values, strict=True):
        if value < high:
            filling.raise_to(int(row), i, high * board.pupils[row])
