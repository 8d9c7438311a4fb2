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

import numpy as np

from junheng.planning.highs import silent_highs
from junheng.planning.improvement.board import Board, Floats
from junheng.planning.improvement.program import Program

_HAIR = 1e-4
"""The part of a budget that is kept for rounding amounts up to whole hundredths."""


@dataclass(frozen=True)
class Reached:
    """amounts: None when nothing was found in time; most: no amounts within the budget bring more rows to the rule."""

    amounts: Floats | None
    most: int


def most_schools(board: Board, budget: float, seconds: float) -> Reached:
    """budget: yuan, above nought."""
    program = Program(board, budget * (1 - _HAIR), every=False)
    lp, layout = program.build()
    h = silent_highs()
    h.setOptionValue("time_limit", max(seconds, 0.1))
    h.passModel(lp)
    h.run()
    info, rows = h.getInfo(), len(layout.held)
    most = floor(-info.mip_dual_bound + 0.01 + 1e-6) if np.isfinite(info.mip_dual_bound) else rows
    found = program.amounts(np.array(h.getSolution().col_value)) if info.primal_solution_status == 2 else None
    return Reached(found, min(most, rows))
