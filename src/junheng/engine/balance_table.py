"""Balance by county and stage: the sums of a plan put beside the schools that count, under one or several policies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np

from junheng.common.stages import COMPULSORY_STAGES
from junheng.engine.algebra import Value
from junheng.engine.balance import COUNTS, KEYS, SUMS, balance_column, sum_column
from junheng.engine.compile import Program
from junheng.engine.result import Balance, BalanceColumn, Floats, Rows, Texts
from junheng.engine.tabular import Columns, floats, texts

_FIELDS = tuple(each.name for each in fields(BalanceColumn))


@dataclass(frozen=True)
class Counted:
    """By county and stage: schools that count, schools that may count, and the pupils of those that do (nan when one
    has not told its own)."""

    county_code: Texts
    stage: Texts
    n: Floats
    doubtful: Floats
    pupils: Floats


def counted_in(rows: Rows) -> Counted:
    """Out of the rows of school stages."""
    keys = [f"{county}/{stage}" for county, stage in zip(rows.county_code, rows.stage, strict=True)]
    _, first, group = np.unique(keys, return_index=True, return_inverse=True)
    included = rows.included == 1

    def total(rows_of: Value, weights: Floats | None = None) -> Floats:
        summed: Floats = np.bincount(group[rows_of], weights, minlength=len(first)).astype(np.float64)
        return summed

    n, doubtful = total(included), total(np.isnan(rows.included))
    return Counted(rows.county_code[first], rows.stage[first], n, doubtful, total(included, rows.students[included]))


def counted_from(columns: Columns) -> Counted:
    """Out of the columns of `balance.counted`."""
    n, doubtful, pupils = (floats(columns[name]) for name in COUNTS)
    return Counted(texts(columns[KEYS[0]]), texts(columns[KEYS[1]]), n, doubtful, pupils)


def balance_of(program: Program, counted: Counted, spread: Columns) -> Balance:
    """spread: the columns of the program's balance plan; it has no row where no school is known to count."""
    keys = [f"{county}/{stage}" for county, stage in zip(counted.county_code, counted.stage, strict=True)]
    there = np.flatnonzero(counted.n + counted.doubtful > 0)
    columns = {}
    for id, sums in _sums(program, spread, {key: number for number, key in enumerate(keys)}).items():
        column = balance_column(sums, program.scale(id), counted.n, counted.doubtful)
        columns[id] = BalanceColumn(*(getattr(column, name)[there] for name in _FIELDS))
    return Balance(counted.county_code[there], counted.stage[there], counted.n[there], counted.pupils[there], columns)


def _sums(program: Program, spread: Columns, place: Mapping[str, int]) -> dict[str, dict[str, Floats]]:
    """SUMS of each resource indicator; 0 for a county and stage without a school that is known to count."""
    keys = zip(*(texts(spread[name]) for name in KEYS), strict=True)
    at = np.array([place[f"{county}/{stage}"] for county, stage in keys], dtype=np.intp)
    out: dict[str, dict[str, Floats]] = {}
    for id in program.resources:
        out[id] = {}
        for name in SUMS:
            out[id][name] = np.zeros(len(place))
            out[id][name][at] = np.nan_to_num(floats(spread[sum_column(name, id)]))
    return out


def sorted_together(parts: Sequence[Balance]) -> Balance:
    """Balances under several policies, sorted by county, then in the order of the stages."""
    county = np.concatenate([part.county_code for part in parts])
    stage = np.concatenate([part.stage for part in parts])
    rank = np.array([[each.value for each in COMPULSORY_STAGES].index(each) for each in stage], dtype=np.intp)
    order = np.lexsort((rank, county.astype(str)))
    ids = dict.fromkeys(id for part in parts for id in part.indicators)

    def gathered(id: str, field: str) -> Floats:
        return np.concatenate([
            getattr(part.indicators[id], field) if id in part.indicators else np.full(len(part.n), np.nan) for part in parts
        ])[order]  # fmt: skip

    columns = {id: BalanceColumn(*(gathered(id, field) for field in _FIELDS)) for id in ids}
    n, students = (np.concatenate([getattr(part, name) for part in parts])[order] for name in ("n", "students"))
    return Balance(county[order], stage[order], n, students, columns)
