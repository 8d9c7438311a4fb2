"""Everything a county's units handed in, as one intake. A unit that handed in nothing is there, with nothing reported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from junheng.common.findings import Finding, Level, Place
from junheng.common.kept import Kept
from junheng.intake.model import Facts, Intake, Row, SourceFile, SourceKind, sorted_findings
from junheng.intake.reading_rules import READING_RULES, finding
from junheng.tables.catalogue import FACT_TABLES
from junheng.web.areas.models import Unit
from junheng.web.reporting import stored
from junheng.web.reporting.models import Version
from junheng.web.reporting.queries import listed, submissions_of
from junheng.web.rounds.models import Round


@dataclass(frozen=True)
class Standing:
    """Which version of which unit counts. versions: (pk, content_sha256, the unit's code); silent: units of which none
    does, the county itself among them."""

    round: Round
    county: Unit
    versions: tuple[tuple[int, str, str], ...]
    silent: tuple[Unit, ...]

    @property
    def version_ids(self) -> tuple[int, ...]:
        return tuple(pk for pk, _, _ in self.versions)

    @property
    def contents(self) -> tuple[str, ...]:
        return tuple(sha256 for _, sha256, _ in self.versions)


def standing(round: Round, county: Unit, *, handed_in_only: bool) -> Standing:
    """handed_in_only: what is still being filled does not count, as for a release; the live verdict counts it."""
    versions, silent = [], []
    for each in listed(submissions_of(round, county)).order_by("unit__path"):
        if each.latest is not None and (each.is_handed_in or not handed_in_only):
            versions.append((each.latest.pk, each.latest.content_sha256, each.unit.code))
        else:
            silent.append(each.unit)
    return Standing(round, county, tuple(versions), tuple(silent))


_rows = Kept[str, dict[str, list[Row]]](1500)
"""By the hash of their content: an edit in one school reads one school."""


def rows_of(at: Standing) -> Facts:
    """The figures alone, without their places: what measuring needs."""
    facts = Facts(at.round.school_year)
    kept = _rows.all_of(at.contents, lambda missing: _read(at, set(missing)))
    for sha256 in at.contents:
        for each in FACT_TABLES:
            facts.rows(each.name).extend(kept[sha256].get(each.name, ()))
    facts.school.extend(_blank_school(at.county, each) for each in at.silent if each.pk != at.county.pk)
    return facts


def _read(at: Standing, contents: set[str]) -> dict[str, dict[str, list[Row]]]:
    found = Version.objects.filter(pk__in=[pk for pk, sha256, _ in at.versions if sha256 in contents]).values_list("content_sha256", "rows")
    return {sha256: {name: [stored.whole_row(name, row) for row in of_table] for name, of_table in rows.items()} for sha256, rows in found}


def gather(at: Standing, checked: Sequence[Finding] = ()) -> Intake:
    """Figures, their places, what reading found, and the files. checked: what the rules found, to be added."""
    facts, findings, sources, left_out = rows_of(at), list(checked), list[SourceFile](), list[str]()
    by_pk = Version.objects.defer("rows").in_bulk(list(at.version_ids))
    for pk, _, code in at.versions:
        version = by_pk[pk]
        facts.cells.update(stored.facts_from({}, version.cells, facts.school_year).cells)
        findings += [each for each in version.read_findings() if each.rule in READING_RULES]
        sources += stored.sources_from(version.sources) or [_typed(version, code)]
        left_out += version.left_out
    findings += _not_handed_in(at)
    return Intake(facts, sorted_findings(_once(findings)), _each_once(sources), list(dict.fromkeys(left_out)))


def _blank_school(county: Unit, school: Unit) -> Row:
    return stored.whole_row("school", {"county_code": county.code, "school_code": school.code, "school_name": school.name})


def _not_handed_in(at: Standing) -> Iterable[Finding]:
    for unit in at.silent:
        if unit.pk == at.county.pk:
            schools = len(at.versions) + len(at.silent) - 1
            yield finding("E-no-county-form", Place(), f"没有收到{at.county.name}的县级填报表（{schools} 所学校），县级指标均按未报处理",
                          "请补报县级填报表", field="county_code")  # fmt: skip
        else:
            told = finding("W-not-reported", Place(), f"{unit.name}没有上报，各项均按未报处理，不当作 0", "请催报")
            yield replace(told, school_code=unit.code)


def _typed(version: Version, code: str) -> SourceFile:
    """What was typed in a page and came out of no file."""
    return SourceFile(f"网页填报/{code}第{version.number}版", version.content_sha256, 0, SourceKind.SCHOOL_FORM)


def _once(findings: Iterable[Finding]) -> list[Finding]:
    """A finding about a whole table was given to every school of it."""
    return list(dict.fromkeys(findings))


def _each_once(sources: Iterable[SourceFile]) -> list[SourceFile]:
    return list({(each.name, each.sha256): each for each in sources}.values())


def errors_in(findings: Iterable[Finding]) -> list[Finding]:
    return [each for each in findings if each.level is Level.ERROR]
