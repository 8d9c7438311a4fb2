"""Every list of the API takes as many queries for many rows as for few."""

from __future__ import annotations

import pytest
from access.subjects import SUBJECTS
from access.test_every_operation import EXPECTED
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from junheng.web.areas.actions import ensure_unit
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import Role

ROWS = {"units": "unit", "submissions": "version", "problems": "problem", "releases": "frozen", "evaluations": "evaluation", "announcements": "announcement",
        "surveys": "survey", "scenarios": "scenario", "plans": "plan", "public_counties": "unit", "public_schools": "unit", "public_lotteries": "lottery"}  # fmt: skip
"""List → the kind of subject (subjects.py) that adds a row to it."""
OF_DECLARATIONS = {"commitments", "search", "clauses", "planners", "public_policies", "public_datasets"}
FEW = {"rounds", "plans_compared", "public_cities", "public_results", "public_zones", "public_data"}
"""One a year, at most four, one a city; and those whose rows are made by a long way, counted in test_public.py."""


def test_every_list_has_a_row_here():
    lists = {name.removeprefix("api_") for name, row in EXPECTED.items() if not row.about}
    assert lists - OF_DECLARATIONS - FEW == set(ROWS)


@pytest.mark.parametrize("name", sorted(ROWS))
def test_a_list_takes_as_many_queries_for_ten_rows_as_for_one(name, tree, person, program):
    path = reverse(f"api-v1:api_{name}").removeprefix("/api/v1/")
    asked = program(person(Role.PROVINCE_ADMIN))

    def more(first: int, last: int) -> None:
        for number in range(first, last):
            county = ensure_unit(f"2101{number:02d}", f"第{number}区", UnitKind.COUNTY, tree.city)
            SUBJECTS[ROWS[name]](ensure_unit(f"31210{number:05d}", f"第{number}中学", UnitKind.SCHOOL, county), None)

    def queries() -> tuple[int, int]:
        asked.get(path)
        with CaptureQueriesContext(connection) as captured:
            answer = asked.get(path).json()
        return len(captured), len(answer["items"])

    more(30, 31)
    few, before = queries()
    more(31, 40)
    many, after = queries()
    assert after >= before + 9
    assert many <= few
