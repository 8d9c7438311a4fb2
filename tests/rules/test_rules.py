"""Every rule, on real workbooks: the good county passes, and one changed cell breaks exactly this rule at this cell."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from good_county import good_rows
from hypothesis import given
from hypothesis import strategies as st
from rule_cases import CASES, Rows

from junheng.common.findings import Finding, Level
from junheng.intake.assemble import read_folder
from junheng.intake.checks import CHECKS, run_checks
from junheng.intake.checks.model import Reported, row_key
from junheng.intake.checks.warnings.retention_over_100 import retention_within_100
from junheng.intake.model import Facts, Intake
from junheng.intake.official_forms import write_county_form, write_school_form

TABLES = {"county": "county", "judgement": "judgement"}


def handed_in(folder: Path, rows: Rows) -> Intake:
    """One workbook per school and one for the county, written and read again."""
    folder.mkdir()
    for name, row in rows.items():
        if name not in TABLES:
            write_school_form(folder / f"{name}.xlsx", row)
    write_county_form(folder / "county.xlsx", rows["county"], [rows["judgement"]])
    return read_folder([folder])


def cell_of(facts: Facts, rows: Rows, row: str, column: str) -> tuple[str, str]:
    """File and cell of a value, as the reader recorded them."""
    table_name = TABLES.get(row, "school")
    place = facts.place_of(table_name, row_key(table_name, {"campus": None} | rows[row]), column)
    return place.file, place.cell


def test_nothing_is_found_in_the_good_county(tmp_path: Path) -> None:
    intake = handed_in(tmp_path / "good", good_rows())
    assert [finding.text for finding in intake.findings if finding.level is Level.ERROR] == []
    assert run_checks(intake.facts, intake.facts) == []


def test_every_rule_has_its_failing_workbook_and_every_workbook_its_rule() -> None:
    assert set(CASES) == {check.id for check in CHECKS}


@pytest.mark.parametrize("rule", CASES)
def test_one_wrong_cell_breaks_this_rule_at_this_cell_and_no_other(rule: str, tmp_path: Path) -> None:
    case = CASES[rule]
    rows, last_year = case.rows(), case.rows_of_last_year()
    facts = handed_in(tmp_path / "now", rows).facts
    previous = handed_in(tmp_path / "before", last_year).facts if last_year else None
    findings = run_checks(facts, previous)
    assert {finding.rule for finding in findings} == {rule}, texts(findings)
    if case.at is not None:
        file, cell = cell_of(facts, rows, *case.at)
        assert cell
        assert (file, cell) in [(each.place.file, each.place.cell) for each in findings], texts(findings)


def test_every_rule_lives_in_the_file_of_its_name_and_gives_its_reason() -> None:
    for check in CHECKS:
        module = sys.modules[check.run.__module__]
        assert module.__name__.rpartition(".")[2] == check.id[2:].replace("-", "_")
        assert "DESCRIPTION" in str(module.__doc__)
        assert "WHY" in str(module.__doc__)
        assert check.title
        assert check.why


def texts(findings: list[Finding]) -> str:
    return "\n".join(finding.text for finding in findings)


@given(st.tuples(*[st.integers(0, 300)] * 5))
def test_both_formulas_of_retention_exceed_100_per_cent_together(numbers: tuple[int, ...]) -> None:
    """So one warning speaks for both (rules.md §8.1): graduates, grade 7 three years ago, in, out, deaths."""
    graduates, begun, came, left, died = numbers
    row = {"graduates": graduates, "grade7_pupils_3_years_ago": begun, "transfers_in_3_years": came, "transfers_out_3_years": left, "deaths_3_years": died}
    warned = bool(list(retention_within_100(Reported(Facts(2025, school=[row])))))
    if begun > died and begun + came > died + left:
        assert warned is ((graduates - came + left) * 1.0 > begun - died) is (graduates > begun + came - died - left)
    else:
        assert not warned
