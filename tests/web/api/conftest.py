"""A program that shows a token."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs

import pytest
from access.subjects import SUBJECTS
from access.test_every_operation import EXPECTED
from django.test import Client
from django.urls import reverse
from reporting.conftest import World, synthetic, world  # noqa: F401  # the round with real workbooks

from junheng.planners.model import Planned
from junheng.web.accounts.models import User
from junheng.web.api.actions import make_token
from junheng.web.api.models import Token
from junheng.web.api.scopes import scopes_for
from junheng.web.dashboards.actions import save_scenario
from junheng.web.dashboards.changes import LimitChange
from junheng.web.dashboards.prepared import prepared
from junheng.web.desk.answer import as_text
from junheng.web.desk.models import Plan
from junheng.web.rectification.actions import raise_problem
from junheng.web.rectification.actions.moves import assign
from junheng.web.reporting.actions import freeze_county
from junheng.web.reporting.queries import UnitInRound
from junheng.web.rights.roles import Role


@dataclass(frozen=True)
class Asked:
    """A request that finds something, of an operation. query: name → values; secret: "" for what is open to all."""

    name: str
    method: str
    url: str
    query: dict[str, list[str]]
    secret: str

    def answer(self, headers: dict[str, str] | None = None, **query: Any) -> Any:
        shown = {"Authorization": f"Bearer {self.secret}"} if self.secret else {}
        return Client().get(self.url, {**self.query, **query}, headers={**shown, **(headers or {})})


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


_FIRST = (Role.COUNTY_ADMIN, Role.CITY_REVIEWER, Role.PROVINCE_ADMIN)


@pytest.fixture
def one_of_each(world, program) -> Callable[[str], Asked]:  # noqa: F811
    """one_of_each(operation): a county handed in, frozen, supposed about, and everything else an operation can be about."""
    world.hand_in_all()
    admin = world.person(Role.COUNTY_ADMIN)
    frozen = freeze_county(world.round, world.unit, by=admin)
    limit = prepared([frozen]).policies[world.unit.code].balance.limit
    save_scenario(UnitInRound(world.round, world.unit), "试", [LimitChange(limit, "primary", Decimal(1))], [frozen], by=admin)
    secrets = {role: program(world.person(role)).secret for role in _FIRST}
    assign(raise_problem(by=None, unit=world.school, round=world.round, title="图书不足", criterion="L7", clause="", current="8", required="25", gap="17",
                         source="manual"), by=admin)  # fmt: skip

    plans = [Plan.objects.create(unit=world.unit, planner="improvement", name="试", possible=True, result=as_text(Planned("试")), by_id=1, by_name="试")
             for _ in range(2)]  # fmt: skip
    found = {"api_plans_compared": {"p": [",".join(str(each.pk) for each in plans)]}}

    def ask(name: str) -> Asked:
        row = EXPECTED[name]
        url = reverse(f"api-v1:{name}", kwargs=SUBJECTS[row.about](world.school, None))
        return Asked(name, row.method, url, found.get(name) or parse_qs(row.query), "" if row.who is None else secrets[next(role for role in _FIRST if role in row.who)])

    return ask
