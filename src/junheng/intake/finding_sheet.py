"""校核结果: the sheet that lists all findings of a workbook, each linked to its cell."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from junheng.common.findings import Finding, Level

RESULT_SHEET = "校核结果"

_HEADER = ("序号", "级别", "位置", "问题", "怎么改", "规则")
_WIDTHS = (6, 9, 22, 54, 36, 24)
_WORDS = {Level.ERROR: "▲ 错误", Level.WARNING: "◇ 提醒"}
_LINE = Side(style="thin", color="FFBFBFBF")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_INJECTING = ("=", "+", "-", "@", "\t", "\r", "\n")
_FIRST_ROW = 4
_LINE_HEIGHT = 17


def put_text(cell: Cell | MergedCell, text: str) -> None:
    """Text that stays text: never a formula, and still none after the sheet is exported or edited."""
    clean = ILLEGAL_CHARACTERS_RE.sub("", text)
    if isinstance(cell, Cell):
        cell.value = clean
        cell.data_type = "s"  # openpyxl makes a formula of a text that begins with "="
        if clean.startswith(_INJECTING):
            cell.quotePrefix = True


def sheet_of(workbook: Workbook, finding: Finding) -> str:
    """The sheet a finding's cell is in; "" when it has no cell or no such sheet. A text file's only sheet has no name."""
    if not finding.place.cell:
        return ""
    name = finding.place.sheet or workbook.sheetnames[0]
    return name if name in workbook.sheetnames else ""


def write_finding_sheet(workbook: Workbook, findings: Sequence[Finding]) -> None:
    """Appends the sheet; every place in a sheet of this workbook becomes a link."""
    sheet = workbook.create_sheet(RESULT_SHEET)
    errors = sum(finding.level is Level.ERROR for finding in findings)
    put_text(sheet["A1"], f"校核结果：{errors} 项错误，{len(findings) - errors} 项提醒")
    sheet["A1"].font = Font(bold=True, size=14)
    put_text(sheet["A2"], "错误改正后才能冻结为正式数据版本；提醒属实的，请在备注说明。点“位置”可跳到单元格。")
    for index, (title, width) in enumerate(zip(_HEADER, _WIDTHS, strict=True), 1):
        cell = sheet.cell(_FIRST_ROW - 1, index)
        put_text(cell, title)
        cell.font, cell.fill, cell.border = Font(bold=True), PatternFill("solid", fgColor="FFE8EDF3"), _BORDER
        sheet.column_dimensions[cell.column_letter].width = width
    for number, finding in enumerate(findings, 1):
        _write_finding(sheet, number, finding, sheet_of(workbook, finding))
    sheet.freeze_panes = f"A{_FIRST_ROW}"
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = "landscape", 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{_FIRST_ROW - 1}:{_FIRST_ROW - 1}"


def _write_finding(sheet: Worksheet, number: int, finding: Finding, linked: str) -> None:
    row = _FIRST_ROW + number - 1
    sheet.cell(row, 1, number)
    place = finding.place
    where = f"{linked} {place.cell}" if linked else str(place)
    texts = (_WORDS[finding.level], where or "全县", finding.message, finding.remedy, finding.rule)
    for column, text in enumerate(texts, 2):
        put_text(sheet.cell(row, column), text)
    for column in range(1, len(_HEADER) + 1):
        cell = sheet.cell(row, column)
        cell.border, cell.alignment = _BORDER, Alignment(wrap_text=True, vertical="top", horizontal="left")
    # Row heights do not fit themselves in every program that opens this.
    lines = max(-(-display_width(text) // (width - 1)) for text, width in zip(texts, _WIDTHS[1:], strict=True))
    sheet.row_dimensions[row].height = _LINE_HEIGHT * max(lines, 1)
    if linked:
        link = sheet.cell(row, 3)
        quoted = linked.replace("'", "''")
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{quoted}'!{place.cell}", display=where)
        link.font = Font(color="FF1F4E8C", underline="single")


def display_width(text: str) -> int:
    return sum(2 if ord(character) > 255 else 1 for character in text)
