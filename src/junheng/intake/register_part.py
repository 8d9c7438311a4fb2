"""What registers add to the facts read from tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from junheng.common.findings import Place
from junheng.intake.model import Facts, Intake, SourceKind, school_key
from junheng.intake.reading_rules import finding
from junheng.intake.records import Record
from junheng.intake.register_folder import RolledUp, merge_registers, roll_up_folder
from junheng.intake.unassessed import NOT_COUNTED


def roll_up_all(folders: Sequence[Path], root: Path) -> list[RolledUp]:
    """The registers of each folder, in order. The school year is not theirs to say."""
    return [roll_up_folder(folder, 0, root=root) for folder in folders]


def stated_years(rolled: Sequence[RolledUp]) -> list[object]:
    """The years that county tables beside registers state."""
    return [row.get("school_year") for each in rolled for row in each.facts.county]


def add_registers(intake: Intake, rolled: Sequence[RolledUp]) -> list[Record]:
    """Merges the registers of the same school year; returns the schools that only registers know, as records."""
    known = {school_key(row) for row in intake.facts.school}
    for each in rolled:
        other = next((row for row in each.facts.county if row.get("school_year") not in (None, intake.facts.school_year)), None)
        intake.sources.extend(each.sources)
        intake.findings.extend(each.findings)
        intake.left_out.extend(f"{found.place}：{found.message}" for found in each.findings if found.rule in NOT_COUNTED)
        if other is not None:
            name = each.sources[0].name if each.sources else ""
            year, wanted = other["school_year"], intake.facts.school_year
            intake.findings.append(finding("E-other-school-year", Place(name), f"这些名册属于 {year} 年，不是 {wanted} 年，没有采用",
                                           f"请上报 {wanted} 年的名册", field="school_year"))  # fmt: skip
            intake.left_out.append(f"《{name}》所在文件夹的名册：属于 {year} 年，未采用。")
            continue
        merge_registers(intake.facts, each)
    intake.facts.school.sort(key=school_key)
    return [_record(intake.facts, row) for row in intake.facts.school if school_key(row) not in known]


def _record(facts: Facts, row: dict[str, object]) -> Record:
    key = school_key(row)
    values = {name: value for name, value in row.items() if value is not None}
    file = next((place.file for name in values if (place := facts.place_of("school", key, name)).file), "")
    return Record("school", Place(file), SourceKind.REGISTER, values)
