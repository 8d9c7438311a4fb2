"""People with passwords, who sign in as people do."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client

from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.audit.models import AuditEvent
from junheng.web.rights.roles import Role

PASSWORD = "Xuexiao-2026"


@pytest.fixture(autouse=True)
def _no_memory_of_other_tests() -> Iterator[None]:
    """Rate limits and used codes live in the process's cache."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="session")
def hashed() -> str:
    return make_password(PASSWORD)


@pytest.fixture
def known(person: Callable[..., User], hashed: str) -> Callable[..., User]:
    """known(role[, unit]): that person, who signs in with PASSWORD."""

    def make(role: Role, unit: Unit | None = None) -> User:
        user = person(role, unit)
        User.objects.filter(pk=user.pk).update(password=hashed)
        user.refresh_from_db()
        return user

    return make


@pytest.fixture
def sign_in() -> Callable[..., tuple[Client, object]]:
    """sign_in(username, password): a fresh browser after the sign-in form, and the answer."""

    def act(username: str, password: str = PASSWORD, client: Client | None = None, **data: str):
        browser = client or Client()
        return browser, browser.post("/accounts/login/", {"login": username, "password": password, **data})

    return act


@pytest.fixture
def audited(db: None) -> Callable[[], list[str]]:
    """audited(): the actions in the log so far."""
    return lambda: list(AuditEvent.objects.order_by("seq").values_list("action", flat=True))
