"""What one unit of each measure changes, taken from the engine itself.

Every school gets one unit at once, the county is measured again, and the difference of the numerators is what one unit does. That
is exact for the purpose because every resource indicator's numerator is linear in the reported columns once the pupils are fixed
(terms are sums, differences and shares by pupils).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np
import scipy.sparse as sp

from junheng.engine.measure import measure
from junheng.engine.result import Measurements
from junheng.intake.model import Facts, Row
from junheng.planning.improvement.board import Decision, Floats
from junheng.planning.improvement.counted import CountedRows
from junheng.planning.improvement.levers import BY_ID, add, stock
from junheng.policy.in_force import PolicyInForce


def effects_of(facts: Facts, policy: PolicyInForce, rows: CountedRows, decisions: Sequence[Decision]) -> sp.csr_array:
    """(rows·indicators) × decisions. Decisions of different schools do not meet, so one measurement tells all of one measure
    and one turn (the first, second … stage of each school)."""
    size, indicators = len(rows.school), rows.start.shape[1]
    stages: dict[tuple[str, int], list[str]] = {}
    turns: dict[tuple[str, int], dict[int, list[int]]] = {}
    for j, each in enumerate(decisions):
        seen = stages.setdefault((each.lever, each.school), [])
        if each.stage not in seen:
            seen.append(each.stage)
        turns.setdefault((each.lever, seen.index(each.stage)), {}).setdefault(each.school, []).append(j)
    data, at_row, at_column = [], [], []
    for (lever, _), at_school in turns.items():
        changed = Facts(facts.school_year, [dict(row) for row in facts.school], facts.county, facts.judgement)
        for school, where in at_school.items():
            if _can_try(changed.school[school], lever, decisions[where[0]].stage):
                add(changed.school[school], BY_ID[lever], decisions[where[0]].stage, Decimal(1))
        difference = _numerators(measure(changed, policy, facts.school_year), changed, rows, policy) - rows.start
        for r, i in zip(*np.nonzero(np.abs(difference) > 1e-9), strict=True):
            for j in at_school.get(int(rows.school[r]), ()):
                data.append(difference[r, i] * decisions[j].direction)
                at_row.append(r * indicators + i)
                at_column.append(j)
    return sp.csr_array((data, (at_row, at_column)), shape=(size * indicators, len(decisions)))


def _can_try(row: Row, lever: str, stage: str) -> bool:
    """A column that runs out has something left to try one unit with."""
    converts = BY_ID[lever].converts
    return not converts or stock(row, (converts,), stage) >= 1


def _numerators(measured: Measurements, facts: Facts, rows: CountedRows, policy: PolicyInForce) -> Floats:
    grain = measured.school_stage
    place = {(str(grain.school_code[k]), str(grain.campus[k] or ""), str(grain.stage[k])): k for k in range(len(grain))}
    at = np.array([place[str(facts.school[s]["school_code"] or ""), str(facts.school[s]["campus"] or ""), stage]
                   for s, stage in zip(rows.school, rows.stage, strict=True)], dtype=np.intp)  # fmt: skip
    return np.column_stack([grain.indicators[each.indicator].num_lo[at] for each in policy.resources])


def useful(effect: sp.csr_array, decisions: Sequence[Decision]) -> list[int]:
    """Decisions that change some indicator, and those that are pinned to be done all the same."""
    changes = np.asarray(abs(effect).sum(axis=0)).ravel() > 0
    return [j for j, each in enumerate(decisions) if changes[j] or each.least > 0]
