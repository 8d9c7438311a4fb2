"""Facts, their places and findings as a version keeps them in JSON, and back. What was not reported is left out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from junheng.common.findings import Finding, Level, Place
from junheng.intake.model import Facts, Row, SourceCell, SourceFile, SourceKind
from junheng.tables import table
from junheng.tables.catalogue import FACT_TABLES

Rows = Mapping[str, list[dict[str, Any]]]
"""Table name → rows without what was not reported."""


def rows_of(facts: Facts) -> dict[str, list[dict[str, Any]]]:
    return {
        each.name: [{name: value for name, value in row.items() if value not in (None, "")} for row in facts.rows(each.name)]
        for each in FACT_TABLES
        if facts.rows(each.name)
    }


def cells_of(facts: Facts) -> list[list[Any]]:
    """One [table, county, school, campus, row, column, file, sheet, cell, raw] per value."""
    return [
        [name, *key, column, cell.place.file, cell.place.sheet, cell.place.cell, cell.raw]
        for (name, key, column), cell in facts.cells.items()
    ]


def facts_from(rows: Rows, cells: Iterable[Sequence[Any]], school_year: int) -> Facts:
    facts = Facts(school_year)
    for each in FACT_TABLES:
        facts.rows(each.name).extend(whole_row(each.name, row) for row in rows.get(each.name, ()))
    for name, county, school, campus, row, column, file, sheet, cell, raw in cells:
        facts.cells[name, (county, school, campus, row), column] = SourceCell(Place(file, sheet, cell), raw)
    return facts


@cache
def _blank(table_name: str) -> Row:
    return dict.fromkeys(column.name for column in table(table_name).columns)


def whole_row(table_name: str, values: Mapping[str, Any]) -> Row:
    """A row with every column of its table, None where nothing was reported."""
    return {**_blank(table_name), **values}


def findings_json(findings: Iterable[Finding]) -> list[list[str]]:
    return [
        [str(f.level), f.rule, f.place.file, f.place.sheet, f.place.cell, f.message, f.remedy, f.field, f.school_code, f.campus]
        for f in findings
    ]


def findings_from(read: Iterable[Sequence[str]]) -> list[Finding]:
    return [
        Finding(Level(level), rule, Place(file, sheet, cell), message, remedy, field, school, campus)
        for level, rule, file, sheet, cell, message, remedy, field, school, campus in read
    ]


def finding_key(finding: Finding) -> str:
    """Which finding it is, in every version in which it says the same. The message counts: another number needs another
    explanation."""
    said = hashlib.sha256(finding.message.encode()).hexdigest()[:16]
    return f"{finding.rule}|{finding.field}|{finding.campus}|{said}"[:160]


def sources_json(sources: Iterable[SourceFile]) -> list[list[Any]]:
    return [[each.name, each.sha256, each.size_bytes, str(each.kind)] for each in sources]


def sources_from(read: Iterable[Sequence[Any]]) -> list[SourceFile]:
    return [SourceFile(name, sha256, size, SourceKind(kind)) for name, sha256, size, kind in read]
