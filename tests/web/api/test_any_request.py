"""Whatever the OpenAPI document allows, and what it does not: never a 5xx, and every answer as the document says.

By tag, so that several processes share the work. The application is asked in this process: a server between would be asked slower.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress

import pytest
import schemathesis
from api.conftest import Asked
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.urls import resolve
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

load_all_checks()
DOCUMENT = API.get_openapi_schema(path_prefix=f"/{PREFIX}")
TAGS = sorted({operation["tags"][0] for methods in DOCUMENT["paths"].values() for operation in methods.values()})
SHORT, LONG = 6, 60
_NOT_ASKED = [positive_data_acceptance, unsupported_method]
"""A step may be refused however well formed its request is; HEAD and OPTIONS are answered 405 as the rest."""


@pytest.fixture
def unpaced(monkeypatch) -> None:
    monkeypatch.setattr(pace, "MOST_A_MINUTE", 10**9)
    monkeypatch.setattr(pace, "MOST_OF_VISITORS", 10**9)


@pytest.fixture
def application() -> Iterator[Callable[..., list[bytes]]]:
    """The site in this process, asked for last: a request must not close the connection that the test's transaction is on, and Django's own client
    connects the signals again when it has been used. Answers are closed, as a server does, and with them what was uploaded."""
    site, signals = get_wsgi_application(), (request_started, request_finished)

    def answered(environ, start_response) -> list[bytes]:
        with closing(site(environ, start_response)) as answer:
            return list(answer)

    for signal in signals:
        signal.disconnect(close_old_connections)
    yield answered
    for signal in signals:
        signal.connect(close_old_connections)


def _try(case, asked: Asked) -> None:
    """As it was made; then with the parts of its path that lead to something, so that the rest of it is looked at."""
    headers = {"Authorization": f"Bearer {asked.secret}"} if asked.secret else {}
    case.call_and_validate(headers=headers, excluded_checks=_NOT_ASKED)
    leading = resolve(asked.url).kwargs
    if leading:
        case.path_parameters = {**(case.path_parameters or {}), **leading}
        case.call_and_validate(headers=headers, excluded_checks=[*_NOT_ASKED, negative_data_rejection])


def _operations(tag: str, application) -> Iterator:
    schema = schemathesis.openapi.from_wsgi(f"/{PREFIX}openapi.json", application)
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.tags == [tag]:
            yield operation


def _try_all(tag: str, application, one_of_each, examples: int) -> int:
    return sum(
        _try_one(operation, mode, one_of_each(operation.definition.raw["operationId"]), examples)
        for operation in _operations(tag, application)
        for mode in GenerationMode
    )


def _try_one(operation, mode: GenerationMode, asked: Asked, examples: int) -> int:
    """How many requests were made up."""
    tried = 0

    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def one(case):
        nonlocal tried
        tried += 1
        _try(case, asked)

    begun = time.monotonic()
    with suppress(Unsatisfiable):  # nothing can be wrong with a request that takes nothing
        one()
    print(f"{operation.label} {mode.value}: {tried} cases, {time.monotonic() - begun:.1f} s")
    return tried


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.django_db
def test_a_few_requests_to_every_operation_are_answered_as_documented(tag, unpaced, one_of_each, application):
    assert _try_all(tag, application, one_of_each, SHORT) >= SHORT


@pytest.mark.long
@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.django_db
def test_many_requests_to_every_operation_are_answered_as_documented(tag, unpaced, one_of_each, application):
    assert _try_all(tag, application, one_of_each, LONG) >= LONG
