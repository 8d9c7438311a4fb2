"""A small intake made by hand, for the release tests."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256

from junheng.common.findings import Finding, Level, Place
from junheng.intake.model import (
    Facts,
    Intake,
    Row,
    SourceCell,
    SourceFile,
    SourceKind,
    county_key,
    school_key,
)
from junheng.tables import table

WHEN = datetime(2025, 9, 1, 8, 30, tzinfo=UTC)


def row(table_name: str, **values: object) -> Row:
    return {column.name: values.get(column.name) for column in table(table_name).columns}


def school(code: str, name: str, county: str = "210102", **values: object) -> Row:
    return row("school", county_code=county, school_code=code, school_name=name, school_type="211", **values)


def intake(*schools: Row, counties: tuple[str, ...] = ("210102",)) -> Intake:
    facts = Facts(2025, school=list(schools))
    facts.county = [row("county", county_code=code, county_name=f"{code}区", school_year=2025) for code in counties]
    facts.judgement = [row("judgement", county_code=code, criterion="layout", outcome="pass") for code in counties]
    sources = []
    for each in facts.school:
        file = f"{each['county_code']}/{each['school_name']}.xlsx"
        sources.append(SourceFile(file, sha256(file.encode()).hexdigest(), 10, SourceKind.SCHOOL_FORM))
        for name, value in each.items():
            if value is not None:
                facts.cells["school", school_key(each), name] = SourceCell(Place(file, "填报", "E5"), str(value))
    for each in facts.county:
        facts.cells["county", county_key(each), "county_name"] = SourceCell(Place(f"{each['county_code']}/县.xlsx"), "x")
        sources.append(SourceFile(f"{each['county_code']}/县.xlsx", "c" * 64, 10, SourceKind.COUNTY_FORM))
    finding = Finding(Level.WARNING, "W-x", Place("210102/县.xlsx"), "请核对。")
    return Intake(facts, [finding], sources, ["210102/县.xlsx：备注行未识别"])
