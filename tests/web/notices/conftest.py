"""A problem's events in the log, and people with addresses: what the tests of notices start from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.cache import cache
from django.db import transaction
from rectification.conftest import people, problem, round

from junheng.web.accounts.models import User
from junheng.web.audit.actions import record
from junheng.web.audit.actions.record import SYSTEM
from junheng.web.audit.models import AuditEvent
from junheng.web.rights.roles import Role

__all__ = ["TODAY", "people", "problem", "round"]
TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Numbers of accounts come again in every test, what is kept under them must not."""
    cache.clear()


@pytest.fixture
def said(tree) -> Callable[..., AuditEvent]:
    """said("rectification.send_back", reason="…"): an event about the school, by the system unless by= says whom."""

    def say(action: str, *, by: User | None = None, unit=None, subject: str = "rectification:0", **detail: object) -> AuditEvent:
        with transaction.atomic():
            return record(by=by.actor if by else SYSTEM, action=action, subject=subject, unit_path=(unit or tree.school).path, detail=detail)

    return say


@pytest.fixture
def clerk(person) -> User:
    clerk: User = person(Role.SCHOOL_CLERK)
    clerk.email = "clerk@example.org"
    clerk.save()
    return clerk
