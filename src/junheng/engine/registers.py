"""Person-level registers as the tables a plan reads: rolled up lazily, with a null column for what nobody reports."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import narwhals as nw

from junheng.common.errors import IntakeError
from junheng.engine.tabular import Frame, Needed, Tables, column_kind
from junheng.intake.registers import RegisterFrames, roll_up
from junheng.tables import table
from junheng.tables.catalogue import FACT_TABLES

_FILES = ("pupil", "teacher", "class", "room", "school", "county", "judgement")
_TYPES: dict[str, Any] = {"number": nw.Float64, "flag": nw.Boolean, "text": nw.String}


def register_files(folder: Path) -> dict[str, list[str]]:
    """The register files of a folder by table: <name>.parquet, or every Parquet file in the folder <name>."""
    found = {}
    for name in _FILES:
        files = [folder / f"{name}.parquet"] if (folder / f"{name}.parquet").is_file() else sorted((folder / name).glob("*.parquet"))
        if files:
            found[name] = [str(file) for file in files]
    if not found:
        raise IntakeError("没有找到名册", where=str(folder), remedy="请给出含 pupil.parquet、teacher.parquet 等文件的目录")
    return found


EVERY_COLUMN: Needed = {each.name: tuple(column.name for column in each.columns) for each in FACT_TABLES}


class RolledUp:
    """Registers seen as the fact tables, with the needed columns only."""

    def __init__(self, registers: Tables, needed: Needed) -> None:
        self._registers = registers
        opened = {name: partial(self._table, name, tuple(columns)) for name, columns in needed.items()}
        self.tables = Tables(opened, registers.flavour, registers.owner)

    def _table(self, name: str, columns: tuple[str, ...]) -> Frame:
        if name == "school":
            return _with_columns(roll_up(register_frames(self._registers), columns), name, columns)
        return completed(self._registers, name, columns)


def register_frames(registers: Tables) -> RegisterFrames:
    """The registers that were opened, for intake to count in."""
    frames = {name: registers[name] for name in registers.open}
    return RegisterFrames(frames.get("pupil"), frames.get("teacher"), frames.get("class"), frames.get("room"), frames.get("school"))


def completed(registers: Tables, name: str, columns: tuple[str, ...]) -> Frame:
    """A fact table as it was handed in beside the registers, null where it has no such column; empty where there is none."""
    if name in registers.open:
        return _with_columns(registers[name], name, columns)
    return _with_columns(registers[next(iter(registers.open))].head(0), name, columns)


def _with_columns(frame: Frame, name: str, columns: tuple[str, ...]) -> Frame:
    known = {column.name for column in table(name).columns}
    there = set(frame.collect_schema().names()) & known
    return frame.select(
        *(nw.col(each) if each in there else nw.lit(None).cast(_TYPES[column_kind(name, each)]).alias(each) for each in columns)
    )
