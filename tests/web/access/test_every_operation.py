"""Every operation of the API × every role × own and other area; without a token, without the scope. A new one needs a row."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from access.expected import (
    BUSINESS,
    CHECKS,
    CITY,
    CLERK,
    COUNTY,
    DEPARTMENT,
    EXPERT,
    PLANNERS,
    PLANS,
    PROVINCE,
    REVIEWER,
    SEES,
)
from access.subjects import SUBJECTS, api_token
from access.test_every_url import _covers_everything, _granted
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from junheng.web.api.models import Token
from junheng.web.api.v1 import API
from junheng.web.rights.roles import ROLES, Role

WORKS = BUSINESS | {EXPERT}
FILLS = frozenset({CLERK, COUNTY})
SUPPOSES = frozenset({COUNTY, REVIEWER, CITY, PROVINCE})


@dataclass(frozen=True)
class Row:
    """who: roles whose tokens may use it in their own area; None: anybody, without a token. scope: what the token must be
    made for. about: as in expected.py. file: it takes a file. body, query: well formed: what is not is refused before anything is looked for.
    """

    who: frozenset[Role] | None
    scope: str = ""
    about: str = ""
    method: str = "GET"
    file: bool = False
    body: str = "{}"
    query: str = ""


SUPPOSED = '{"title": "试", "changes": [{"limit": "cv", "value": 1}]}'

EXPECTED = {
    "api_units": Row(WORKS, "units:read"),
    "api_unit": Row(WORKS, "units:read", "unit"),
    "api_rounds": Row(WORKS, "rounds:read"),
    "api_round": Row(WORKS, "rounds:read", "round"),
    "api_submissions": Row(CHECKS | {CLERK}, "submissions:read"),
    "api_submission": Row(CHECKS | {CLERK}, "submissions:read", "submission"),
    "api_findings": Row(CHECKS | {CLERK}, "submissions:read", "submission"),
    "api_upload": Row(FILLS, "submissions:write", "submission", "POST", file=True),
    "api_submission_step": Row(FILLS, "submissions:write", "submission, submit", "POST"),
    "api_job": Row(FILLS, "submissions:write", "job"),
    "api_county_board": Row(WORKS - {CLERK}, "boards:read", "county in round"),
    "api_county_schools": Row(WORKS - {CLERK}, "boards:read", "county in round"),
    "api_school_board": Row(WORKS, "boards:read", "unit in round"),
    "api_area_board": Row(frozenset({CITY, PROVINCE, DEPARTMENT}), "boards:read", "city in round"),
    "api_area_counties": Row(frozenset({CITY, PROVINCE, DEPARTMENT}), "boards:read", "city in round"),
    "api_trace": Row(WORKS, "boards:read", "unit in round, L1"),
    "api_search": Row(WORKS, "search:read", query="q=和平"),
    "api_clauses": Row(WORKS, "boards:read"),
    "api_changeable": Row(SUPPOSES, "whatif:read", "county in round"),
    "api_whatif": Row(SUPPOSES, "whatif:read", "county in round", "POST", body=SUPPOSED),
    "api_scenario_save": Row(SUPPOSES, "whatif:write", "county in round", "POST", body=SUPPOSED),
    "api_scenarios": Row(SUPPOSES, "whatif:read"),
    "api_scenario": Row(SUPPOSES, "whatif:read", "scenario"),
    "api_planners": Row(PLANS, "plans:read"),
    "api_plans": Row(PLANS, "plans:read"),
    "api_plans_compared": Row(PLANS, "plans:read", query="p=1,1"),
    "api_plan": Row(PLANS, "plans:read", "plan"),
    "api_plan_measures": Row(PLANS, "plans:read", "plan"),
    "api_plan_file": Row(PLANS, "plans:read", "plan file"),
    "api_plan_make": Row(PLANNERS, "plans:write", "plan to be made", "POST", body='{"name": "试", "start": false}'),
    "api_plan_table": Row(PLANNERS, "plans:write", "plan, costs", "POST", file=True),
    "api_plan_step": Row(PLANNERS, "plans:write", "plan, stop", "POST"),
    "api_evaluations": Row(SEES, "evaluations:read"),
    "api_evaluation": Row(SEES, "evaluations:read", "evaluation"),
    "api_announcements": Row(None),
    "api_announcement": Row(None, about="announcement"),
    "api_surveys": Row(SEES, "surveys:read"),
    "api_survey": Row(SEES, "surveys:read", "survey"),
    "api_commitments": Row(frozenset({PROVINCE, DEPARTMENT}), "commitments:read"),
    "api_problems": Row(WORKS, "problems:read"),
    "api_problem": Row(WORKS, "problems:read", "problem"),
    "api_problem_step": Row(FILLS | {DEPARTMENT}, "problems:write", "problem, plan", "POST"),
    "api_releases": Row(CHECKS, "releases:read"),
    "api_release": Row(CHECKS, "releases:read", "frozen"),
    "api_result": Row(CHECKS, "releases:read", "frozen"),
    "api_manifest": Row(CHECKS, "releases:read", "frozen"),
    "api_public_results": Row(None),
    "api_public_cities": Row(None),
    "api_public_counties": Row(None),
    "api_public_county": Row(None, about="county"),
    "api_public_schools": Row(None),
    "api_public_school": Row(None, about="unit"),
    "api_public_zones": Row(None, query="q=小区"),
    "api_public_policies": Row(None),
    "api_public_policy": Row(None, about="policy document"),
    "api_public_datasets": Row(None),
    "api_public_data": Row(None),
    "api_public_data_version": Row(None, about="open data"),
    "api_public_lotteries": Row(None),
    "api_public_lottery": Row(None, about="lottery"),
}
GATED = {name: row for name, row in EXPECTED.items() if row.who is not None}
OF_THE_PROVINCE = {"api_round"}
"""Seen by everybody below: there is no other area."""


def _operations() -> dict[str, str]:
    return {
        operation["operationId"]: method.upper()
        for methods in API.get_openapi_schema(path_prefix="/api/v1/")["paths"].values()
        for method, operation in methods.items()
    }


def test_every_operation_has_an_expectation_and_every_expectation_an_operation():
    assert _operations() == {name: row.method for name, row in EXPECTED.items()}


HIDDEN = -1
"""The answer for what is not there, or not for the token's owner; other things that are not there (yet) say so."""


def _ask(name: str, unit, secret: str = "") -> int:
    answer = _answer(name, unit, secret)
    hidden = answer.status_code == 404 and answer.json()["type"] == "urn:junheng:problem:not-found"
    return HIDDEN if hidden else answer.status_code


def _answer(name: str, unit, secret: str):
    row = EXPECTED[name]
    url = f'{reverse(f"api-v1:{name}", kwargs=SUBJECTS[row.about](unit, None))}?{row.query}'
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    if row.file:
        return Client().post(url, {"file": SimpleUploadedFile("a.xlsx", b"x")}, headers=headers)
    return Client().generic(row.method, url, content_type="application/json", data=row.body, headers=headers)


@pytest.mark.parametrize("name", sorted(GATED))
@pytest.mark.parametrize("role", list(Role))
def test_a_token_opens_what_is_its_owners_and_nothing_else(name, role, tree, person):
    row, may = GATED[name], role in GATED[name].who
    api_token(person(role), "jh_good")
    own = tree.school if ROLES[role].reaches_home else _granted(role, person, tree)
    status = _ask(name, own, "jh_good")
    assert (status != HIDDEN) is may, f"{role.label}的令牌在本辖区用 {name}：{status}"
    assert status < 500
    if row.about and name not in OF_THE_PROVINCE and not _covers_everything(role):
        assert _ask(name, tree.other_school, "jh_good") == HIDDEN


@pytest.mark.parametrize("name", sorted(GATED))
def test_without_its_scope_an_operation_refuses_the_token_and_without_a_token_anybody(name, tree, person):
    token = api_token(person(min(GATED[name].who)), "jh_good")
    Token.objects.filter(pk=token.pk).update(scopes=[each for each in token.scopes if each != GATED[name].scope])
    assert _ask(name, tree.school, "jh_good") == 403
    assert _ask(name, tree.school) == 401
    assert _ask(name, tree.school, "jh_unknown") == 401


@pytest.mark.parametrize("name", sorted(EXPECTED.keys() - GATED.keys()))
def test_what_is_public_needs_no_token(name, tree):
    assert _ask(name, tree.school) == 200
