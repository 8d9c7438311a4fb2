"""竖排表: the official school form and county form — one line per item, the value in a column of its own.

The columns are found by their headers and the lines by their labels, so rows may be added, columns moved and sheets
renamed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from junheng.common.findings import Finding, Place
from junheng.intake.cells import raw_text, read_cell
from junheng.intake.labels import LabelIndex, Match, label_index, normalise
from junheng.intake.model import SourceKind
from junheng.intake.reading_rules import finding
from junheng.intake.records import Record, SheetAt, SheetOutcome, cell_at
from junheng.intake.stages_open import Open, settle
from junheng.tables import Column, table

_ITEM = ("填报项目", "项目", "项目名称", "指标名称", "填报指标", "数据项", "指标")
_VALUE = ("填报值", "填报数据", "填报数", "填写值", "填报内容", "填报结果", "数值", "数据", "值")
_UNIT = ("单位", "计量单位", "数据单位")
_GROUP = ("类别", "分类", "项目类别", "指标类别", "一级指标", "所属类别")
_HEADER_ROWS = 40
_FEWEST_LINES = 3
_CLERICAL = ("填表人", "填报人", "审核人", "负责人", "单位负责人", "联系人", "联系电话", "电话", "填报日期", "填表日期", "填报单位", "备注")
_WHOSE = ("小学", "初中", "高中", "家长")
_KINDS = {"school": SourceKind.SCHOOL_FORM, "county": SourceKind.COUNTY_FORM}


@dataclass(frozen=True)
class Layout:
    """Where things stand on a form, counted from 0; unit and group are -1 where there is no such column."""

    header: int
    item: int
    value: int
    unit: int
    group: int


def find_layout(rows: list[list[object]]) -> Layout | None:
    """The header row of a vertical form; None when there is none."""
    for number, row in enumerate(rows[:_HEADER_ROWS]):
        words = [normalise(cell) if isinstance(cell, str) else "" for cell in row]
        item, value, unit, group = (_first_of(spellings, words) for spellings in (_ITEM, _VALUE, _UNIT, _GROUP))
        if item >= 0 and value >= 0 and item != value:
            return Layout(number, item, value, unit, group)
    return None


def _first_of(spellings: tuple[str, ...], words: list[str]) -> int:
    return next((words.index(word) for word in spellings if word in words), -1)


def read_vertical(at: SheetAt) -> SheetOutcome | None:
    """The one record of a vertical form; None when the sheet is no such form."""
    rows = at.sheet.rows
    layout = find_layout(rows)
    if layout is None:
        return None
    labels = [(number, raw_text(cell_at(rows[number], layout.item))) for number in range(layout.header + 1, len(rows))]
    table_name = _table_of(tuple(label for _, label in labels if label))
    if table_name is None:
        return None
    return _Reader(at, layout, table_name).read(labels)


def looks_headless(at: SheetAt) -> bool:
    """Whether a sheet without headers nonetheless lists items in one of its columns."""
    counts: dict[int, int] = {}
    for row in at.sheet.rows:
        for column, cell in enumerate(row[:12]):
            if isinstance(cell, str) and cell and _knows(cell):
                counts[column] = counts.get(column, 0) + 1
    return max(counts.values(), default=0) >= 8


def _knows(label: str) -> bool:
    return any(label_index(name).find(label, keywords=False) is not None for name in _KINDS)


@lru_cache(maxsize=256)
def _table_of(labels: tuple[str, ...]) -> str | None:
    found = {name: sum(label_index(name).find(each, keywords=False) is not None for each in labels) for name in _KINDS}
    best = max(found, key=lambda name: found[name])
    return best if found[best] >= _FEWEST_LINES else None


class _Reader:
    """Reads the lines of one form into one record."""

    def __init__(self, at: SheetAt, layout: Layout, table_name: str) -> None:
        self._at, self._layout = at, layout
        self._index: LabelIndex = label_index(table_name)
        self._record = Record(table_name, at.here(), _KINDS[table_name])
        self._first_line: dict[str, tuple[int, str]] = {}
        self._open: list[Open] = []
        self._left_out: list[str] = []

    def read(self, labels: list[tuple[int, str]]) -> SheetOutcome:
        group, matches = "", list[tuple[int, str, Match | None]]()
        for number, label in labels:
            group = raw_text(cell_at(self._at.sheet.rows[number], self._layout.group)) or group  # merged downwards
            matches.append((number, label, self._find(label, group) if label else None))
        named = {match.column.name for _, _, match in matches if match is not None and not match.by_keywords}
        for number, label, match in matches:
            cell = cell_at(self._at.sheet.rows[number], self._layout.value)
            broken = self._at.broken(number, self._layout.value)
            if match is not None and not (match.by_keywords and match.column.name in named):
                self._claim(match, label, number, cell, broken)
            elif cell not in ("", None) or broken:
                self._unmatched(label, number, cell)
        settle(self._record, self._open, self._left_out)
        return SheetOutcome([self._record], [], self._left_out)

    def _find(self, label: str, group: str) -> Match | None:
        """By the label; with its 类别 where that says whose number it is (小学, 家长), or which subject's (语文)."""
        of_whom = next((word for word in _WHOSE if word in group and word not in label), "")
        if of_whom and not any(word in label for word in _WHOSE) and (match := self._index.find(f"{label}（{of_whom}）", keywords=False)):
            return match
        return self._index.find(label) or (self._index.find(f"{group}{label}") if group else None)

    def _claim(self, match: Match, label: str, number: int, cell: object, broken: str) -> None:
        column, place = match.column, self._at.place(number, self._layout.value)
        sign = raw_text(cell_at(self._at.sheet.rows[number], self._layout.unit)) or match.sign
        if match.stage_open:
            self._open.append(Open(column, label, cell, sign, place))
            return
        if column.name in self._first_line:
            if raw_text(cell) == "" and not broken:
                return  # a blank line claims nothing
            if column.name in self._record.values or column.name in self._record.refused:
                self._record.give_up(column, self._two_claims(column, label, number))
                return
        self._first_line[column.name] = (number, label)
        self._record.take(column, cell, sign, place, broken)
        if match.is_guess and column.name in self._record.values:
            self._record.findings.append(taken_for(column, label, place))

    def _two_claims(self, column: Column, label: str, number: int) -> Finding:
        first, first_label = self._first_line[column.name]
        return finding(
            "E-two-claims", self._at.place(number, self._layout.value),
            f"“{label}”与 {self._at.place(first, self._layout.value).cell} 的“{first_label}”都是“{column.label}”，两行均未采用",
            "请只保留一行", field=column.name,
        )  # fmt: skip

    def _unmatched(self, label: str, number: int, cell: object) -> None:
        if self._belongs(label, cell, self._at.place(number, self._layout.value)) or normalise(label).startswith(_CLERICAL):
            return
        place = self._at.place(number, self._layout.value)
        name = f"“{label}”" if label else "没有项目名称的一行"
        self._record.findings.append(finding("W-unrecognised-line", place, f"{name}不是填报项目，填报值没有采用",
                                             "请核对项目名称；若是本表以外的项目可不理会"))  # fmt: skip
        self._left_out.append(f"{place}：{name}没有对应的填报项目，未采用。")

    def _belongs(self, label: str, cell: object, place: Place) -> bool:
        """Lines of the county form that say on a school form where and when the school belongs."""
        if self._record.table != "school" or not label:
            return False
        match = label_index("county").find(label, keywords=False)
        return match is not None and note_belonging(self._record, match.column, cell, place)


def note_belonging(record: Record, column: Column, cell: object, place: Place) -> bool:
    """Keeps 填报年度 and 区县名称 of a school's table on its record; False for any other column."""
    if column.name == "school_year":
        year = read_cell(table("county").column("school_year"), cell).value
        record.school_year = year if isinstance(year, int) else None
        record.year_at = place
    elif column.name == "county_name":
        record.county_name = raw_text(cell)
    return column.name in ("school_year", "county_name")


def taken_for(column: Column, label: str, place: Place) -> Finding:
    """The warning that a label was matched in other words than the contract's, or by keywords only."""
    return finding("W-taken-for", place, f"“{label}”按近似名称认作“{column.label}”", "请核对；如不是，请改用标准名称", field=column.name)
