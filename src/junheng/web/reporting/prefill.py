"""What is known of a unit before anybody fills anything: its name and code, and from last year what rarely changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from junheng.common.findings import Place
from junheng.intake.checks.model import row_key
from junheng.intake.model import Facts, Row, SourceCell
from junheng.intake.template import KEPT
from junheng.web.reporting import stored
from junheng.web.reporting.last_year import last_year_of
from junheng.web.reporting.models import Submission

_FROM_TREE, _FROM_LAST_YEAR = "单位库", "上年数据版本"


@dataclass(frozen=True)
class Prefilled:
    """facts: the rows as filled in; last_year: what stood there last year, None = nothing known."""

    facts: Facts
    last_year: Facts | None


def prefilled(submission: Submission) -> Prefilled:
    """One row for a school (one per campus where last year had several), or the county's row."""
    last = last_year_of(submission.round, submission.unit)
    facts = Facts(submission.round.school_year)
    table = "county" if submission.is_county else "school"
    for before in _rows_before(table, submission, last):
        kept = {name: before[name] for name in KEPT if before.get(name) is not None}
        row = stored.whole_row(table, {**kept, **_known(submission)} if table == "school" else _known(submission))
        facts.rows(table).append(row)
        for name, value in row.items():
            if value is not None:
                source = _FROM_TREE if name in _known(submission) else f"{_FROM_LAST_YEAR}（{last.school_year if last else ''} 学年）"
                facts.cells[table, row_key(table, row), name] = SourceCell(Place(source), str(value))
    return Prefilled(facts, last)


def _rows_before(table: str, submission: Submission, last: Facts | None) -> Sequence[Mapping[str, object]]:
    rows: Sequence[Row] = last.rows(table) if last else ()
    return rows or [{}]


def _known(submission: Submission) -> dict[str, object]:
    if submission.is_county:
        return {"county_code": submission.unit.code, "county_name": submission.unit.name, "school_year": submission.round.school_year}
    return {"county_code": submission.county_code, "school_code": submission.unit.code, "school_name": submission.unit.name}
