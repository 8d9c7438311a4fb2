"""逐校规则: at least `min_met` indicators reach their limit and every other one `floor_share` of it.

Why two corners decide. Fix a school stage with indicators v₁…v_k. The rule
R(v) = [#{i : vᵢ ≥ cᵢ} ≥ min_met] ∧ [∀i : vᵢ ≥ share·cᵢ] is monotone: raising any vᵢ never turns R from true to
false. Every completion v lies between the corner of all lower ends and the corner of all upper ends, so

* if R holds at the lower corner it holds for every completion: 达标;
* if R fails at the upper corner it fails for every completion: 未达标;
* otherwise some completion passes and some fails: 待定. The two corners are themselves completions, or limits of
  completions on the same side of the line (an upper end of ∞ is passed by a large enough number; a lower end
  that is not attained is 0 or −∞, below every limit that is above 0).

The numerators of the indicators vary independently, so both corners can be reached. Where they hang together — a
missing pupil count of another stage moves the split of L4–L7 at once — they move in the same direction, and the
corners are still reached together; a missing pupil count of the stage itself may be 0 (the stage does not exist,
nothing fails) or as large as we like (nothing passes), and is undecided. The verdict is therefore exact: 达标 iff all
completions pass, 未达标 iff none does.

Counting corners needs no enumeration: an indicator is met at the lower corner iff its comparison is PASS, and met
at the upper corner iff its comparison is not FAIL.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from junheng.engine.result import ExactSource, Floats, IntervalColumn, Rows
from junheng.judging.compare import ExactRow, RowLimits, Three, compare, three_of
from junheng.judging.limits import row_limits
from junheng.policy.in_force import Compare, PolicyInForce


@dataclass(frozen=True)
class SchoolColumns:
    """The per-school rule over school-stage rows × indicators that have a per-school limit.

    met, floor: rows × indicators, three-valued, against the limit and against floor_share of it.
    verdict: by row; excluded rows are PASS (nothing is asked of them), undecided inclusion is PASS or UNDECIDED.
    codes, limits, floors: by indicator.
    """

    codes: tuple[str, ...]
    indicators: tuple[str, ...]
    limits: tuple[RowLimits, ...]
    floors: tuple[RowLimits, ...]
    met: Three
    floor: Three
    verdict: Three


def school_rule(met: Three, floor: Three, min_met: int) -> Three:
    """The rule at both corners, from rows × indicators of three-valued comparisons."""
    lower = ((met == 1).sum(axis=1) >= min_met) & (floor == 1).all(axis=1)
    upper = ((met != -1).sum(axis=1) >= min_met) & (floor != -1).all(axis=1)
    return three_of(lower, ~upper)


def judge_schools(rows: Rows, at: NDArray[np.intp], exact: ExactSource, policy: PolicyInForce) -> SchoolColumns:
    """Judge the school-stage rows `at`, in that order. Under a policy without a per-school rule every verdict is PASS."""
    judged = tuple(each for each in policy.resources if each.limit) if policy.school_rule else ()
    met = np.zeros((len(at), len(judged)), dtype=np.int8)
    floor = np.zeros_like(met)
    limits: list[RowLimits] = []
    floors: list[RowLimits] = []
    exceptions = {name: column[at] for name, column in rows.exceptions.items()}
    for number, resource in enumerate(judged):
        assert policy.school_rule is not None
        limit = row_limits(policy, resource.limit, rows.stage[at], exceptions, Compare.AT_LEAST)
        lower = limit.scaled(policy.school_rule.floor_share.value)
        column = taken(rows.indicators[resource.indicator], at)
        again = exact_rows(exact, rows.grain, resource.indicator, at)
        met[:, number] = compare(column, Compare.AT_LEAST, limit, again)
        floor[:, number] = compare(column, Compare.AT_LEAST, lower, again)
        limits.append(limit)
        floors.append(lower)
    if judged and policy.school_rule:
        verdict = school_rule(met, floor, policy.school_rule.min_met)
    else:
        verdict = np.ones(len(at), dtype=np.int8)
    return SchoolColumns(
        tuple(each.code for each in judged), tuple(each.indicator for each in judged), tuple(limits), tuple(floors),
        met, floor, if_counted(verdict, rows.included[at]),
    )  # fmt: skip


def if_counted(verdict: Three, counted: Floats) -> Three:
    """A row that does not count (0) passes; one that may not count (nan) cannot fail, and passes only if it would."""
    held = np.where(np.isnan(counted), verdict == 1, verdict)
    out: Three = np.where(counted == 0, 1, held).astype(np.int8)
    return out


def exact_rows(exact: ExactSource, grain: str, indicator: str, at: NDArray[np.intp]) -> ExactRow:
    """Row number among `at` → its interval in fractions."""
    return lambda row: exact.interval(grain, int(at[row]), indicator)


def taken(column: IntervalColumn, at: NDArray[np.intp]) -> IntervalColumn:
    """The rows `at` of a column."""
    return IntervalColumn(column.num_lo[at], column.num_hi[at], column.den_lo[at], column.den_hi[at], column.member[at])
