"""批注原表: give people back their own workbook, in its own layout, with every faulty cell commented.

openpyxl keeps styles, widths, merged cells and validations. It does not keep the cached results of formulas, so the
workbook asks to be recalculated when it is opened.
"""

from __future__ import annotations

import io
import warnings
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.worksheet.worksheet import Worksheet

from junheng.common.errors import IntakeError
from junheng.common.findings import Finding, Level
from junheng.intake import guards
from junheng.intake.finding_sheet import RESULT_SHEET, display_width, put_text, sheet_of, write_finding_sheet
from junheng.intake.model import sorted_findings
from junheng.intake.workbook import TEXT_SUFFIXES, WORKBOOK_SUFFIXES, Sheet, read_sheets

AUTHOR = "均衡校核"
LEFT_OVER_FILE = "校核结果.xlsx"
"""Where findings go that belong to no workbook: about the county, about registers, about files that cannot be opened."""

_FILLS = {
    Level.ERROR: PatternFill("solid", fgColor="FFFBE0DA"),
    Level.WARNING: PatternFill("solid", fgColor="FFFFF3D1"),
}
_MARK = "【均衡校核】"
_OUR_COLOURS = {fill.fgColor.rgb for fill in _FILLS.values()}
_WORDS = {Level.ERROR: "▲ 错误", Level.WARNING: "◇ 提醒"}
_COMMENT_WIDTH, _CHARACTERS_A_LINE, _LINE_HEIGHT = 340, 24, 19


def annotate(source_root: Path, findings: Sequence[Finding], out_dir: Path) -> list[Path]:
    """Annotated copies of all files that have findings, under out_dir in the same folders.

    source_root: the folder, or the single file, that was checked; files in findings are relative to it.
    .xls and text files come back as new .xlsx workbooks with the same cells. Returns the files written.
    Raises IntakeError when the copies would replace the originals.
    """
    root = source_root.parent if source_root.is_file() else source_root
    if out_dir.resolve() == root.resolve():
        raise IntakeError("批注不能写在原表所在的文件夹", where=str(out_dir), why="会覆盖上报的原表", remedy="请另选一个文件夹")
    by_file: dict[str, list[Finding]] = defaultdict(list)
    for finding in sorted_findings(findings):
        by_file[finding.place.file].append(finding)
    written: list[Path] = []
    left_over: list[Finding] = []
    for name, found in by_file.items():
        workbook = _open(root / name) if name else None
        if workbook is None:
            left_over.extend(found)
        else:
            target = out_dir / (name if Path(name).suffix.lower() == ".xlsx" else f"{name}.xlsx")
            _mark(workbook, found)
            written.append(_save(workbook, target))
    if left_over:
        workbook = Workbook()
        workbook.remove(workbook.worksheets[0])
        write_finding_sheet(workbook, left_over)
        written.append(_save(workbook, out_dir / LEFT_OVER_FILE))
    return written


def _open(path: Path) -> Workbook | None:
    """The workbook to write into; None when the file cannot or must not be opened, or is no table."""
    suffix = path.suffix.lower()
    if not path.is_file() or suffix not in (*WORKBOOK_SUFFIXES, *TEXT_SUFFIXES):
        return None
    try:
        guards.check_size(path.stat().st_size)
        data = path.read_bytes()
        sheets = read_sheets(data, suffix)
    except IntakeError:
        return None
    return _own_layout(data) if data.startswith(b"PK") else _same_cells(sheets)


def _own_layout(data: bytes) -> Workbook:
    with warnings.catch_warnings():
        # openpyxl warns of extensions it does not keep; nothing a clerk could act on.
        warnings.simplefilter("ignore")
        workbook = load_workbook(io.BytesIO(data), rich_text=True)
    if RESULT_SHEET in workbook.sheetnames:
        del workbook[RESULT_SHEET]
    for sheet in workbook.worksheets:
        _forget_last_check(sheet)
    if workbook.calculation is not None:
        workbook.calculation.fullCalcOnLoad = True
    return workbook


def _forget_last_check(sheet: Worksheet) -> None:
    """A workbook that was annotated, mended and handed in again must not keep the old comments."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment is None or _MARK not in cell.comment.text:
                continue
            theirs = cell.comment.text.split(_MARK)[0].rstrip("\n")
            cell.comment = _sized(theirs, cell.comment.author) if theirs else None
            if cell.fill.fgColor.rgb in _OUR_COLOURS:
                cell.fill = PatternFill()


def _same_cells(sheets: Sequence[Sheet]) -> Workbook:
    """A new workbook with the values of an old one: all that is known of an .xls or a text file."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for source in sheets:
        sheet = workbook.create_sheet(source.name or "数据")
        sheet.sheet_state = "hidden" if source.hidden else "visible"
        widths: dict[int, int] = defaultdict(int)
        for number, values in enumerate(source.rows, 1):
            for index, value in enumerate(values, 1):
                if value != "":
                    _put(sheet.cell(number, index), value)
                    widths[index] = max(widths[index], display_width(str(value)))
        for index, width in widths.items():
            sheet.column_dimensions[get_column_letter(index)].width = min(max(width + 2, 8), 50)
        for (first_row, first_column), (last_row, last_column) in source.merged:
            sheet.merge_cells(None, first_row + 1, first_column + 1, last_row + 1, last_column + 1)
    return workbook


def _put(cell: Cell | MergedCell, value: object) -> None:
    if isinstance(value, str):
        put_text(cell, value)
    else:
        cell.value = value  # type: ignore[assignment]


def _mark(workbook: Workbook, findings: Sequence[Finding]) -> None:
    by_cell: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        sheet_name = sheet_of(workbook, finding)
        if sheet_name:
            by_cell[sheet_name, finding.place.cell].append(finding)
    for (sheet, address), found in by_cell.items():
        cell = _top_left(workbook[sheet], address)
        _comment(cell, found)
        cell.fill = _FILLS[min((finding.level for finding in found), key=_gravity)]
    write_finding_sheet(workbook, findings)


def _gravity(level: Level) -> int:
    return 0 if level is Level.ERROR else 1


def _top_left(sheet: Worksheet, address: str) -> Cell:
    """The cell itself, or the one that shows when it is merged away. An address such as "E5:E9" stands for its first."""
    address = address.split(":")[0]
    coordinate_from_string(address)
    for merged in sheet.merged_cells.ranges:
        if address in merged:
            address = merged.coord.split(":")[0]
    cell: Cell = sheet[address]
    return cell


def _comment(cell: Cell, findings: Sequence[Finding]) -> None:
    ours = "\n".join([_MARK, *(f"{_WORDS[finding.level]}：{finding.message}{finding.remedy}" for finding in findings)])
    theirs = cell.comment
    cell.comment = _sized(ours, AUTHOR) if theirs is None else _sized(f"{theirs.text}\n{ours}", theirs.author)


def _sized(text: str, author: str) -> Comment:
    """A comment box that shows its whole text."""
    lines = sum(-(-len(line) // _CHARACTERS_A_LINE) for line in text.split("\n"))
    return Comment(text, author, width=_COMMENT_WIDTH, height=_LINE_HEIGHT * (lines + 1))


def _save(workbook: Workbook, path: Path) -> Path:
    """Under a temporary name first, so that an interrupted run leaves no torn workbook."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"~{path.name}")
    workbook.save(unfinished)
    unfinished.replace(path)
    return path
