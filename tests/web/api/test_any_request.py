"""Whatever the OpenAPI document allows, and what it does not: never a 5xx, and every answer as the document says.

By tag, so that several processes share the work. The application is asked in this process: a server between would be asked slower.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks
from schemathesis.specs.openapi.checks import (
    negative_data_rejection,
    positive_data_acceptance,
    unsupported_method,
)

from junheng.web.api.actions import pace
from junheng.web.api.v1 import API, PREFIX
from junheng.web.dashboards.actions import save_scenario
from junheng.web.dashboards.changes import LimitChange
from junheng.web.dashboards.prepared import prepared
from junheng.web.evaluation.models import Evaluation
from junheng.web.publicity.models import Announcement
from junheng.web.rectification.actions import raise_problem
from junheng.web.rectification.actions.moves import assign
from junheng.web.reporting.actions import freeze_county
from junheng.web.reporting.queries import UnitInRound
from junheng.web.rights.roles import Role

load_all_checks()
DOCUMENT = API.get_openapi_schema(path_prefix=f"/{PREFIX}")
TAGS = sorted({operation["tags"][0] for methods in DOCUMENT["paths"].values() for operation in methods.values()})
SHORT, LONG = 6, 60
_NOT_ASKED = [positive_data_acceptance, unsupported_method]
"""A step may be refused however well formed its request is; HEAD and OPTIONS are answered 405 as the rest."""


@pytest.fixture
def known(world, program, monkeypatch) -> dict[str, object]:
    """One of each thing, and the secret of whoever may do most with it: the county's admin."""
    monkeypatch.setattr(pace, "MOST_A_MINUTE", 10**9)
    admin = world.person(Role.COUNTY_ADMIN)
    world.hand_in_all()
    frozen = freeze_county(world.round, world.unit, by=admin)
    problem = raise_problem(by=None, unit=world.unit, round=world.round, title="试", criterion="L7", clause="", current="8", required="25", gap="17",
                            source="manual")  # fmt: skip
    assign(problem, by=world.person(Role.CITY_REVIEWER))
    announcement = Announcement.objects.create(unit=world.unit, round=world.round, about="", title="试", body="试", closes_on="2030-01-01")
    evaluation = Evaluation.objects.create(round=world.round, unit=world.unit)
    limit = prepared([frozen]).policies[world.unit.code].balance.limit
    scenario = save_scenario(UnitInRound(world.round, world.unit), "试", [LimitChange(limit, "primary", 1)], [frozen], by=admin)
    numbers = {"rounds": world.round.pk, "submissions": world.submission(world.unit).pk, "releases": frozen.pk, "problems": problem.pk,
               "announcements": announcement.pk, "evaluations": evaluation.pk, "scenarios": scenario.pk}  # fmt: skip
    parts = {"round_id": world.round.pk, "code": world.unit.code}
    return {"secret": program(admin).secret, "numbers": numbers, "parts": parts, "school": world.school.code}


def _try(case, known) -> None:
    """As it was made; then with the parts of its path that lead to something, so that the rest of it is looked at."""
    headers = {"Authorization": f"Bearer {known['secret']}"}
    case.call_and_validate(headers=headers, excluded_checks=_NOT_ASKED)
    made = case.path_parameters or {}
    room = case.path.removeprefix("/api/v1/").partition("/")[0]
    parts = {**known["parts"], "pk": known["numbers"].get(room)}
    if "/schools/" in case.path:
        parts["code"] = known["school"]
    leading = {name: value for name, value in parts.items() if name in made and value is not None}
    if leading:
        case.path_parameters = {**made, **leading}
        case.validate_response(case.call(headers=headers), excluded_checks=[*_NOT_ASKED, negative_data_rejection])


def _operations(tag: str) -> Iterator:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.tags == [tag]:
            yield operation


def _try_all(tag: str, known, examples: int) -> int:
    tried = 0
    for operation in _operations(tag):
        for mode in GenerationMode:

            @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
            @given(case=operation.as_strategy(generation_mode=mode))
            def one(case):
                nonlocal tried
                tried += 1
                _try(case, known)

            begun, before = time.time(), tried
            with suppress(Unsatisfiable):  # nothing can be wrong with a request that takes nothing
                one()
            print(f"{operation.label} {mode} {tried-before} {time.time()-begun:.1f}", flush=True)
    return tried


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.django_db
def test_a_few_requests_to_every_operation_are_answered_as_documented(tag, known):
    assert _try_all(tag, known, SHORT) >= SHORT


@pytest.mark.long
@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.django_db
def test_many_requests_to_every_operation_are_answered_as_documented(tag, known):
    assert _try_all(tag, known, LONG) >= LONG
