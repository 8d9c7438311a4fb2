"""The lines of the form in the page: the official form's sections, each field with its value, last year's beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from junheng.common.findings import Finding
from junheng.common.stages import Stage
from junheng.intake.model import Facts, Row
from junheng.intake.not_reported import stages_asked
from junheng.intake.official_forms import as_filled, official_columns
from junheng.intake.release_diff import spoken
from junheng.tables import Column, Kind, table
from junheng.web.pages.templatetags.pieces import grouped
from junheng.web.reporting.judged import policy_of
from junheng.web.reporting.models import Submission

FIXED = frozenset({"school_code", "school_name", "county_code", "county_name", "school_year", "campus"})
"""What the site knows of a unit; nobody types it."""
_BESIDE_THE_FORM = frozenset({"sponsor", "urban_rural", "is_boarding", "uscc", "students_senior"})
_JUDGED = ("outcome", "evidence", "judged_by", "judged_on")
_LEVELS = {"1": "Ⅰ", "2": "Ⅱ", "3": "Ⅲ", "4": "Ⅳ"}
_FLAGS = {"是": "是", "否": "否"}


@dataclass(frozen=True)
class Line:
    """One field. name: of the input; shown: the value as a person fills it in; last: last year's in words, "" = none;
    choices: value → label for a choice; findings: about this field; wrong: what was just typed and cannot be taken."""

    name: str
    column: Column
    shown: str
    last: str
    fixed: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    findings: Sequence[Finding] = ()
    wrong: str = ""

    @property
    def label(self) -> str:
        return self.column.label

    @property
    def unit(self) -> str:
        return "" if self.column.kind in (Kind.FLAG, Kind.CODE, Kind.LEVEL) else self.column.printed_unit

    @property
    def in_words(self) -> str:
        """As a page without inputs shows it."""
        text = self.choices.get(self.shown, grouped(self.shown) if self.is_number else self.shown)
        return f"{text} {self.unit}".strip() if text else ""

    @property
    def is_number(self) -> bool:
        return self.column.kind in (Kind.COUNT, Kind.AMOUNT, Kind.FRACTION)

    @property
    def has_error(self) -> bool:
        return bool(self.wrong) or any(each.level == "error" for each in self.findings)


@dataclass(frozen=True)
class Section:
    """id: part of the URL and the anchor; title: 类别 of the form, with the campus or criterion it is about."""

    id: str
    title: str
    lines: tuple[Line, ...]

    @property
    def errors(self) -> int:
        return sum(line.has_error for line in self.lines)

    @property
    def open(self) -> int:
        return sum(not line.shown and line.column.required for line in self.lines)


def input_name(table_name: str, number: int, column: str) -> str:
    return f"{table_name}-{number}-{column}"


def sections(submission: Submission, facts: Facts, last: Facts | None, findings: Sequence[Finding], *, everything: bool = False) -> list[Section]:
    """everything: also the optional lines beyond the official form that have no value."""
    table_name = "county" if submission.is_county else "school"
    out = []
    for number, row in enumerate(facts.rows(table_name)):
        before = _same(table_name, row, last)
        of_row = [each for each in findings if _is_about(each, table_name, row)]
        lines = list(_lines(table_name, number, row, before, of_row, everything))
        for at, (group, members) in enumerate(groupby(lines, key=lambda line: line.column.group)):
            campus = f"（{row['campus']}）" if row.get("campus") else ""
            out.append(Section(f"{table_name}-{number}-{at}", f"{group}{campus}", tuple(members)))
    if submission.is_county:
        out += _judgements(submission, facts, findings)
    return out


def _lines(table_name: str, number: int, row: Row, before: Row, findings: Sequence[Finding], everything: bool) -> Iterator[Line]:
    for column in columns_of(table_name, row, everything=everything):
        yield Line(
            input_name(table_name, number, column.name), column, shown(column, row.get(column.name)),
            spoken(column, before[column.name]) if before.get(column.name) is not None else "",
            column.name in FIXED, choices_of(column), [each for each in findings if each.field == column.name],
        )  # fmt: skip


def columns_of(table_name: str, row: Row, *, everything: bool = False) -> list[Column]:
    """The lines asked of this row, in the order of the contract: the official form's, and what has a value anyway."""
    if table_name == "county":
        return list(table("county").columns)
    official = {column.name for column in official_columns("school")}
    stages = set(stages_asked(row)) if row.get("school_type") else set(Stage)
    return [
        column
        for column in table("school").columns
        if row.get(column.name) is not None
        or ((column.name in official or column.name in _BESIDE_THE_FORM or everything) and _is_asked(column, stages))
    ]


def _is_asked(column: Column, stages: set[Stage]) -> bool:
    if column.name == f"students_{Stage.SENIOR}":
        return Stage.SENIOR in stages
    return not column.asked_of or bool(set(column.asked_of) & stages)


def shown(column: Column, value: object) -> str:
    """A stored value as a person fills it in; "" = not reported."""
    if column.codes is not None or column.kind is Kind.LEVEL:
        return "" if value is None else str(value)
    filled = as_filled(column, value)
    if filled is None:
        return ""
    return format(filled, ".15g") if isinstance(filled, float) else str(filled)


def choices_of(column: Column) -> Mapping[str, str]:
    if column.kind is Kind.FLAG:
        return _FLAGS
    if column.kind is Kind.LEVEL:
        return _LEVELS
    return column.codes.labels if column.codes is not None else {}


def criteria_judged(submission: Submission) -> dict[str, str]:
    """Criterion id → title, of those whose evidence people judge."""
    policy = policy_of(submission.round.policy, submission.unit.code, submission.round.school_year)[submission.unit.code]
    return {each.id: each.title for each in policy.criteria if each.evidence}


def _judgements(submission: Submission, facts: Facts, findings: Sequence[Finding]) -> Iterator[Section]:
    rows = {str(row["criterion"]): row for row in facts.judgement}
    for id, title in criteria_judged(submission).items():
        row = rows.get(id, {})
        lines = tuple(
            Line(f"judgement-{id}-{name}", column, shown(column, row.get(name)), "", choices=choices_of(column))
            for name in _JUDGED
            for column in (table("judgement").column(name),)
        )
        yield Section(f"judgement-{id}", f"评定：{title}", lines)


def _same(table_name: str, row: Row, last: Facts | None) -> Row:
    """The row of last year that is about the same campus or county."""
    rows = last.rows(table_name) if last else []
    return next((each for each in rows if (each.get("campus") or "") == (row.get("campus") or "")), {})


def _is_about(found: Finding, table_name: str, row: Row) -> bool:
    return table_name == "county" or (found.campus or "") == (row.get("campus") or "")
