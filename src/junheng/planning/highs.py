"""HiGHS as the planners use it: silent, within a time limit, its bound read with its answer."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace

import highspy
import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from junheng.planning import clock

Floats = NDArray[np.float64]
INF = float(highspy.kHighsInf)
_CHEAPEST, _SMALL = 3_000, 1e-6


def silent_highs() -> highspy.Highs:
    """A solver that prints nothing. The first one of a process prints its licence while it is made, before any option can be
    set, into the middle of whatever the command writes to standard output."""
    sys.stdout.flush()
    kept = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        h = highspy.Highs()  # type: ignore[no-untyped-call]
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)
    h.setOptionValue("output_flag", False)
    return h


def run(h: highspy.Highs) -> None:
    """Solve. Where somebody watches (`clock`), the solver asks in between and ends as at the end of its time once it is enough; what the
    watch raises is raised when the solver has put down its work, for nothing may be thrown through it."""
    watching = clock.watch()
    if watching is None:
        h.run()
        return
    raised: list[BaseException] = []

    def look(event: highspy.HighsCallbackEvent) -> None:
        try:
            if raised or watching.over():
                event.interrupt()
        except BaseException as error:  # whatever it is, it is raised below
            raised.append(error)
            event.interrupt()

    for each in (h.cbMipInterrupt, h.cbSimplexInterrupt, h.cbIpmInterrupt):
        each.subscribe(look)
    h.run()
    if raised:
        raise raised[0]


@dataclass(frozen=True)
class Model:
    """Minimise cost·x + offset subject to low ≤ rows·x ≤ high, least ≤ x ≤ most, x whole where `whole`."""

    cost: Floats
    rows: sp.csr_array
    low: Floats
    high: Floats
    least: Floats
    most: Floats
    whole: NDArray[np.bool_]
    offset: float = 0.0


@dataclass(frozen=True)
class Answer:
    """values: the best found, None when none was; bound: no answer costs less; infeasible: proven that there is none."""

    values: Floats | None
    objective: float
    bound: float
    infeasible: bool


@dataclass(frozen=True)
class Relaxed:
    """The linear relaxation's answer. reduced: what one more of every column would add to the objective, at least."""

    values: Floats
    reduced: Floats
    objective: float


class Relaxation:
    """A linear relaxation that rows are added to: solved again from where it was."""

    def __init__(self, model: Model) -> None:
        self._h = silent_highs()
        self._h.passModel(_program(replace(model, whole=np.zeros_like(model.whole))))

    def add(self, rows: sp.csr_array, low: Floats) -> None:
        """Rows that must be at least so much."""
        self._h.addRows(len(low), low, np.full(len(low), INF), rows.nnz, rows.indptr[:-1], rows.indices, rows.data)

    def solve(self, *, seconds: float) -> Relaxed | None:
        """None when there is no answer, or none within the time."""
        self._h.setOptionValue("time_limit", self._h.getRunTime() + max(seconds, 0.05))
        run(self._h)
        if self._h.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        solution = self._h.getSolution()
        return Relaxed(np.array(solution.col_value), np.array(solution.col_dual), float(self._h.getInfo().objective_function_value))


def relax(model: Model, *, seconds: float) -> Relaxed | None:
    """The relaxation in which nothing need be whole; None when it has no answer, or none within the time."""
    return Relaxation(model).solve(seconds=seconds)


def minimise(model: Model, *, seconds: float, gap: float = 0.0, start: Floats | None = None, cutoff: float = INF) -> Answer:
    """Solve as far as the time reaches. gap: relative; start: a feasible answer to begin from; cutoff: answers
    that cost more are of no use (then `infeasible` says only that there is none below it).

    HiGHS (1.16) may misjudge a start in its presolved problem and then believes to hold an answer cheaper than any; the values it
    gives back do not cost what it says. Such a run is done again with the start's cost as cutoff.
    """
    began = clock.now()
    answer = _run(model, seconds, gap, start, cutoff)
    if start is None or answer.values is None or answer.objective > _cost(model, answer.values) - 1e-6 * max(1.0, abs(answer.objective)):
        return answer
    known = _cost(model, answer.values)
    again = _run(model, seconds - (clock.now() - began), gap, None, known)
    return Answer(answer.values, known, known, False) if again.infeasible else again if again.values is not None else Answer(answer.values, known, again.bound, False)


def _cost(model: Model, values: Floats) -> float:
    return float(model.cost @ values) + model.offset


def _run(model: Model, seconds: float, gap: float, start: Floats | None, cutoff: float) -> Answer:
    h = silent_highs()
    h.setOptionValue("time_limit", max(seconds, 0.05))
    h.setOptionValue("mip_rel_gap", gap)
    h.setOptionValue("mip_abs_gap", 0.0)
    if np.isfinite(cutoff):
        h.setOptionValue("objective_bound", cutoff)
    h.passModel(_program(model))
    if start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = start.tolist()
        h.setSolution(solution)
    run(h)
    status, info, integer = h.getModelStatus(), h.getInfo(), bool(model.whole.any())
    found = info.primal_solution_status == 2  # feasible
    if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible) or (
        status == highspy.HighsModelStatus.kObjectiveBound and not found
    ):
        return Answer(None, np.inf, np.inf, True)
    useless = found and info.objective_function_value > cutoff + 1e-6 * max(1.0, abs(cutoff))
    if useless and status == highspy.HighsModelStatus.kOptimal:  # what it met on the way to proving that nothing is below the cutoff
        return Answer(None, np.inf, np.inf, True)
    found = found and not useless
    optimal = status == highspy.HighsModelStatus.kOptimal
    bound = info.mip_dual_bound if integer else info.objective_function_value if optimal else -np.inf
    if not found or not (integer or optimal):
        return Answer(None, np.inf, float(bound), False)
    return Answer(np.array(h.getSolution().col_value), float(info.objective_function_value), float(bound), False)


def minimise_narrowed(model: Model, *, seconds: float, gap: float = 0.0) -> Answer:
    """The same for programs whose relaxation is nearly whole. An answer among the columns that are cheapest by the relaxation's
    reduced costs comes first; a whole column whose reduced cost is more than that answer is above the relaxation is in no better one
    and leaves the program (Dantzig, Fulkerson and Johnson 1954), so that what is proven of the rest is proven of all."""
    ends = clock.now() + seconds
    relaxed = relax(model, seconds=seconds)
    if relaxed is None:
        return minimise(model, seconds=max(ends - clock.now(), 0.05), gap=gap)
    above = np.where(model.whole & (relaxed.values < model.least + _SMALL), np.maximum(relaxed.reduced, 0.0), 0.0)
    first = minimise(without(model, above > np.partition(above, min(_CHEAPEST, len(above) - 1))[min(_CHEAPEST, len(above) - 1)]),
                     seconds=(ends - clock.now()) / 2, gap=gap)  # fmt: skip
    if first.values is None:
        return minimise(model, seconds=max(ends - clock.now(), 0.05), gap=gap)
    if first.objective - relaxed.objective <= gap * abs(first.objective):
        return replace(first, bound=relaxed.objective)
    room = first.objective - relaxed.objective + _SMALL
    last = minimise(without(model, above > room), seconds=max(ends - clock.now(), 0.05), gap=gap, start=first.values)
    best = first if last.values is None or first.objective < last.objective else last
    return replace(best, bound=max(relaxed.objective, min(last.bound, best.objective)))


def without(model: Model, columns: NDArray[np.bool_]) -> Model:
    """The same with these columns held at the least they may be, which HiGHS drops before it begins."""
    return replace(model, most=np.where(columns, model.least, model.most))


def _program(model: Model) -> highspy.HighsLp:
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = model.rows.shape
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = model.cost, model.least, np.minimum(model.most, INF)
    lp.row_lower_, lp.row_upper_ = np.maximum(model.low, -INF), np.minimum(model.high, INF)
    lp.offset_ = model.offset
    matrix = model.rows
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix.indptr, matrix.indices, matrix.data
    if model.whole.any():
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[flag] for flag in model.whole.tolist()]
    return lp
