"""Counts and money are read with their thousands separated; codes, years, ids and what goes into an input are not."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

import junheng.web
from junheng.intake.cells import read_cell
from junheng.intake.release_diff import spoken
from junheng.tables import table
from junheng.web.pages.templatetags.pieces import thousands

TEMPLATES = sorted(Path(junheng.web.__file__).parent.glob("*/templates/**/*.html"))
_FIGURE_CELL = re.compile(r'<td class="num[^"]*"[^>]*>(.*?)</td>', re.DOTALL)
_SAID = re.compile(r"{{ *([^}]*?) *}}")
_NEVER_A_THOUSAND = re.compile(r"filesizeformat|floatformat:[13]|limit|percent|forloop|\.after|\.before|\.unit$")
WORDED = {
    "county.html": {"g.cv", "g.known", "line.margin_words", "c.text", "c.sign", "c.marks", "each.value", "each.margin_words", "value"},
    "school.html": {"each.cell.text", "each.cell.sign", "each.cell.marks", 'each.margin|default:"—"', "value", "each.value", "each.column.unit.symbol"},
    "whatif.html": {"words.1", "words.2", "old", "new"},
}
"""Figures of the boards that the reports' own words have written out already, and counts of counties."""


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0"), (999, "999"), (1000, "1,000"), (-1234567, "-1,234,567"), ("12345.60", "12,345.60"), (Decimal("1000.5"), "1,000.5"), (None, None),
     ("未报", "未报"), ("", ""), ("2025—2026", "2025—2026"), (True, True), ("1e5", "1e5"), ("１２３４", "１２３４")],
)  # fmt: skip
def test_a_number_is_grouped_and_everything_else_stays_as_it_is(value, shown):
    assert thousands(value) == shown


@given(st.integers(-(10**12), 10**12))
def test_grouping_loses_nothing(value):
    assert int(str(thousands(value)).replace(",", "")) == value
    assert thousands(value) == f"{value:,}"


def test_what_was_not_reported_is_said_and_never_a_zero():
    assert Template('{{ none|thousands|default_if_none:"未报" }}').render(Context({"none": None})) == "未报"


@given(st.integers(0, 10**9))
def test_a_count_as_it_is_spoken_is_read_back_as_the_same_count(value):
    """So that somebody who copies it from the page into a cell loses nothing."""
    column = table("school").column("students_primary")
    assert read_cell(column, spoken(column, value)).value == value


def test_years_are_spoken_plain():
    assert spoken(table("school").column("founded_year"), 1998) == "1998"
    assert spoken(table("school").column("equipment_value_yuan"), 123450000).startswith("12,345")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_figure_in_a_table_is_grouped_and_no_input_or_link_is(path):
    text = path.read_text("utf-8")
    figures = [said for cell in _FIGURE_CELL.findall(text) for said in _SAID.findall(re.sub(r"<[^>]*>", "", cell))]
    worded = WORDED.get(path.name, set()) if path.parent.name == "dashboards" else set()
    assert [each for each in figures if "thousands" not in each and not _NEVER_A_THOUSAND.search(each) and each not in worded] == []
    assert [each for each in _SAID.findall(text) if "paginator.count" in each and "thousands" not in each] == []
    assert not re.search(r'(value|href|action|hx-get|id|for)="[^"]*\|thousands', text)
