"""横排表: one row per school (or county) — our own template, and the national statistics tables with their merged
headers, totals and notes."""

from __future__ import annotations

import re
from functools import cache

from junheng.common.findings import Finding
from junheng.intake.cells import raw_text
from junheng.intake.headers import Header, HeaderMatch, find_header
from junheng.intake.labels import label_index, normalise
from junheng.intake.model import SourceCell, SourceKind
from junheng.intake.reading_rules import finding
from junheng.intake.records import Record, SheetAt, SheetOutcome, cell_at
from junheng.intake.stages_open import Open, settle
from junheng.intake.vertical import note_belonging, taken_for
from junheng.tables import TABLES, Column, Kind, table

_NAMES = {"school": "school_name", "county": "county_name"}
_CODES = {"school": "school_code", "county": "county_code"}
_FOOTER = re.compile(r"(合计|总计|小计|共计|全县|全区|全市|注|备注|说明|填表|制表|审核|统计负责|单位负责|负责人|填报|报出|联系)")
_ORDINAL = re.compile(r"(l?\d{1,3}|[甲乙丙丁]|序号)")
_CODE = re.compile(r"[0-9A-Z]*\d{4}[0-9A-Z]*")
_UNASKED = frozenset({"序号", "编号", "no", "备注", "备注说明", "说明", "行号", ""})


def read_wide(at: SheetAt) -> SheetOutcome | None:
    """One record per data row; None when no row of the sheet is a header."""
    header = find_header(at.sheet)
    if header is None:
        return None
    if any(normalise(stack[-1]) in _person_labels() for stack in header.stacks.values()):
        problem = finding("E-register-in-workbook", at.here(), "这是一行一人（一班、一间）的名册，没有读入",
                          "请把每张名册另存为 CSV，文件名与名册同名（如 学生名册.csv）")  # fmt: skip
        return SheetOutcome([], [problem], [f"{at.here()}：名册应为 CSV 或 Parquet 文件，未采用。"])
    if _CODES[header.table] not in {found.match.column.name for found in header.matches.values()}:
        label = table(header.table).column(_CODES[header.table]).label
        problem = finding("E-no-code-column", at.place(header.first, 0), f"表中没有“{label}”一列，各行无法对应，整张表没有采用",
                          f"请补充“{label}”一列；若是汇总表或结果表，请移出上报文件夹", field=_CODES[header.table])  # fmt: skip
        return SheetOutcome([], [problem], [f"{at.here()}：没有“{label}”一列，未采用。"])
    return _Reader(at, header).read()


@cache
def _person_labels() -> frozenset[str]:
    """Headers that only registers have: the numbers of people, classes and rooms."""
    school = {column.name for column in table("school").columns}
    keys = [column for each in TABLES.values() if each.person_level for column in each.columns
            if column.kind is Kind.ID and column.name not in school]  # fmt: skip
    return frozenset(normalise(text) for column in keys for text in (column.label, *column.variants))


class _Reader:
    """Reads the rows below one header."""

    def __init__(self, at: SheetAt, header: Header) -> None:
        self._at, self._header = at, header
        self._outcome = SheetOutcome([])
        self._columns: dict[int, HeaderMatch] = {}
        self._two_claims: list[tuple[Column, Finding]] = []
        self._belonging: dict[int, Column] = {}
        self._unknown: dict[int, str] = {}
        self._settle_columns()
        self._kind = self._kind_of_table()

    def _settle_columns(self) -> None:
        first: dict[str, int] = {}
        for position, found in self._header.matches.items():
            column = found.match.column
            name = f"{column.base}?" if found.match.stage_open else column.name
            if name in first:
                self._columns.pop(first[name], None)
                self._two_claims.append((column, self._claims(column, first[name], position)))
                continue
            first[name] = position
            self._columns[position] = found
        for position, stack in self._header.stacks.items():
            if position in self._header.matches:
                continue
            match = label_index("county").find(stack[-1], keywords=False) if self._header.table == "school" else None
            if match is not None and match.column.name in ("school_year", "county_name"):
                self._belonging[position] = match.column
            elif normalise(stack[-1]) not in _UNASKED:
                self._unknown[position] = " ".join(dict.fromkeys(stack)).replace("\n", "")

    def _claims(self, column: Column, first: int, second: int) -> Finding:
        last = self._header.first + self._header.height - 1
        return finding("E-two-claims", self._at.place(last, second),
                       f"两列都是“{column.label}”（另一列在 {self._at.place(last, first).cell}），两列均未采用", "请只保留一列",
                       field=column.name)  # fmt: skip

    def _kind_of_table(self) -> SourceKind:
        names = {found.match.column.name for found in self._columns.values()}
        # Our own columns know the sports hall, the statistics tables do not.
        return SourceKind.WIDE_TABLE if "gym_area_m2" in names else SourceKind.STATISTICS_TABLE

    def read(self) -> SheetOutcome:
        header = self._header
        self._outcome.findings.extend(problem for _, problem in self._two_claims)
        for found in self._columns.values():
            self._warn_of_guess(found)
        for number in range(header.first + header.height, len(self._at.sheet.rows)):
            row = self._at.sheet.rows[number]
            if any(cell not in ("", None) for cell in row):
                self._read_row(number, row)
        self._report_unknown()
        return self._outcome

    def _warn_of_guess(self, found: HeaderMatch) -> None:
        if found.match.is_guess or found.dropped:
            position = next(place for place, each in self._columns.items() if each is found)
            words = "".join(dict.fromkeys(self._header.stacks[position])).replace("\n", "")
            place = self._at.place(self._header.first, position)
            self._outcome.findings.append(taken_for(found.match.column, words, place))

    def _read_row(self, number: int, row: list[object]) -> None:
        record = Record(self._header.table, self._at.place(number, min(self._columns)), self._kind)
        waiting: list[Open] = []
        for position, found in self._columns.items():
            cell, place = cell_at(row, position), self._at.place(number, position)
            if found.match.stage_open:
                label = "".join(self._header.stacks[position]).replace("\n", "")
                waiting.append(Open(found.match.column, label, cell, found.match.sign, place))
            else:
                record.take(found.match.column, cell, found.match.sign, place, self._at.broken(number, position))
        if self._is_no_school(record, number, row):
            return
        for position, column in self._belonging.items():
            note_belonging(record, column, cell_at(row, position), self._at.place(number, position))
        for column, _ in self._two_claims:
            record.refused.add(column.name)
        settle(record, waiting, self._outcome.left_out)
        self._sports_hall(record)
        self._outcome.records.append(record)

    def _is_no_school(self, record: Record, number: int, row: list[object]) -> bool:
        """Totals, notes, column numbers: rows of the table that report nobody."""
        name = normalise(record.text(_NAMES[self._header.table]))
        code = record.text(_CODES[self._header.table])
        first = normalise(next((raw_text(cell) for cell in row if raw_text(cell)), ""))
        if _CODE.fullmatch(code):
            return False
        if _FOOTER.match(name) or _FOOTER.match(first) or _ORDINAL.fullmatch(name or first):
            return True
        if not name and not code:
            place = self._at.place(number, 0)
            self._outcome.left_out.append(f"{place}：这一行没有名称和代码，未采用。")
            if record.table == "school" and record.values:
                self._outcome.findings.append(finding("E-row-without-school", place, "这一行有数，但没有学校名称和代码，没有采用",
                                                      "请补填学校代码；不是学校的行请删除"))  # fmt: skip
            return True
        return False

    def _sports_hall(self, record: Record) -> None:
        # The statistics tables have no line for the sports hall; there indoor sports rooms stand for it (rules.md §1.1).
        indoor = record.cells.get("indoor_pe_area_m2")
        if record.table != "school" or "gym_area_m2" in record.lines or indoor is None or "sport_field_area_m2" not in record.lines:
            return
        record.values["gym_area_m2"] = record.values["indoor_pe_area_m2"]
        record.cells["gym_area_m2"] = SourceCell(indoor.place, f"{indoor.raw}（统计报表无体育馆一栏，取室内体育用房）")
        record.lines["gym_area_m2"] = indoor.place

    def _report_unknown(self) -> None:
        below = self._at.sheet.rows[self._header.first + self._header.height :]
        last = self._header.first + self._header.height - 1
        for position, words in self._unknown.items():
            if any(raw_text(cell_at(row, position)) for row in below):
                place = self._at.place(last, position)
                self._outcome.findings.append(finding("W-unrecognised-line", place, f"“{words}”一列不是填报项目，没有采用",
                                                      "请核对列名；若是本表以外的项目可不理会"))  # fmt: skip
                self._outcome.left_out.append(f"{place}：“{words}”一列没有对应的填报项目，未采用。")
