"""Registers of a folder rolled up to facts: what `assess` needs of a county that keeps lists of people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import narwhals as nw
import polars as pl

from junheng.common.findings import Finding, Place
from junheng.intake.checks import run_register_checks
from junheng.intake.folder import readable_name
from junheng.intake.model import (
    Facts,
    Row,
    RowKey,
    SourceCell,
    SourceFile,
    SourceKind,
    county_key,
    school_key,
)
from junheng.intake.register_counts import Frame
from junheng.intake.register_files import RegisterFile, read_register, register_table
from junheng.intake.registers import RegisterFrames, filled_from, roll_up
from junheng.tables import table

_REGISTERS = ("pupil", "teacher", "class", "room")


def _judgement_key(row: Mapping[str, object]) -> RowKey:
    return (str(row["county_code"] or ""), "", "", str(row["criterion"] or ""))


_KEYS = (("school", school_key), ("county", county_key), ("judgement", _judgement_key))


@dataclass
class RolledUp:
    """What the registers of a folder say. facts: school and county rows; a register's figures and where they come from.

    counted: (row key, column) of the figures that were counted from a register, not reported in a table.
    """

    facts: Facts
    findings: list[Finding] = field(default_factory=list)
    sources: list[SourceFile] = field(default_factory=list)
    counted: set[tuple[RowKey, str]] = field(default_factory=set)


def has_registers(folder: Path) -> bool:
    """Whether a folder itself (not those below it) holds a register."""
    return any(register_table(path) for path in folder.iterdir())


def roll_up_folder(folder: Path, school_year: int, *, root: Path | None = None) -> RolledUp:
    """Read every register and attribute table of one folder. root: what file names are relative to, else the folder.

    People stay inside: only counts per school, file names and findings come out.
    """
    root = root or folder
    files: dict[str, list[tuple[Path, str]]] = defaultdict(list)
    for path in sorted(folder.iterdir()):
        if path.is_file() and (name := register_table(path)):
            files[name].append((path, readable_name(path, root)))
    out = RolledUp(Facts(school_year))
    read: dict[str, RegisterFile] = {}
    county = ""
    for name, parts in sorted(files.items(), key=lambda item: item[0] != "county"):
        register = read_register(name, parts, county_code=county)
        if name == "county" and len(register.frame) == 1:
            county = str(register.frame["county_code"][0])
        out.findings += register.findings
        out.sources += [_source(path, relative) for path, relative in parts]
        if register.frame.width:
            read[name] = register
    _take_tables(out, read)
    _take_counts(out, {name: read[name] for name in _REGISTERS if name in read})
    return out


def merge_registers(facts: Facts, rolled: RolledUp) -> None:
    """Add what the registers say to facts read from tables: a counted figure goes before a reported one."""
    for name, key_of in _KEYS:
        present = {key_of(row): row for row in facts.rows(name)}
        for row in rolled.facts.rows(name):
            key = key_of(row)
            if key not in present:
                facts.rows(name).append(row)
                _copy_cells(facts, rolled, name, key, [column for column, value in row.items() if value is not None])
                continue
            own = present[key]
            taken = [column for column, value in row.items()
                     if value is not None and (own.get(column) is None or (key, column) in rolled.counted)]  # fmt: skip
            own.update({column: row[column] for column in taken})
            _copy_cells(facts, rolled, name, key, taken)


def _copy_cells(facts: Facts, rolled: RolledUp, name: str, key: RowKey, columns: list[str]) -> None:
    for column in columns:
        if (cell := rolled.facts.cells.get((name, key, column))) is not None:
            facts.cells[name, key, column] = cell


def _source(path: Path, name: str) -> SourceFile:
    with path.open("rb") as opened:
        digest = sha256()
        while chunk := opened.read(1 << 20):
            digest.update(chunk)
    return SourceFile(name, digest.hexdigest(), path.stat().st_size, SourceKind.REGISTER)


def _take_tables(out: RolledUp, read: dict[str, RegisterFile]) -> None:
    for name, key_of in _KEYS:
        if name not in read:
            continue
        columns = [column.name for column in table(name).columns]
        for values in read[name].frame.iter_rows(named=True):
            row: Row = {column: values.get(column) for column in columns}
            out.facts.rows(name).append(row)
            for column, value in row.items():
                if value is not None:
                    out.facts.cells[name, key_of(row), column] = SourceCell(Place(read[name].name), str(value))


def _take_counts(out: RolledUp, registers: dict[str, RegisterFile]) -> None:
    if not registers:
        return
    frames = {name: register.frame for name, register in registers.items()}
    lazy: dict[str, Frame] = {name: nw.from_native(frame.lazy()) for name, frame in frames.items()}
    of = RegisterFrames(lazy.get("pupil"), lazy.get("teacher"), lazy.get("class"), lazy.get("room"))
    origin = {
        column: SourceCell(Place(registers[name].name), f"汇总自名册 {registers[name].table.label}")
        for column, name in filled_from(of).items()
    }
    present = {school_key(row): row for row in out.facts.school}
    counted: pl.DataFrame = roll_up(of).collect("polars").to_native()
    for row in counted.sort("county_code", "school_code", "campus").iter_rows(named=True):
        key = school_key(row)
        if key not in present:
            present[key] = {column.name: row.get(column.name) for column in table("school").columns} | {"campus": key[2] or None}
            out.facts.school.append(present[key])
        for column, cell in origin.items():
            if (value := row[column]) is not None:
                present[key][column] = value
                out.facts.cells["school", key, column] = cell
                out.counted.add((key, column))
    staged = {name: frame.filter(pl.col("stage").is_not_null()) if "stage" in frame.columns else frame
              for name, frame in frames.items()}  # fmt: skip
    out.findings += run_register_checks(staged, {name: register.name for name, register in registers.items()})
