"""校际均衡 alone, of many provinces at once: no row of a school leaves the engine, only one per county and stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import narwhals as nw

from junheng.common.stages import COMPULSORY_STAGES
from junheng.engine.backends import Backend
from junheng.engine.backends import backend as backend_named
from junheng.engine.balance import counted
from junheng.engine.balance_table import balance_of, counted_from, sorted_together
from junheng.engine.basis import pupils
from junheng.engine.compile import Program, measuring_key
from junheng.engine.registers import RolledUp, register_files
from junheng.engine.result import Balance
from junheng.engine.tabular import Frame, Tables
from junheng.indicators import REGISTRY
from junheng.policy.in_force import PolicyInForce


def measure_balance(
    registers: Path | Mapping[str, Sequence[str]],
    policy_for: PolicyInForce | Mapping[str, PolicyInForce],
    backend: str | Backend = "duckdb",
) -> Balance:
    """The same as the balance of `measure_registers`, of which the arguments are, and nothing else.

    Counties for which the mapping has no policy are left out. "duckdb" runs the whole plan, as "duckdb-plan" does:
    with a nation's schools, moving them out of DuckDB would cost more than planning saves.
    """
    engine = backend_named(backend) if isinstance(backend, str) else backend
    files = register_files(registers) if isinstance(registers, Path) else registers
    opened = engine.parquet(files, None)
    parts = [_part(engine, opened, policy, counties) for policy, counties in _groups(policy_for)]
    opened.close()
    return sorted_together(parts)


def _groups(policy_for: PolicyInForce | Mapping[str, PolicyInForce]) -> list[tuple[PolicyInForce, tuple[str, ...] | None]]:
    """Policies cut down to what the balance reads, and the counties they are for; None = all."""
    if isinstance(policy_for, PolicyInForce):
        return [(_of_balance(policy_for), None)]
    alike: dict[object, tuple[PolicyInForce, list[str]]] = {}
    for county, policy in policy_for.items():
        cut = _of_balance(policy)
        alike.setdefault(measuring_key(cut), (cut, []))[1].append(county)
    return [(policy, tuple(counties)) for policy, counties in alike.values()]


def _of_balance(policy: PolicyInForce) -> PolicyInForce:
    """Of the exceptions only those that add to a resource: the others change limits, which nothing here is held against."""
    resources = {each.indicator for each in policy.resources}
    return replace(policy, criteria=(), exceptions=tuple(rule for rule in policy.exceptions if resources & set(rule.extends)))


def _part(engine: Backend, opened: Tables, policy: PolicyInForce, counties: tuple[str, ...] | None) -> Balance:
    resources = [each.indicator for each in policy.resources]
    program = Program(policy, [each for each in REGISTRY.values() if each.id in resources])
    key = ("balance alone", measuring_key(policy), counties)
    needed = {"school": program.school_columns, "county": program.county_columns}
    tables = RolledUp(opened, needed).tables
    figures = engine.keep(tables, "figures", ("figures", key), lambda: _figures(program, tables, counties))
    sums = engine.run(figures, ("sums", key), lambda: program.balance_plan(figures["figures"]))
    schools = engine.run(figures, ("schools", key), lambda: counted(figures["figures"], COMPULSORY_STAGES))
    return balance_of(program, counted_from(schools), sums)


def _figures(program: Program, tables: Tables, counties: tuple[str, ...] | None) -> Frame:
    """Of every school the numerators of its stages, and no more."""
    school = tables["school"] if counties is None else tables["school"].filter(nw.col("county_code").is_in(counties))
    numerators = dict.fromkeys(each for ends in program.numerators.values() for each in ends if isinstance(each, str))
    columns = dict.fromkeys(("county_code", "included", *map(pupils, COMPULSORY_STAGES), *numerators))
    return program.school_plan(school, tables["county"]).select(*columns)
