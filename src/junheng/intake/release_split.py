"""One release per county: an intake that holds several counties, taken apart."""

from __future__ import annotations

from collections import defaultdict
from pathlib import PurePosixPath

from junheng.common.findings import Finding
from junheng.intake.model import Facts, Intake
from junheng.intake.unassessed import LEAVING_OUT
from junheng.tables.catalogue import FACT_TABLES


def split_by_county(intake: Intake) -> dict[str, Intake]:
    """county_code → the part of the intake that speaks of it, in order of the code.

    A file belongs to the counties whose values stand in it. One without values (unreadable, or read to nothing) goes
    with the files of its folder; when those do not tell either, to every county, so that it is never lost.
    """
    facts = intake.facts
    codes = sorted({str(row["county_code"] or "") for each in FACT_TABLES for row in facts.rows(each.name)})
    if len(codes) <= 1:
        return dict.fromkeys(codes, intake)
    owners = _owners(intake, codes)
    parts = {code: Intake(Facts(facts.school_year)) for code in codes}
    for each in FACT_TABLES:
        for row in facts.rows(each.name):
            parts[str(row["county_code"] or "")].facts.rows(each.name).append(row)
    for key, cell in facts.cells.items():
        if (county := key[1][0]) in parts:
            parts[county].facts.cells[key] = cell
    for source in intake.sources:
        for code in owners[source.name]:
            parts[code].sources.append(source)
    _share_findings(intake, parts, owners)
    for line in intake.left_out:
        named = {code for name, theirs in owners.items() if name in line for code in theirs}
        for code in sorted(named) or codes:
            parts[code].left_out.append(line)
    return parts


def _owners(intake: Intake, codes: list[str]) -> dict[str, list[str]]:
    by_file: dict[str, set[str]] = defaultdict(set)
    for (_, key, _), cell in intake.facts.cells.items():
        by_file[cell.place.file].add(key[0])
    by_folder: dict[PurePosixPath, set[str]] = defaultdict(set)
    for name, counties in by_file.items():
        by_folder[PurePosixPath(name).parent] |= counties
    owners = {}
    for source in intake.sources:
        folder = PurePosixPath(source.name).parent
        owners[source.name] = sorted(by_file.get(source.name) or by_folder.get(folder) or codes)
    return owners


def _share_findings(intake: Intake, parts: dict[str, Intake], owners: dict[str, list[str]]) -> None:
    of_school: dict[str, set[str]] = defaultdict(set)
    for row in intake.facts.school:
        of_school[str(row["school_code"] or "")].add(str(row["county_code"] or ""))
    for finding in intake.findings:
        for code in _counties_of(finding, of_school, owners) or parts:
            parts[code].findings.append(finding)


def _counties_of(finding: Finding, of_school: dict[str, set[str]], owners: dict[str, list[str]]) -> list[str]:
    """The counties a finding concerns; none = all of them."""
    by_school = of_school.get(finding.school_code, set()) if finding.school_code else set()
    by_file = owners.get(finding.place.file, [])
    if finding.rule == "E-which-county":
        return []
    if finding.rule in LEAVING_OUT:  # both the county that has the school and the one whose file was not taken
        return sorted(by_school | set(by_file))
    both = sorted(by_school & set(by_file))
    return both or sorted(by_school) or by_file
