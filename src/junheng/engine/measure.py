"""Measure one or more counties under the policies in force for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import narwhals as nw

from junheng.common.errors import UserError
from junheng.engine.assemble import Part, assemble
from junheng.engine.backends import Backend, DuckDB, parquet_files
from junheng.engine.backends import backend as backend_named
from junheng.engine.compile import Program, measuring_key
from junheng.engine.exact import ExactRows, RawRows
from junheng.engine.in_memory import columns_from, columns_of, measured_columns
from junheng.engine.register_arrays import rolled_up_columns
from junheng.engine.registers import EVERY_COLUMN, RolledUp, register_files
from junheng.engine.result import Measurements
from junheng.engine.tabular import Columns, Frame, Tables
from junheng.intake.model import Facts, Row
from junheng.policy.in_force import PolicyInForce
from junheng.tables.catalogue import FACT_TABLES

Source = Facts | Path | str | Sequence[Path | str]
"""Facts in memory, or the folders of releases (one per county, or several counties in one): paths, or URLs that the
engine itself reads (Polars and Spark: object stores; DuckDB: with its httpfs extension)."""
PolicyFor = PolicyInForce | Mapping[str, PolicyInForce]
"""One policy for every county, or one by county code."""
_JUDGEMENT = ("county_code", "criterion", "outcome")
_NAMES = tuple(each.name for each in FACT_TABLES)


def measure(
    source: Source,
    policy_for: PolicyFor,
    school_year: int,
    backend: str | Backend = "duckdb",
    releases: Mapping[str, str] | None = None,
) -> Measurements:
    """Every figure of every school and county, and the balance between schools, in one plan per kind of policy.

    releases: county_code → hash, carried through. Raises UserError when a county has no policy.
    """
    engine = backend_named(backend) if isinstance(backend, str) else backend
    programs = _programs(policy_for)
    if isinstance(source, Facts) and isinstance(engine, DuckDB):
        needed = _needed(programs)
        columns = {name: columns_of(name, needed[name], source.rows(name)) for name in _NAMES}
        parts = _parts_in_memory(columns, programs)
        return _finished(parts, columns["judgement"], policy_for, school_year, engine.name, _held(source), releases)
    if isinstance(source, Facts):
        rows = {name: source.rows(name) for name in _NAMES}
        tables = engine.rows(rows, _needed(programs))
        return _measured(engine, tables, programs, policy_for, school_year, _held(source), releases)
    files = parquet_files([source] if isinstance(source, Path | str) else list(source), _NAMES)
    raw = _read(engine, lambda: engine.parquet(files, None))
    return _measured(engine, engine.parquet(files, _needed(programs)), programs, policy_for, school_year, raw, releases)


def measure_registers(
    registers: Path | Mapping[str, Sequence[str]],
    policy_for: PolicyFor,
    school_year: int,
    backend: str | Backend = "duckdb",
    releases: Mapping[str, str] | None = None,
) -> Measurements:
    """The same from person-level registers, which are counted in the plan and never written anywhere.

    registers: a folder with pupil, teacher, class, room, school, county and judgement (each <name>.parquet, or a
    folder <name> of Parquet files; any may be absent), or the files by table name. Rows are unique by the table's key.
    """
    engine = backend_named(backend) if isinstance(backend, str) else backend
    programs = _programs(policy_for)
    files = register_files(registers) if isinstance(registers, Path) else registers
    raw = _read(engine, lambda: RolledUp(engine.parquet(files, None), EVERY_COLUMN).tables)
    opened = engine.parquet(files, None)
    if isinstance(engine, DuckDB):
        columns = rolled_up_columns(engine, opened, _needed(programs))
        opened.close()
        parts = _parts_in_memory(columns, programs)
        return _finished(parts, columns["judgement"], policy_for, school_year, engine.name, raw, releases)
    tables = RolledUp(opened, _needed(programs)).tables
    return _measured(engine, tables, programs, policy_for, school_year, raw, releases)


@dataclass(frozen=True)
class _Group:
    """Counties whose policies measure alike. counties: None = all there are."""

    program: Program
    key: object
    counties: tuple[str, ...] | None


def _programs(policy_for: PolicyFor) -> list[_Group]:
    if isinstance(policy_for, PolicyInForce):
        return [_Group(_program(_Keyed(policy_for)), measuring_key(policy_for), None)]
    by_key: dict[object, list[str]] = {}
    for county, policy in policy_for.items():
        by_key.setdefault(measuring_key(policy), []).append(county)
    if len(by_key) == 1:
        policy = next(iter(policy_for.values()))
        return [_Group(_program(_Keyed(policy)), next(iter(by_key)), None)]
    return [
        _Group(_program(_Keyed(policy_for[counties[0]])), key, tuple(counties)) for key, counties in by_key.items()
    ]


class _Keyed:
    """A policy compared by what the engine reads of it, as a key of the cache of programs."""

    def __init__(self, policy: PolicyInForce) -> None:
        self.policy, self.key = policy, measuring_key(policy)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Keyed) and other.key == self.key


@lru_cache(maxsize=64)
def _program(keyed: _Keyed) -> Program:
    return Program(keyed.policy)


def _needed(groups: Sequence[_Group]) -> dict[str, tuple[str, ...]]:
    school = dict.fromkeys(name for group in groups for name in group.program.school_columns)
    county = dict.fromkeys(
        name for group in groups for name in (*group.program.county_columns, *group.program.quota_columns)
    )
    return {"school": tuple(school), "county": tuple(county), "judgement": _JUDGEMENT}


def _measured(
    engine: Backend, tables: Tables, groups: Sequence[_Group], policy_for: PolicyFor, school_year: int,
    raw: RawRows, releases: Mapping[str, str] | None,
) -> Measurements:  # fmt: skip
    if isinstance(engine, DuckDB):
        read = {name: columns_from(name, engine.run(tables, ("all", name), lambda n=name: tables[n])) for name in _NAMES}  # type: ignore[misc]
        parts, judgement = _parts_in_memory(read, groups), read["judgement"]
    else:
        parts = [_part(engine, tables, group) for group in groups]
        judgement = engine.run(tables, "judgement", lambda: tables["judgement"].select(*_JUDGEMENT))
    tables.close()
    return _finished(parts, judgement, policy_for, school_year, engine.name, raw, releases)


def _parts_in_memory(columns: Mapping[str, Columns], groups: Sequence[_Group]) -> list[Part]:
    return [
        Part(group.program, *measured_columns(group.program, columns["school"], columns["county"], group.counties))
        for group in groups
    ]


def _finished(
    parts: Sequence[Part], judgement: Columns, policy_for: PolicyFor, school_year: int, engine: str, raw: RawRows,
    releases: Mapping[str, str] | None,
) -> Measurements:  # fmt: skip
    found = assemble(parts, judgement, school_year, engine, releases or {})
    missing = [] if isinstance(policy_for, PolicyInForce) else sorted(set(found.county.county_code) - set(policy_for))
    if missing:
        raise UserError(f"没有给出 {'、'.join(missing)} 适用的标准", remedy="请为每个区县指定标准")
    return found.with_exact(ExactRows(found.school_stage, found.school, found.county, policy_for, raw))


def _part(engine: Backend, tables: Tables, group: _Group) -> Part:
    def within(frame: Frame) -> Frame:
        return frame if group.counties is None else frame.filter(nw.col("county_code").is_in(group.counties))

    program, key = group.program, (group.key, group.counties)
    figures = engine.keep(
        tables, "figures", ("school", key),
        lambda: program.school_plan(within(tables["school"]), within(tables["county"])),
    )  # fmt: skip
    schools = engine.run(figures, "figures", lambda: figures["figures"])
    balance = engine.run(figures, ("balance", key), lambda: program.balance_plan(figures["figures"]))
    counties = engine.run(tables, ("county", key), lambda: program.county_plan(within(tables["county"])))
    return Part(program, schools, counties, balance)


def _held(facts: Facts) -> RawRows:
    """The reported rows of a county, out of facts in memory."""

    def of(county: str) -> tuple[list[Row], Row | None]:
        return ([row for row in facts.school if str(row["county_code"] or "") == county],
                next((row for row in facts.county if str(row["county_code"] or "") == county), None))  # fmt: skip

    return of


def _read(engine: Backend, open_tables: Callable[[], Tables]) -> RawRows:
    """Reads a county's rows when they are asked for; by then the tables of the measurement are closed."""
    def of(county: str) -> tuple[list[Row], Row | None]:
        tables, code = open_tables(), nw.col("county_code")
        theirs = code == county if county else code.is_null() | (code == "")  # schools that no county claims
        schools, counties = (engine.fetch(tables[name].filter(theirs)) for name in ("school", "county"))
        return schools, counties[0] if counties else None

    return of
