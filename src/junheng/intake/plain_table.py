"""简表: one declared table in a workbook or CSV, one line per row under its Chinese headings; what planners are handed.

Unlike the reported tables nothing is frozen here: a plan is not made on a table that cannot be read whole, so every
fault is an error that names its cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from junheng.common.errors import IntakeError
from junheng.intake.cells import raw_text, read_cell
from junheng.intake.labels import normalise
from junheng.intake.workbook import cell_address, read_sheets
from junheng.tables import Column, Table

_HEADER_ROWS = 12
_SHOWN = 10


@dataclass(frozen=True)
class Line:
    """One row as read. place: file, sheet and row for messages; values: every column of the table, None = blank."""

    place: str
    values: Mapping[str, object]


def read_plain_table(path: Path, table: Table) -> list[Line]:
    """All rows of the first sheet whose header has every required column. Rows without any value are skipped.

    Raises IntakeError when no sheet has the header, when a cell cannot be read, when a required cell is blank and when
    two rows have the same key.
    """
    try:
        sheets = read_sheets(path.read_bytes(), path.suffix.lower())
    except OSError as error:
        raise IntakeError("表格打不开", where=str(path), why=error.strerror or "", remedy="请核对路径和权限") from error
    for sheet in sheets:
        for number, cells in enumerate(sheet.rows[:_HEADER_ROWS]):
            columns = _columns(cells, table)
            if columns:
                where = f"{path.name}" + (f"“{sheet.name}”" if sheet.name else "")
                return _lines(where, sheet.rows, number, columns, table)
    needed = "”“".join(column.label for column in table.columns if column.required)
    raise IntakeError(f"没有找到《{table.label}》的表头", where=path.name, why=f"应有“{needed}”等列", remedy="请用 --template 生成模板后填写")


def _columns(cells: Sequence[object], table: Table) -> list[tuple[int, Column]]:
    """(position, column) of a header row; [] when a required column is not in it."""
    spelled = {normalise(text): column for column in table.columns for text in (column.label, *column.variants)}
    found: dict[str, tuple[int, Column]] = {}
    for at, cell in enumerate(cells):
        column = spelled.get(normalise(raw_text(cell)))
        if column is not None:
            found.setdefault(column.name, (at, column))
    return list(found.values()) if all(column.name in found for column in table.columns if column.required) else []


def _lines(where: str, rows: Sequence[Sequence[object]], head: int, columns: Sequence[tuple[int, Column]], table: Table) -> list[Line]:
    faults: list[str] = []
    out: list[Line] = []
    for number, cells in enumerate(rows[head + 1 :], head + 1):
        if not any(raw_text(cells[at]) for at, _ in columns if at < len(cells)):
            continue
        values: dict[str, object] = {column.name: None for column in table.columns}
        for at, column in columns:
            reading = read_cell(column, cells[at] if at < len(cells) else "")
            values[column.name] = reading.value
            if reading.problem is not None and reading.problem.rule.startswith("E-"):
                faults.append(f"{cell_address(number, at)} {column.label}：{reading.problem.why}")
            elif reading.value is None and column.required:
                faults.append(f"{cell_address(number, at)} {column.label}：没有填写")
        out.append(Line(f"{where}第 {number + 1} 行", values))
    faults += _repeated(out, table.key)
    if faults:
        more = f"；另有 {len(faults) - _SHOWN} 处" if len(faults) > _SHOWN else ""
        raise IntakeError(f"《{table.label}》有 {len(faults)} 处不能用", where=where, why="；".join(faults[:_SHOWN]) + more, remedy="请改正后重试")
    return out


def _repeated(lines: Iterable[Line], key: Sequence[str]) -> Iterator[str]:
    seen: dict[tuple[object, ...], str] = {}
    for line in lines:
        own = tuple(line.values[name] for name in key)
        if own in seen and None not in own:
            yield f"{line.place}与{seen[own]}重复（{'、'.join(str(part) for part in own)}）"
        seen.setdefault(own, line.place)
