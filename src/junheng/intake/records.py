"""What one reader hands on: the values of one row of a table, as found in one file, before rows meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from junheng.common.findings import Finding, Place
from junheng.intake.cells import read_cell
from junheng.intake.model import SourceCell, SourceKind
from junheng.intake.reading_rules import finding
from junheng.intake.workbook import Sheet, cell_address
from junheng.tables import Column

_FORMULA = {
    "missing": ("E-formula-without-value", "是公式，但文件里没有保存计算结果", "请在 Excel 或 WPS 中打开、保存一次后再上报，或直接填数"),
    "error": ("E-formula-error", "公式出错，没有数值", "请改正公式，或直接填数"),
}


@dataclass
class Record:
    """One row as one file reports it.

    values: reported columns only; lines: where a column's cell is, blank ones too; refused: columns whose cell holds
    something that could not be taken, so that nobody is told a second time that they are blank.
    county_name, school_year: what a school's file itself says it belongs to; year_at: where it says which year.
    """

    table: str
    place: Place
    kind: SourceKind
    values: dict[str, object] = field(default_factory=dict)
    cells: dict[str, SourceCell] = field(default_factory=dict)
    lines: dict[str, Place] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    county_name: str = ""
    school_year: int | None = None
    year_at: Place | None = None

    def text(self, column: str) -> str:
        """A reported text or id, "" when it was not reported."""
        value = self.values.get(column)
        return "" if value is None else str(value)

    def take(self, column: Column, cell: object, sign: str, place: Place, broken: str = "") -> None:
        """Reads one cell as the value of a column, keeping what was wrong with it."""
        self.lines[column.name] = place
        if broken:
            rule, why, remedy = _FORMULA[broken]
            self._refuse(column, rule, why, remedy, place)
            return
        reading = read_cell(column, cell, sign)
        if reading.problem is not None:
            self._refuse(column, reading.problem.rule, reading.problem.why, reading.problem.remedy, place)
        if reading.value is not None:
            self.values[column.name] = reading.value
            self.cells[column.name] = SourceCell(place, reading.raw)

    def _refuse(self, column: Column, rule: str, why: str, remedy: str, place: Place) -> None:
        if rule.startswith("E-"):
            self.refused.add(column.name)
        self.findings.append(finding(rule, place, f"“{column.label}”：{why}", remedy, field=column.name))

    def give_up(self, column: Column, problem: Finding) -> None:
        """Drops what was read for a column because it cannot be trusted; problem says why."""
        self.values.pop(column.name, None)
        self.cells.pop(column.name, None)
        self.refused.add(column.name)
        self.findings.append(problem)

    def signed_findings(self) -> list[Finding]:
        """The findings with the school they speak of."""
        code, campus = self.text("school_code"), self.text("campus")
        return [replace(each, school_code=code, campus=campus) for each in self.findings] if code else self.findings


@dataclass
class SheetOutcome:
    """What was made of one sheet. findings: about the sheet itself; left_out: Chinese, one line each."""

    records: list[Record]
    findings: list[Finding] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class SheetAt:
    """A sheet and the file it stands in."""

    file: str
    sheet: Sheet

    def place(self, row: int, column: int) -> Place:
        """Counted from 0. A CSV has no sheet name."""
        return Place(self.file, self.sheet.name, cell_address(row, column))

    def here(self) -> Place:
        return Place(self.file, self.sheet.name)

    def broken(self, row: int, column: int) -> str:
        return self.sheet.broken.get(cell_address(row, column), "") if self.sheet.broken else ""


def cell_at(row: Sequence[object], column: int) -> object:
    """The cell, "" beyond the end of a short row."""
    return row[column] if 0 <= column < len(row) else ""


