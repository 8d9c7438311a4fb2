"""A program that shows a token."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from reporting.conftest import World, synthetic, world  # noqa: F401  # the round with real workbooks

from junheng.web.accounts.models import User
from junheng.web.api.actions import make_token
from junheng.web.api.models import Token
from junheng.web.api.scopes import scopes_for


@dataclass
class Program:
    """get("units", limit=2): asks /api/v1/units with the token, as a program does."""

    token: Token
    secret: str

    def get(self, path: str, headers: dict[str, str] | None = None, **query: Any) -> Any:
        return Client().get(f"/api/v1/{path}", query, headers={"Authorization": f"Bearer {self.secret}", **(headers or {})})

    def post(self, path: str, data: Any, headers: dict[str, str] | None = None, **more: Any) -> Any:
        return Client().post(f"/api/v1/{path}", data, headers={"Authorization": f"Bearer {self.secret}", **(headers or {})}, **more)


@pytest.fixture
def program() -> Callable[..., Program]:
    """program(user[, scopes]): with a token of these scopes, or of all that are of use to the account."""

    def make(user: User, *scopes: str) -> Program:
        wanted = scopes or tuple(each.id for each in scopes_for(user))
        return Program(*make_token(user, "试", wanted, 30, by=user))

    return make
