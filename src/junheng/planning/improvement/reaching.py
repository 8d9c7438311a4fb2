"""预算内最多使多少学校达标: the program of `program`, with money given and schools to be won.

Sets, data, v, z as in `program`; R the school-stage rows of the reported pupils; B the budget
Variables  y_r ∈ {0,1} row r holds the rule; 1 where it holds already: nobody is made to fail
Maximise   Σ_r y_r − 0.01 Σ_j a_j v_j / B                                   as many as can be, then the least money     (0')
subject to x⁰_ri + Σ_j e_rij v_j ≥ f_ri p_r y_r + (c_ri − f_ri) p_r z_ri      for r, i                                  (1')
           Σ_i z_ri ≥ k y_r                                                   for r                                     (2')
           (7) with B, (8)
The CVs are not asked for: which of them hold is judged afterwards. The solver's bound of Σ y_r is proven.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

import highspy
import numpy as np

from junheng.planning.highs import run, silent_highs
from junheng.planning.improvement.board import Board, Floats
from junheng.planning.improvement.program import Layout, Program

_HAIR = 1e-4
"""The part of a budget that is kept for rounding amounts up to whole hundredths."""
_MANY = 1e4
"""A budget of one hundredth, as (0') counts it, is too small a number for a solver's tolerances."""


@dataclass(frozen=True)
class Reached:
    """amounts: None when nothing was found in time; most: no amounts within the budget bring more rows to the rule."""

    amounts: Floats | None
    most: int


def most_schools(board: Board, budget: float, seconds: float) -> Reached:
    """budget: yuan, above nought. First as many rows as can be, then these for the least money."""
    program = Program(board, budget * (1 - _HAIR), every=False)
    lp, layout = program.build()
    h = silent_highs()
    h.setOptionValue("time_limit", max(seconds / 2, 0.1))
    h.passModel(lp)
    run(h)
    info, rows = h.getInfo(), len(layout.held)
    most = floor(-info.mip_dual_bound + 0.01 + 1e-6) if np.isfinite(info.mip_dual_bound) else rows
    if info.primal_solution_status != 2:
        return Reached(None, min(most, rows))
    values = np.array(h.getSolution().col_value)
    cheaper = _cheaper(lp, layout, values, seconds / 2)
    return Reached(program.amounts(values if cheaper is None else cheaper), min(most, rows))


def _cheaper(lp: highspy.HighsLp, layout: Layout, values: Floats, seconds: float) -> Floats | None:
    """The same rows for less money, the answer known as a start."""
    held = list(layout.held.values())
    cost, lower = np.array(lp.col_cost_), np.array(lp.col_lower_)
    cost[held], lower[held] = 0.0, np.rint(values[held])
    lp.col_cost_, lp.col_lower_ = cost * _MANY, lower
    h = silent_highs()
    h.setOptionValue("time_limit", max(seconds, 0.1))
    h.setOptionValue("mip_rel_gap", 1e-3)
    h.passModel(lp)
    solution = highspy.HighsSolution()
    solution.col_value = values.tolist()
    h.setSolution(solution)
    run(h)
    return np.array(h.getSolution().col_value) if h.getInfo().primal_solution_status == 2 else None
