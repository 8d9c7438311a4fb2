"""达标方案的数学模型: the cheapest plan as a mixed-integer linear program with lifted second-order cones.

Sets
    R  school-stage rows that count (every forecast of pupils has its own), I indicators, J decisions (a measure, a school,
       coming or leaving), G groups (county stage × forecast), R_g rows of a group
Data
    p_r pupils; x⁰_ri numerator as reported; e_rij what one unit of j adds to it (linear: splits and exceptions are in it)
    c_ri limit, f_ri = share·c_ri floor; k indicators that must reach their limit; κ_g = CV limit × (1 − 10⁻⁴)
    a_j cost per unit; ℓ_j, u_j bounds (pins, stock that may leave)
Variables
    v_j ≥ 0 units, whole for people and rooms; z_ri ∈ {0,1} indicator i of row r reaches its limit
    m_gi mean, d_ri weighted deviation, w_ri its share of the cone
Minimise Σ_j a_j v_j                                                                                                    (0)
subject to
    x⁰_ri + Σ_j e_rij v_j ≥ f_ri p_r + (c_ri − f_ri) p_r z_ri                for r, i: the floor, and the limit where z = 1  (1)
    Σ_i z_ri ≥ k                                                              for r: 逐校规则                              (2)
    P_g s_i m_gi = Σ_{r∈R_g} (x⁰_ri + Σ_j e_rij v_j),  P_g = Σ p_r            for g, i: the county's mean, scaled by s_i   (3)
    d_ri = √(p_r/P_g) · ((x⁰_ri + Σ_j e_rij v_j)/(s_i p_r) − m_gi)            for g, i, r ∈ R_g                            (4)
    w_ri ≥ 2 t d_ri − t² κ_g m_gi                                             for r, i and slopes t                        (5)
    Σ_{r∈R_g} w_ri ≤ κ_g m_gi                                                 for g, i: 校际差异系数                       (6)
    Σ_j ±v_j = 0 for what is moved between schools; Σ v_j ≤ bounds of schools and of the county; Σ a_j v_j ≤ budget        (7)
    ℓ_j ≤ v_j ≤ u_j                                                                                                       (8)

Why (3)–(6) is the CV. The condition √(Σ (p_r/P)(y_r − X̄)²) ≤ κ X̄ is ‖d‖ ≤ κ m. With ρ = κ m > 0 it says Σ d_r²/ρ ≤ ρ, so
there are w_r ≥ d_r²/ρ with Σ w_r ≤ ρ; d²/ρ is convex and (5) is its tangent where d/ρ = t. Fixed slopes are there from the
start, further ones are added where an answer breaks the cone. Lifting to one w per school makes every tangent a cut of a
two-dimensional cone: far fewer are needed than of the whole cone at once (stack notes, prototype B; Vielma, Dunning, Huchette,
Lubin 2017, “Extended formulations in mixed integer conic quadratic programming”, Math. Prog. Comp. 9). Every program with finitely
many slopes is a relaxation, so its bound is a bound of the program with the whole cone. The limit is tightened by 10⁻⁴, relative,
so that an answer within the solver's tolerances truly satisfies the CV; the proven gap is that of the tightened program.

(1) is strengthened where every decision that touches r, i is whole and moves it by the same step e: both right-hand sides are
rounded up to multiples of e.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import highspy
import numpy as np
import scipy.sparse as sp

from junheng.planning.improvement.board import Board, Floats, short_of_rule

Cone = tuple[int, int]
"""(group, indicator)"""
INF = float(highspy.kHighsInf)
MONEY = 10_000.0
"""The objective is counted in 万元."""


@dataclass
class _Rows:
    """Rows of a program being written."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)

    def add(self, lower: float, upper: float, columns: list[int], values: list[float]) -> None:
        self.starts.append(len(self.columns))
        self.lower.append(lower)
        self.upper.append(upper)
        self.columns += columns
        self.values += values


@dataclass(frozen=True)
class Layout:
    """Where the columns stand: decisions first. reach: (row, indicator) → column of z; mean: cone → m; deviation, share:
    (cone, position in the group) → d, w; held: row → y of `reaching`, empty where every row must hold the rule."""

    reach: dict[tuple[int, int], int]
    mean: dict[Cone, int]
    deviation: dict[tuple[Cone, int], int]
    share: dict[tuple[Cone, int], int]
    held: dict[int, int]
    columns: int


class Program:
    """Equations (0)–(8) for the cones asked for. budget: yuan, None = as much as it takes. every: False = (0')–(2') of `reaching`
    in place of (0)–(2); then there must be a budget."""

    def __init__(self, board: Board, budget: float | None = None, *, every: bool = True) -> None:
        self.board, self.budget, self.every = board, budget, every
        self.cones: list[Cone] = []
        self.slopes: dict[tuple[Cone, int], list[float]] = {}
        self._scale = np.nanmedian(np.where(np.isnan(board.limit), board.start / board.pupils[:, None], board.limit), axis=0)
        self._scale[~(self._scale > 0)] = 1.0
        self._units = board.units
        self._costs = board.costs * self._units / MONEY
        self._effect = sp.csr_array(board.effect * self._units[None, :])

    def watch(self, cone: Cone) -> None:
        """Put a CV under its cone, with fixed slopes of the size deviations have."""
        if cone in self.cones:
            return
        self.cones.append(cone)
        n = len(self.board.groups[cone[0]].rows)
        for k in range(n):
            self.slopes[cone, k] = [sign * size / np.sqrt(n) for sign in (-1, 1) for size in (0.4, 1.0, 2.5)]

    def kappa(self, cone: Cone) -> float:
        """The cone's CV limit."""
        return float(self.board.cv_limits(cone[0])[cone[1]])

    def build(self) -> tuple[highspy.HighsLp, Layout]:
        """The linear program (whole columns are marked as such) and where its parts stand."""
        layout = self._columns()
        rows = _Rows()
        self._rule(rows, layout)
        for cone in self.cones:
            self._cone(rows, layout, cone)
        for each in self.board.together:
            rows.add(each.most if each.equal else -INF, each.most, each.members.tolist(), (each.coefficients * self._units[each.members]).tolist())
        if self.budget is not None:
            priced = np.flatnonzero(self.board.costs)
            rows.add(-INF, self.budget / MONEY, priced.tolist(), self._costs[priced].tolist())
        return self._lp(rows, layout), layout

    def _columns(self) -> Layout:
        board, at = self.board, len(self.board.decisions)
        reach, mean, deviation, share = {}, {}, {}, {}
        rows = [] if self.every else sorted({int(r) for group in board.groups if group.scenario == 0 for r in group.rows})
        held = {r: at + n for n, r in enumerate(rows)}
        at += len(held)
        for r, i in zip(*np.nonzero(~np.isnan(board.limit)), strict=True):
            reach[int(r), int(i)], at = at, at + 1
        for cone in self.cones:
            mean[cone], at = at, at + 1
            for k in range(len(board.groups[cone[0]].rows)):
                deviation[cone, k], share[cone, k], at = at, at + 1, at + 2
        return Layout(reach, mean, deviation, share, held, at)

    def _rule(self, rows: _Rows, layout: Layout) -> None:
        board = self.board
        by_row: dict[int, list[int]] = {}
        for (r, i), z in layout.reach.items():
            if not self.every and r not in layout.held:
                continue
            by_row.setdefault(r, []).append(z)
            columns, effects = self._touching(r, i)
            floor, limit = self._lines(r, i, columns, effects)
            size = float(np.abs(effects).max()) if len(effects) else float(self._scale[i] * board.pupils[r])
            parts, worth = [*columns.tolist(), z], [*(effects / size).tolist(), (floor - limit) / size]
            if self.every:
                rows.add(floor / size, INF, parts, worth)
            else:
                have = float(board.start[r, i])
                rows.add(-have / size, INF, [*parts, layout.held[r]], [*worth, -(floor + have) / size])
        for r, zs in by_row.items():
            asked = min(board.min_met, len(zs))
            if self.every:
                rows.add(asked, INF, zs, [1.0] * len(zs))
            else:
                rows.add(0.0, INF, [*zs, layout.held[r]], [*[1.0] * len(zs), -float(asked)])

    def _touching(self, r: int, i: int) -> tuple[np.ndarray, Floats]:
        effect, cell = self._effect, r * self.board.shape[1] + i
        where = slice(effect.indptr[cell], effect.indptr[cell + 1])
        return effect.indices[where], effect.data[where]

    def _lines(self, r: int, i: int, columns: np.ndarray, effects: Floats) -> tuple[float, float]:
        """What the decisions must add to reach the floor and the limit, in scaled units of the numerator."""
        p, have = self.board.pupils[r], self.board.start[r, i]
        lines = self.board.floor[r, i] * p - have, self.board.limit[r, i] * p - have
        if len(columns) and self.board.whole[columns].all() and np.allclose(np.abs(effects), abs(effects[0]), rtol=1e-9):
            step = abs(float(effects[0]))
            lines = tuple(step * float(np.ceil(line / step - 1e-7)) for line in lines)  # type: ignore[assignment]
        return lines

    def _cone(self, rows: _Rows, layout: Layout, cone: Cone) -> None:
        board, (g, i) = self.board, cone
        group, kappa, scale = board.groups[g], self.kappa(cone), float(self._scale[cone[1]])
        p = board.pupils[group.rows]
        total, m = float(p.sum()), layout.mean[cone]
        touched: dict[int, float] = {}
        for k, r in enumerate(group.rows.tolist()):
            columns, effects = self._touching(r, i)
            for j, e in zip(columns.tolist(), effects.tolist(), strict=True):
                touched[j] = touched.get(j, 0.0) + e / (total * scale)
            weight = float(np.sqrt(p[k] / total))
            scaled = weight / (scale * float(p[k]))
            rows.add(scaled * board.start[r, i], scaled * board.start[r, i],
                     [layout.deviation[cone, k], m, *columns.tolist()], [1.0, weight, *(-scaled * effects).tolist()])  # fmt: skip
            for t in self.slopes[cone, k]:
                rows.add(*self.tangent(layout, cone, k, t))
        start = float(board.start[group.rows, i].sum()) / (total * scale)
        rows.add(start, start, [m, *touched], [1.0, *(-e for e in touched.values())])
        shares = [layout.share[cone, k] for k in range(len(p))]
        rows.add(-INF, 0.0, [*shares, m], [*[1.0] * len(shares), -kappa])

    def tangent(self, layout: Layout, cone: Cone, k: int, t: float) -> tuple[float, float, list[int], list[float]]:
        """Row (5) with slope t: lower, upper, columns, coefficients."""
        columns = [layout.share[cone, k], layout.deviation[cone, k], layout.mean[cone]]
        return 0.0, INF, columns, [1.0, -2 * t, t * t * self.kappa(cone)]

    def _lp(self, rows: _Rows, layout: Layout) -> highspy.HighsLp:
        board, n = self.board, layout.columns
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = n, len(rows.lower)
        cost, lower, upper = np.zeros(n), np.zeros(n), np.full(n, INF)
        v = len(board.decisions)
        cost[:v], lower[:v] = self._costs, board.least / self._units
        upper[:v] = np.where(np.isfinite(board.most), board.most / self._units, INF)
        upper[list(layout.reach.values())] = 1.0
        if self.budget is not None and layout.held:
            cost *= 0.01 * MONEY / self.budget
            columns = list(layout.held.values())
            cost[columns], upper[columns] = -1.0, 1.0
            lower[columns] = (~short_of_rule(board, board.start)[list(layout.held)]).astype(float)
        lower[list(layout.deviation.values())] = -INF
        whole = np.zeros(n, dtype=bool)
        whole[:v], whole[list(layout.reach.values())], whole[list(layout.held.values())] = board.whole, True, True
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = cost, lower, upper
        lp.row_lower_, lp.row_upper_ = np.array(rows.lower), np.array(rows.upper)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array([*rows.starts, len(rows.columns)], dtype=np.int32)
        lp.a_matrix_.index_ = np.array(rows.columns, dtype=np.int32)
        lp.a_matrix_.value_ = np.array(rows.values)
        kinds = highspy.HighsVarType
        lp.integrality_ = [kinds.kInteger if each else kinds.kContinuous for each in whole]
        return lp

    def cut(self, amounts: Floats, shares: dict[Cone, Floats] | None = None) -> list[tuple[Cone, int, float]]:
        """New slopes where these amounts break a cone. shares: the w of an answer, to cut only where they are too small."""
        new = []
        for cone in self.cones:
            deviation, rho = self.deviations(amounts, cone)
            if rho <= 0 or float(deviation @ deviation) <= rho * rho * (1 + 1e-6):
                continue
            t = deviation / rho
            given = shares[cone] if shares else np.zeros(len(t))
            for k in np.flatnonzero(deviation * t > given + 1e-9):
                near = min(abs(t[k] - each) for each in self.slopes[cone, int(k)])
                if near > 1e-5:
                    self.slopes[cone, int(k)].append(float(t[k]))
                    new.append((cone, int(k), float(t[k])))
        return new

    def deviations(self, amounts: Floats, cone: Cone) -> tuple[Floats, float]:
        """d of the cone's rows and κ·m at these amounts."""
        group, i = self.board.groups[cone[0]], cone[1]
        p, x = self.board.pupils[group.rows], self.board.reached(amounts)[group.rows, i]
        mean = float(x.sum() / p.sum())
        scale = float(self._scale[i])
        out: Floats = np.sqrt(p / p.sum()) * (x / p - mean) / scale
        return out, self.kappa(cone) * mean / scale

    def broken(self, amounts: Floats) -> list[Cone]:
        """Cones not watched yet whose CV is above its limit at these amounts."""
        return [cone for cone in self.board.above(self.board.reached(amounts)) if cone not in self.cones]

    def amounts(self, values: Floats, *, relaxed: bool = False) -> Floats:
        """The decisions out of a solver's columns, in their own units, within their bounds. relaxed: leave fractions of people."""
        board, v = self.board, len(self.board.decisions)
        out = values[:v] * self._units
        if not relaxed:
            out = np.where(board.whole, np.rint(out), out)
        kept: Floats = np.minimum(np.maximum(out, board.least), board.most)
        return kept

    def full_vector(self, layout: Layout, amounts: Floats) -> Floats:
        """All columns for amounts that hold: a start for the solver."""
        out = np.zeros(layout.columns)
        out[: len(amounts)] = amounts / self._units
        numerators, board = self.board.reached(amounts), self.board
        for (r, i), z in layout.reach.items():
            line = board.limit[r, i] * board.pupils[r]
            out[z] = float(numerators[r, i] >= line - 1e-9 * abs(line))
        for cone in self.cones:
            deviation, rho = self.deviations(amounts, cone)
            out[layout.mean[cone]] = rho / self.kappa(cone)
            for k, d in enumerate(deviation):
                out[layout.deviation[cone, k]] = d
                out[layout.share[cone, k]] = d * d / rho if rho > 0 else 0.0
        return out
