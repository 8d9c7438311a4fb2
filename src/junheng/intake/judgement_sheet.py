"""评定表: what people judged, one line per criterion — a sheet of the county workbook, or a file of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping

from junheng.intake.cells import raw_text
from junheng.intake.labels import label_index, normalise
from junheng.intake.model import SourceCell, SourceKind
from junheng.intake.reading_rules import finding
from junheng.intake.records import Record, SheetAt, SheetOutcome, cell_at
from junheng.tables import Column, table

CRITERION_WORDS: Mapping[str, tuple[str, ...]] = {
    "layout": ("规划布局",), "unified_standards": ("标准统一|四统一",), "music_art_rooms": ("音乐", "美术"), "school_size": ("规模不超过",),
    "class_size": ("班级学生数",), "small_school_funding": ("不足100人",), "special_education_funding": ("特殊教育|特教", "公用经费"),
    "teacher_pay": ("工资",), "training_hours": ("360",), "staffing_allocation": ("编制", "统筹"), "rotation": ("轮岗",),
    "teacher_certificates": ("教师资格",), "nearby_enrolment": ("划片",), "senior_high_quota": ("优质高中",),
    "migrant_children": ("随迁子女|留守儿童",), "retention": ("巩固率",), "disabled_enrolment": ("残疾儿童", "入学率"),
    "charters_and_it": ("章程",), "training_budget": ("培训经费",), "it_use": ("信息化手段|信息化应用|信息化教学",), "moral_and_culture": ("德育",),
    "curriculum": ("课程开齐",), "workload": ("课业负担",), "national_monitoring": ("质量监测",), "recognition": ("认可度",),
    "veto": ("一票否决",),
}  # fmt: skip
"""Every criterion id of the machine contract, and the words by which its Chinese text is known, "|" between alternatives."""

_ID = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_HEADER_ROWS = 20


def read_judgements(at: SheetAt) -> SheetOutcome | None:
    """One record per criterion; None when the sheet has no header with 条目 and 结论."""
    found = _find_header(at)
    if found is None:
        return None
    header, columns = found
    outcome = SheetOutcome([])
    first: dict[str, Record] = {}
    for number in range(header + 1, len(at.sheet.rows)):
        row = at.sheet.rows[number]
        if not any(raw_text(cell_at(row, index)) for index in columns):
            continue
        record = _read_line(at, number, columns, outcome)
        if record is None:
            continue
        criterion = record.text("criterion")
        if criterion in first:
            problem = finding("E-two-claims", record.place, f"条目“{criterion}”评定了两次，两次均未采用", "请只保留一行", field="outcome")
            first[criterion].give_up(table("judgement").column("outcome"), problem)
            continue
        first[criterion] = record
        outcome.records.append(record)
    return outcome


def _find_header(at: SheetAt) -> tuple[int, dict[int, Column]] | None:
    index = label_index("judgement")
    for number, row in enumerate(at.sheet.rows[:_HEADER_ROWS]):
        columns: dict[int, Column] = {}
        for position, cell in enumerate(row):
            match = index.find(cell) if isinstance(cell, str) and cell else None
            # Id and title may both be there; whichever says which criterion it is will do.
            if match is not None and (match.column.name == "criterion" or match.column not in columns.values()):
                columns[position] = match.column
        names = {column.name for column in columns.values()}
        if {"criterion", "outcome"} <= names:
            return number, columns
    return None


def _read_line(at: SheetAt, number: int, columns: Mapping[int, Column], outcome: SheetOutcome) -> Record | None:
    row = at.sheet.rows[number]
    positions = [index for index, column in columns.items() if column.name == "criterion"]
    position = next((each for each in positions if criterion_of(raw_text(cell_at(row, each)))), positions[0])
    place, text = at.place(number, position), raw_text(cell_at(row, position))
    criterion = criterion_of(text)
    record = Record("judgement", place, SourceKind.JUDGEMENT_SHEET)
    for index, column in columns.items():
        if column.name != "criterion":
            record.take(column, cell_at(row, index), "", at.place(number, index), at.broken(number, index))
    if not record.refused and not record.values.keys() & {"outcome", "evidence", "judged_by"}:
        return None
    if criterion is None:
        if "outcome" in record.values or record.refused:
            outcome.findings.append(finding("E-no-criterion", place, f"“{text}”里没有条目编号，这一行没有采用",
                                            "请填条目编号，如 layout、curriculum"))  # fmt: skip
            outcome.left_out.append(f"{place}：“{text}”没有条目编号，未采用。")
        return None
    record.values["criterion"] = criterion
    record.cells["criterion"] = SourceCell(place, text)
    if criterion not in CRITERION_WORDS:
        record.findings.append(finding("W-unknown-criterion", place, f"“{criterion}”不是标准条目编号", "请核对编号的写法", field="criterion"))
    elif criterion not in text.lower():
        record.findings.append(finding("W-taken-for", place, f"“{text}”按近似名称认作条目 {criterion}", "请核对；最好直接填条目编号",
                                       field="criterion"))  # fmt: skip
    return record


def criterion_of(text: str) -> str | None:
    """The criterion id in a cell: as written, in parentheses, or by the words of its Chinese text; None when unclear."""
    ids = _ID.findall(text.lower())
    for each in ids:
        if each in CRITERION_WORDS:
            return str(each)
    if ids and len(ids[0]) == len(text.strip()):
        return str(ids[0])
    words = normalise(text)
    hits = [name for name, keys in CRITERION_WORDS.items() if all(re.search(key, words) for key in keys)]
    return hits[0] if len(hits) == 1 else None
