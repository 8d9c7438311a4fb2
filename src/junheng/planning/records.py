"""规划用表: tables that planners read beside a release — found by their Chinese headings, in .xlsx, .xls or .csv."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from junheng.common.errors import UserError
from junheng.intake.workbook import read_sheets


def records(path: Path, headings: Mapping[str, str], needed: Sequence[str]) -> list[tuple[str, dict[str, object]]]:
    """(place, record) of every filled line under the first line that has the needed headings."""
    try:
        sheets = read_sheets(path.read_bytes(), path.suffix.lower())
    except OSError as error:
        raise UserError("表格打不开", where=str(path), why=error.strerror or "", remedy="请核对路径和权限") from error
    for sheet in sheets:
        for number, line in enumerate(sheet.rows):
            titles = [str(cell).strip() for cell in line]
            if all(name in titles for name in needed):
                columns = [(at, headings[title]) for at, title in enumerate(titles) if title in headings]
                return _below(path, sheet.rows, number, columns)
    raise UserError("没有找到表头", where=path.name, why=f"应有“{'”“'.join(needed)}”等列", remedy="请用 --template 生成模板后填写")


def _below(path: Path, rows: Sequence[Sequence[object]], head: int, columns: Sequence[tuple[int, str]]) -> list[tuple[str, dict[str, object]]]:
    out = []
    for number, line in enumerate(rows[head + 1 :], head + 2):
        record = {name: line[at] for at, name in columns if at < len(line) and str(line[at]).strip()}
        if record:
            out.append((f"{path.name} 第 {number} 行", {name: _plain(value) for name, value in record.items()}))
    return out


def _plain(value: object) -> object:
    """Codes come out of a spreadsheet as floats: 2121000001.0."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return int(value) if isinstance(value, float) and value.is_integer() else value


def number_of(value: object, place: str, label: str) -> float | None:
    """A number not below 0, None for a blank. Raises UserError for anything else."""
    text = str(value if value is not None else "").strip().replace(",", "")
    if not text:
        return None
    try:
        number = float(text)
    except ValueError as error:
        raise UserError(f"“{label}”不是数字", where=place, why=f"填的是“{value}”", remedy="请填数字，或留空") from error
    if not math.isfinite(number) or number < 0:
        raise UserError(f"“{label}”不能用", where=place, why=f"填的是“{value}”", remedy="请填不小于 0 的数字，或留空")
    return number
