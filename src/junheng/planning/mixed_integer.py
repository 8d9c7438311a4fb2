"""A mixed-integer program given to HiGHS: arrays in, the best values and a bound out."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from junheng.planning.highs import silent_highs

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Program:
    """min cost·v with row_lower ≤ matrix·v ≤ row_upper, lower ≤ v ≤ upper; integer: which of v are whole."""

    cost: Floats
    lower: Floats
    upper: Floats
    integer: npt.NDArray[np.bool_]
    row_lower: Floats
    row_upper: Floats
    matrix: csr_array


@dataclass(frozen=True)
class Answer:
    """values: the best found, None = none. objective: its cost. bound: no solution costs less."""

    status: highspy.HighsModelStatus
    values: Floats | None
    objective: float
    bound: float


def solved(program: Program, *, seconds: float, gap: float = 0.0, cutoff: float = np.inf, start: Floats | None = None) -> Answer:
    """cutoff: only what costs less is of interest; the bound is then never above it. start: a solution to begin from."""
    solver = silent_highs()
    solver.setOptionValue("time_limit", float(max(seconds, 0.05)))
    solver.setOptionValue("mip_rel_gap", float(gap))
    solver.setOptionValue("threads", 2)
    if np.isfinite(cutoff):
        solver.setOptionValue("objective_bound", float(cutoff))
    solver.passModel(_model(program))
    if start is not None:
        given = highspy.HighsSolution()
        given.col_value = start.tolist()
        solver.setSolution(given)
    solver.run()
    status, info = solver.getModelStatus(), solver.getInfo()
    has = info.primal_solution_status == 2  # feasible
    values = np.array(solver.getSolution().col_value) if has else None
    proven = info.objective_function_value if status == highspy.HighsModelStatus.kOptimal and not program.integer.any() else info.mip_dual_bound
    bound = -np.inf if not np.isfinite(proven) or abs(proven) >= 1e30 else float(proven)
    return Answer(status, values, float(info.objective_function_value) if has else np.inf, min(bound, cutoff))


def _model(program: Program) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(program.cost), len(program.row_lower)
    model.col_cost_, model.col_lower_, model.col_upper_ = program.cost, program.lower, program.upper
    model.row_lower_, model.row_upper_ = program.row_lower, program.row_upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = program.matrix.indptr
    model.a_matrix_.index_ = program.matrix.indices
    model.a_matrix_.value_ = program.matrix.data
    model.integrality_ = [highspy.HighsVarType.kInteger if each else highspy.HighsVarType.kContinuous for each in program.integer]
    return model
