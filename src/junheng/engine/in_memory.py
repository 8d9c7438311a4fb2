"""Measure columns in memory without a plan: for one changed cell and an answer at once, and where little memory is to be had."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from junheng.engine.arrays import Array, Arrays, Column, raw
from junheng.engine.balance import KEYS, sum_column
from junheng.engine.basis import counts, pupils, standing
from junheng.engine.compile import KEY, Emitted, Program
from junheng.engine.result import Floats
from junheng.engine.tabular import Columns, column_kind, floats, texts
from junheng.indicators import Grain

Rows = Sequence[Mapping[str, object]]


def measured_columns(program: Program, schools: Columns, counties: Columns, within: Collection[str] | None) -> tuple[Columns, ...]:
    """The columns of the program's school plan, county plan and balance plan. within: these counties only, None = all.

    schools, counties: the columns the program reads, as `columns_of` or `columns_from` give them.
    """
    if within is not None:
        schools, counties = _within(schools, within), _within(counties, within)
    of_schools = _school_columns(program, schools, counties)
    return of_schools, _county_columns(program, counties), _spread_columns(program, of_schools)


def _within(columns: Columns, counties: Collection[str]) -> Columns:
    here = np.array([code in counties for code in columns["county_code"]], dtype=np.bool_)
    return {name: values[here] for name, values in columns.items()}


def _school_columns(program: Program, schools: Columns, counties: Columns) -> Columns:
    size = len(schools["county_code"])
    algebra = Arrays({name: schools[name] for name in program.school_columns}, size)
    place = {code: number for number, code in enumerate(counties["county_code"])}
    at = np.array([place.get(code, -1) for code in schools["county_code"]], dtype=np.intp)
    for name in program.quota_columns:
        algebra.columns[name] = Column(np.append(counties[name], np.nan)[at])
    algebra.columns.update(counts(algebra, program.shared, program.room_kinds))
    algebra.columns.update(standing(algebra, program.policy))
    indicators = [each for each in program.indicators if each.grain is not Grain.COUNTY]
    emitted = Emitted(program.policy, indicators, algebra, algebra)
    figures = {**emitted.figures.layer, **emitted.quotas.layer}
    return {**{name: algebra.columns[name].values for name in program.outputs}, **_values(figures, size)}


def _county_columns(program: Program, counties: Columns) -> Columns:
    size = len(counties["county_code"])
    algebra = Arrays({name: counties[name] for name in program.county_columns}, size)
    indicators = [each for each in program.indicators if each.grain is Grain.COUNTY]
    emitted = Emitted(program.policy, indicators, algebra, algebra)
    names = ("county_code", "county_name", *emitted.county.plain)
    return {**{name: algebra.columns[name].values for name in names}, **_values(emitted.county.layer, size)}


def _spread_columns(program: Program, schools: Columns) -> Columns:
    out: dict[str, list[Any]] = {name: [] for name in KEYS}
    county = schools["county_code"]
    for stage in dict.fromkeys(stage for stage, _ in program.numerators):
        n = schools[pupils(stage)]
        counted = np.flatnonzero((schools["included"] == 1) & (n > 0))
        codes, group = np.unique(county[counted].astype(str), return_inverse=True)
        out[KEYS[0]].extend(codes)
        out[KEYS[1]].extend([stage.value] * len(codes))
        for (at, id), (lo, hi) in program.numerators.items():
            if at is stage:
                x = schools[str(hi)][counted]
                known = ~np.isnan(x) if lo is None else schools[str(lo)][counted] == x
                for name, sums in _sums(x[known], n[counted][known], group[known], len(codes)).items():
                    out.setdefault(sum_column(name, id), []).extend(sums)
    return {name: np.array(values, dtype=object if name in KEYS else np.float64) for name, values in out.items()}


def _sums(x: Floats, p: Floats, group: Array, size: int) -> dict[str, Floats]:
    def total(values: Floats) -> Floats:
        summed: Floats = np.bincount(group, weights=values, minlength=size).astype(np.float64)
        return summed

    everybody, amount = total(p), total(x)
    with np.errstate(divide="ignore", invalid="ignore"):
        deviation = x / p - (amount / everybody)[group]
    return {"known": total(np.ones(len(x))), "pupils": everybody, "amount": amount, "squares": total(p * deviation**2)}


def columns_of(table_name: str, columns: Iterable[str], rows: Rows) -> Columns:
    """Columns of rows in memory: numbers and truths as floats, null nan; texts None; keys ""."""
    out: Columns = {}
    for name in columns:
        values = [row[name] for row in rows]
        if column_kind(table_name, name) == "text":
            out[name] = np.array([value or "" for value in values] if name in KEY else values, dtype=object)
        else:
            out[name] = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    return out


def columns_from(table_name: str, read: Columns) -> Columns:
    """The same from columns as an engine gives them."""
    return {name: _from_engine(values, name, column_kind(table_name, name)) for name, values in read.items()}


def _from_engine(values: Array, name: str, kind: str) -> Array:
    if kind != "text":
        return floats(values)
    if name in KEY:
        return texts(values)
    out = np.empty(len(values), dtype=object)
    # tolist gives None for what is masked; `filled(None)` would put numpy's own "?" there.
    out[:] = [None if value is None or value != value else value for value in values.tolist()]
    return out


def _values(layer: Mapping[str, object], size: int) -> Columns:
    return {name: np.broadcast_to(raw(value), (size,)) for name, value in layer.items()}
