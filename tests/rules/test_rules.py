"""Every rule: the good county passes, and one changed county breaks exactly this rule at exactly this cell."""

from __future__ import annotations

import pytest
from good_county import SCHOOL_YEAR, good_rows
from rule_cases import CASES, Case, Rows

from junheng.common.findings import Place
from junheng.intake.checks import CHECKS, run_checks
from junheng.intake.checks.model import row_key
from junheng.intake.model import Facts, Row, SourceCell
from junheng.tables import table

TABLE_OF = {"county": "county", "judgement": "judgement"}


def facts_of(rows: Rows) -> Facts:
    facts = Facts(SCHOOL_YEAR)
    for name, reported in rows.items():
        table_name = TABLE_OF.get(name, "school")
        row: Row = {column.name: reported.get(column.name) for column in table(table_name).columns}
        facts.rows(table_name).append(row)
        key = row_key(table_name, row)
        for number, column in enumerate(row, 2):
            if row[column] is not None:
                facts.cells[table_name, key, column] = SourceCell(Place(f"{name}.xlsx", "填报", f"E{number}"), str(row[column]))
    return facts


def place_in(facts: Facts, rows: Rows, at: tuple[str, str]) -> Place:
    name, column = at
    table_name = TABLE_OF.get(name, "school")
    row = {"campus": None} | rows[name]
    return facts.place_of(table_name, row_key(table_name, row), column)


def test_nothing_is_found_in_the_good_county() -> None:
    assert run_checks(facts_of(good_rows()), facts_of(good_rows())) == []


def test_every_rule_has_its_failing_case_and_every_case_its_rule() -> None:
    assert set(CASES) == {check.id for check in CHECKS}


@pytest.mark.parametrize("rule", CASES)
def test_one_wrong_number_breaks_this_rule_at_this_cell_and_no_other(rule: str) -> None:
    case: Case = CASES[rule]
    rows, last_year = case.rows(), case.rows_of_last_year()
    facts = facts_of(rows)
    findings = run_checks(facts, facts_of(last_year) if last_year else None)
    assert {finding.rule for finding in findings} == {rule}, [finding.text for finding in findings]
    assert place_in(facts, rows, case.at) in [finding.place for finding in findings], [finding.text for finding in findings]
