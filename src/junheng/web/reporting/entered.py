"""From what was typed in the page to a new version: every value through the reader of cells, every rule checked again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils import timezone

from junheng.common.findings import Finding, Place
from junheng.intake.cells import read_cell
from junheng.intake.checks import run_checks
from junheng.intake.checks.model import row_key
from junheng.intake.model import Facts, Row, SourceCell, SourceFile, SourceKind, sorted_findings
from junheng.intake.not_reported import not_reported
from junheng.intake.reading_rules import READING_RULES, finding
from junheng.intake.records import Record
from junheng.tables import Column, Kind, table
from junheng.web.accounts.models import User
from junheng.web.reporting import stored
from junheng.web.reporting.actions.versions import Draft
from junheng.web.reporting.form import FIXED, criteria_judged, shown
from junheng.web.reporting.models import Origin, Submission
from junheng.web.reporting.prefill import prefilled

_MISSING = "W-not-reported"


@dataclass
class Entry:
    """draft: None when nothing was changed; wrong: input name → what is wrong with what was typed there; typed: what
    stood there, to be shown again."""

    draft: Draft | None = None
    wrong: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Base:
    """What the page starts from: the latest version, or what is known before there is one. number: 0 = none."""

    number: int
    facts: Facts
    findings: Sequence[Finding]
    sources: Sequence[SourceFile]
    left_out: Sequence[str]
    last_year: Facts | None


def base_of(submission: Submission) -> Base:
    known = prefilled(submission)
    version = submission.latest
    if version is None:
        return Base(0, known.facts, missing_in(submission, known.facts, []), (), (), known.last_year)
    facts = version.facts(submission.round.school_year)
    if not facts.rows("county" if submission.is_county else "school"):
        facts.rows("county" if submission.is_county else "school").extend(known.facts.rows("county" if submission.is_county else "school"))
    return Base(version.number, facts, version.read_findings(), stored.sources_from(version.sources), version.left_out, known.last_year)


def enter(submission: Submission, base: Base, posted: Mapping[str, str], by: User) -> Entry:
    """posted: input name → what was typed; inputs that are not there are left as they are."""
    return _Entering(submission, base, by).done(posted)


class _Entering:
    def __init__(self, submission: Submission, base: Base, by: User) -> None:
        self._submission, self._base = submission, base
        self._facts = deepcopy(base.facts)
        self._file = f"网页填报（{by.name}，{_in_words(timezone.now())}）"
        self._entry = Entry()
        self._touched: set[tuple[str, str]] = set()
        self._doubts: list[Finding] = []

    def done(self, posted: Mapping[str, str]) -> Entry:
        for table_name in ("county",) if self._submission.is_county else ("school",):
            for number, row in enumerate(self._facts.rows(table_name)):
                for column in table(table_name).columns:
                    name = f"{table_name}-{number}-{column.name}"
                    if name in posted and column.name not in FIXED:
                        self._take(name, table_name, row, column, posted[name])
        if self._submission.is_county:
            self._take_judgements(posted)
        if self._entry.changed:
            self._entry.draft = self._draft()
        return self._entry

    def _take(self, name: str, table_name: str, row: Row, column: Column, typed: str) -> None:
        typed = typed.strip()
        before = row.get(column.name)
        if typed == shown(column, before):
            return
        reading = read_cell(column, _LEVEL_WORDS.get(typed, typed) if column.kind is Kind.LEVEL else typed)
        if reading.problem is not None and reading.problem.rule.startswith("E-"):
            self._entry.wrong[name] = f"{reading.problem.why}。{reading.problem.remedy}。"
            self._entry.typed[name] = typed
            return
        if reading.value == before:
            return
        place = Place(self._file, column.group or table(table_name).label, column.label)
        row[column.name] = reading.value
        key = row_key(table_name, row)
        self._facts.cells.pop((table_name, key, column.name), None)
        if reading.value is not None:
            self._facts.cells[table_name, key, column.name] = SourceCell(place, reading.raw)
        self._touched.add((str(row.get("campus") or ""), column.name))
        self._entry.changed.append(column.label)
        if reading.problem is not None:
            said = finding(reading.problem.rule, place, f"“{column.label}”：{reading.problem.why}", reading.problem.remedy, field=column.name)
            self._doubts.append(replace(said, school_code=key[1], campus=key[2]))

    def _take_judgements(self, posted: Mapping[str, str]) -> None:
        for id in criteria_judged(self._submission):
            row = next((each for each in self._facts.judgement if each["criterion"] == id), None)
            columns = {name: table("judgement").column(name) for name in ("outcome", "evidence", "judged_by", "judged_on")}
            names = {name: f"judgement-{id}-{name}" for name in columns}
            if row is None:
                if not any(posted.get(each, "").strip() for each in names.values()):
                    continue
                row = stored.whole_row("judgement", {"county_code": self._submission.unit.code, "criterion": id})
                self._facts.judgement.append(row)
            for name, column in columns.items():
                if names[name] in posted:
                    self._take(names[name], "judgement", row, column, posted[names[name]])
        self._facts.judgement = [row for row in self._facts.judgement if row["outcome"] is not None or row["evidence"] is not None]

    def _draft(self) -> Draft:
        carried = [each for each in self._base.findings if each.rule in READING_RULES and each.rule != _MISSING and not self._is_mended(each)]
        missing = missing_in(self._submission, self._facts, [*self._base.findings, *carried])
        checked = run_checks(self._facts, self._base.last_year)
        return Draft(
            Origin.PAGE, self._facts, sorted_findings([*carried, *self._doubts, *missing, *checked]), list(self._base.sources),
            list(self._base.left_out), base=self._base.number,
        )  # fmt: skip

    def _is_mended(self, found: Finding) -> bool:
        return bool(found.field) and (found.campus, found.field) in self._touched


def missing_in(submission: Submission, facts: Facts, known: Sequence[Finding]) -> list[Finding]:
    """Required lines nobody filled in, each where it stood blank in the file, or in the page."""
    return list(not_reported(_records(submission, facts, known)))


def _records(submission: Submission, facts: Facts, known: Sequence[Finding]) -> Iterator[Record]:
    table_name, kind = ("county", SourceKind.COUNTY_FORM) if submission.is_county else ("school", SourceKind.SCHOOL_FORM)
    for row in facts.rows(table_name):
        campus = str(row.get("campus") or "")
        about = [each for each in known if table_name == "county" or each.campus == campus]
        lines = {column.name: Place("网页填报", column.group, column.label) for column in table(table_name).columns}
        lines |= {each.field: each.place for each in about if each.rule == _MISSING and each.place.cell}
        refused = {each.field for each in about if each.level == "error" and each.rule in READING_RULES and row.get(each.field) is None}
        yield Record(table_name, Place("网页填报"), kind, {name: value for name, value in row.items() if value is not None}, lines=lines, refused=refused)


_LEVEL_WORDS = {"1": "Ⅰ", "2": "Ⅱ", "3": "Ⅲ", "4": "Ⅳ"}


def _in_words(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
