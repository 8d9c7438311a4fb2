"""From files to what each unit hands in: one reading, taken apart by whose figures stand where.

Names of files are put below the unit's own folder ("2121001719和平区第一小学/学校填报表格.xlsx"), because every school's
file has the same name; a file of several schools goes below the county's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from junheng.common.findings import Finding
from junheng.intake.assemble import Progress, read_folder
from junheng.intake.model import Facts, Intake, Row, RowKey, SourceCell, SourceFile, county_key, school_key
from junheng.reports.text import file_stem
from junheng.web.areas.models import Unit
from junheng.web.rights.levels import UnitKind

_OF_NOBODY = frozenset({"E-no-county-form", "E-no-school-year"})
"""Said of a whole folder: a school's own file has no county form beside it."""
_KNOWN_HERE = frozenset({"E-missing-school-code", "E-which-county", "E-missing-county-code"})
"""What the site knows already: whose submission it is."""


@dataclass
class Handed:
    """What one unit hands in. findings: of reading alone; files: names as uploaded."""

    unit: Unit
    facts: Facts
    findings: list[Finding] = field(default_factory=list)
    sources: list[SourceFile] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Sorted:
    """by_unit: what each unit hands in; strange: Chinese lines on what belongs to nobody here; intake: all of it."""

    by_unit: dict[int, Handed]
    strange: list[str]
    intake: Intake


def unit_folder(unit: Unit) -> str:
    return f"{unit.code}{file_stem(unit.name)}"


def read_handed_in(folder: Path, place: Unit, schools: Sequence[Unit], school_year: int, progress: Progress | None = None) -> Sorted:
    """Everything below `folder`, by the units it belongs to: those of `schools` and, where `place` is a county, its own form. place:
    the county the schools count with, or the city or province that runs them."""
    intake = read_folder([folder], school_year, progress)
    return _Sorting(intake, place, schools).done()


class _Sorting:
    def __init__(self, intake: Intake, place: Unit, schools: Sequence[Unit]) -> None:
        self._intake, self._named = intake, place
        self._county = place if place.kind == UnitKind.COUNTY else None
        self._by_code = {each.code: each for each in schools}
        names = Counter(each.name for each in schools)
        self._by_name = {each.name: each for each in schools if names[each.name] == 1}
        self._files_of_key: dict[tuple[str, RowKey], set[str]] = defaultdict(set)
        for (table, key, _), cell in intake.facts.cells.items():
            self._files_of_key[table, key].add(cell.place.file)
        self._handed: dict[int, Handed] = {}
        self._unit_of_key: dict[tuple[str, RowKey], Unit] = {}
        self._strange: list[str] = []

    def done(self) -> Sorted:
        for row in self._intake.facts.school:
            self._place("school", row, school_key(row), self._school_of(row))
        for row in self._intake.facts.county:
            self._place("county", row, county_key(row), self._county if self._county and row["county_code"] in (None, "", self._county.code) else None)
        for row in self._intake.facts.judgement:
            self._place("judgement", row, (*county_key(row)[:3], str(row["criterion"] or "")), self._county)
        files = self._files()
        for handed in self._handed.values():
            self._rename(handed, files)
        self._share_findings(files)
        return Sorted(self._handed, [*self._strange, *self._unread()], self._intake)

    def _school_of(self, row: Row) -> Unit | None:
        school = self._named_in(row)
        return school if school is not None and row["county_code"] in (None, "", school.county_code) else None

    def _named_in(self, row: Row) -> Unit | None:
        if row["school_code"]:
            return self._by_code.get(str(row["school_code"]))
        only = next(iter(self._by_code.values())) if len(self._by_code) == len(self._intake.facts.school) == 1 else None
        return only or self._by_name.get(str(row["school_name"] or ""))

    def _place(self, table: str, row: Row, key: RowKey, unit: Unit | None) -> None:
        if unit is None:
            files = "、".join(f"《{each}》" for each in sorted(self._files_of_key[table, key])) or "文件"
            self._strange.append(f"{files}：{_whose(table, row)}，不属于{self._named.name}{'' if self._county else '直属、'}参加本轮的单位，没有采用。")
            return
        handed = self._handed.setdefault(unit.pk, Handed(unit, Facts(self._intake.facts.school_year)))
        placed = {**row, "county_code": unit.county_code}
        if table == "school":
            placed |= {"school_code": unit.code, "school_name": row["school_name"] or unit.name}
        handed.facts.rows(table).append(placed)
        self._unit_of_key[table, key] = unit

    def _files(self) -> dict[str, tuple[str, list[Unit]]]:
        """File as read → its name here, and whose figures stand in it."""
        owners: dict[str, dict[int, Unit]] = defaultdict(dict)
        for (table, key), unit in self._unit_of_key.items():
            for file in self._files_of_key[table, key]:
                owners[file][unit.pk] = unit
        return {
            file: (f"{unit_folder(next(iter(units.values())) if len(units) == 1 else self._named)}/{PurePosixPath(file).name}", [*units.values()])
            for file, units in owners.items()
        }

    def _rename(self, handed: Handed, files: Mapping[str, tuple[str, list[Unit]]]) -> None:
        for (table, key, column), cell in self._intake.facts.cells.items():
            unit = self._unit_of_key.get((table, key))
            if unit is not None and unit.pk == handed.unit.pk:
                handed.facts.cells[table, self._new_key(table, key, unit), column] = _renamed(cell, files)
        for source in self._intake.sources:
            name, owners = files.get(source.name, ("", []))
            if handed.unit.pk in {each.pk for each in owners}:
                handed.sources.append(replace(source, name=name))
                handed.files.append(PurePosixPath(source.name).name)
                handed.left_out += [line.replace(source.name, name) for line in self._intake.left_out if source.name in line]

    def _new_key(self, table: str, key: RowKey, unit: Unit) -> RowKey:
        return (unit.county_code, unit.code if table == "school" else "", key[2], key[3])

    def _share_findings(self, files: Mapping[str, tuple[str, list[Unit]]]) -> None:
        for found in self._intake.findings:
            if found.rule in _OF_NOBODY | _KNOWN_HERE:
                continue
            name, owners = files.get(found.place.file, (found.place.file, []))
            for unit in owners:
                if found.school_code in ("", unit.code):
                    placed = replace(found, place=replace(found.place, file=name), school_code=found.school_code and unit.code)
                    self._handed[unit.pk].findings.append(placed)

    def _unread(self) -> Iterator[str]:
        """What the reader says about files in which nobody's figures were found."""
        taken = {file for (table, key) in self._unit_of_key for file in self._files_of_key[table, key]}
        for found in self._intake.findings:
            if found.place.file and found.place.file not in taken and found.level == "error":
                yield found.text
        told = {found.place.file for found in self._intake.findings}
        for line in self._intake.left_out:
            if not any(file in line for file in taken | told if file):
                yield line


def _whose(table: str, row: Row) -> str:
    if table == "school":
        return f"{row['school_name'] or '没有校名的学校'}（代码 {row['school_code'] or '未填'}）"
    if table == "judgement":
        return f"县级评定表（{row['criterion'] or '没有指标'}）"
    return f"{row['county_name'] or '没有名称的区县'}（代码 {row['county_code'] or '未填'}）"


def _renamed(cell: SourceCell, files: Mapping[str, tuple[str, list[Unit]]]) -> SourceCell:
    name, _ = files.get(cell.place.file, (cell.place.file, []))
    return SourceCell(replace(cell.place, file=name), cell.raw)
