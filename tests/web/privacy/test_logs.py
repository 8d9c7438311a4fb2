"""Nothing personal reaches the log: not in a message, not in a traceback, not through an address."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from logging.config import dictConfig
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import path

from junheng.web.accounts.models import User
from junheng.web.privacy.logs import WithoutPersonalData, traced, without_personal_data
from junheng.web.site.urls import urlpatterns as of_the_site

# Built from parts: no number of a real person stands in this file.
IDENTITY = "9901022015" + "0230123X"  # the 30th of February: nobody's
PHONE = "15400000000"


def broken(request: object) -> None:
    pupil = f"学生某某 {IDENTITY}"
    raise ValueError(pupil)


urlpatterns = [*of_the_site, path("broken/", broken)]


@pytest.mark.parametrize(
    "said",
    [
        f"身份证 {IDENTITY} 重复", f"电话{PHONE}。", f"+86 {PHONE[:3]}-{PHONE[3:7]}-{PHONE[7:]}", "写信到 li.si+1@mail.example.org",
        "Not Found: /join/AbCdEfGhIjKlMnOpQrStUvWxYz012345/", "Unprocessable Entity: /q/ABCD-EFGH-JKMN/", "/users/?name=某某某",
    ],
)  # fmt: skip
def test_what_could_name_a_person_is_starred_out(said: str) -> None:
    kept = without_personal_data(said)
    assert "***" in kept
    for secret in (IDENTITY, PHONE, "li.si", "AbCdEf", "某某某", "0000-0000", "EFGH"):
        assert secret not in kept


@pytest.mark.parametrize("said", ["县 210102 第 3 版 2026-09-01", "amount_yuan=123456789", "school 2121001719: 12 rows in 0.35 s", "sha256 " + "ab12" * 16])
def test_codes_amounts_and_hashes_stay_readable(said: str) -> None:
    assert without_personal_data(said) == said


def test_a_traceback_says_where_and_of_what_kind_but_not_the_words() -> None:
    try:
        try:
            broken(None)
        except ValueError as error:
            raise LookupError(f"while reading {PHONE}") from error
    except LookupError as error:
        text = traced((type(error), error, error.__traceback__))
    assert "builtins.ValueError" in text
    assert text.endswith("builtins.LookupError")
    assert "in broken" in text
    assert IDENTITY not in text
    assert PHONE not in text


@pytest.fixture
def log() -> Any:
    """What the site's own logging set-up writes, caught instead of going to stderr."""
    dictConfig(settings.LOGGING)
    (handler,) = (each for each in logging.getLogger().handlers if isinstance(each.formatter, WithoutPersonalData))
    assert isinstance(handler, logging.StreamHandler)
    caught = io.StringIO()
    before = handler.setStream(caught)
    yield caught
    handler.setStream(before)


@pytest.mark.urls("test_logs")
@pytest.mark.django_db
def test_a_page_that_breaks_logs_the_place_and_shows_an_error_page_without_the_data(
    signed_in: Callable[..., Client], person: Callable[..., User], log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client(raise_request_exception=False)
    answer = client.get("/broken/")
    assert answer.status_code == 500
    assert IDENTITY not in answer.content.decode()
    written = log.getvalue()
    assert "builtins.ValueError" in written
    assert "test_logs.py" in written
    assert IDENTITY not in written
    assert "学生某某" not in written
