"""Whatever the OpenAPI document allows, and what it does not: never a 5xx, and every answer as the document says."""

from __future__ import annotations

from contextlib import suppress

import pytest
import schemathesis
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
from junheng.web.evaluation.models import Evaluation
from junheng.web.publicity.models import Announcement
from junheng.web.rectification.actions import raise_problem
from junheng.web.rectification.actions.moves import assign
from junheng.web.reporting.actions import freeze_county
from junheng.web.rights.roles import Role

load_all_checks()
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
    numbers = {"rounds": world.round.pk, "submissions": world.submission(world.unit).pk, "releases": frozen.pk, "problems": problem.pk,
               "announcements": announcement.pk, "evaluations": evaluation.pk}  # fmt: skip
    return {"secret": program(admin).secret, "numbers": numbers, "code": world.unit.code}


def _try(case, known) -> None:
    headers = {"Authorization": f"Bearer {known['secret']}"}
    case.call_and_validate(headers=headers, excluded_checks=_NOT_ASKED)
    room = case.path.removeprefix("/api/v1/").partition("/")[0]
    if room in known["numbers"] and "pk" in (case.path_parameters or {}):
        case.path_parameters["pk"] = known["numbers"][room]
        case.validate_response(case.call(headers=headers), excluded_checks=[*_NOT_ASKED, negative_data_rejection])


def _try_everything(live_server, known, examples: int) -> int:
    tried = 0
    schema = schemathesis.openapi.from_url(f"{live_server.url}/api/v1/openapi.json")
    for operation in (each.ok() for each in schema.get_all_operations()):
        for mode in GenerationMode:

            @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
            @given(case=operation.as_strategy(generation_mode=mode))
            def one(case):
                nonlocal tried
                tried += 1
                _try(case, known)

            with suppress(Unsatisfiable):  # nothing can be wrong with a request that takes nothing
                one()
    return tried


@pytest.mark.django_db(transaction=True)
def test_a_few_requests_to_every_operation_are_answered_as_documented(live_server, known):
    assert _try_everything(live_server, known, SHORT) > 100


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_many_requests_to_every_operation_are_answered_as_documented(live_server, known):
    assert _try_everything(live_server, known, LONG) > 2000
