"""A county with a frozen release, and plans made through the pages and solved by the worker's own job."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from reporting.conftest import synthetic, world  # noqa: F401

from junheng.web.desk.models import Plan
from junheng.web.reporting.actions import freeze_county
from junheng.web.rights.roles import Role


@pytest.fixture
def frozen(world):  # noqa: F811
    """Two schools have too few multimedia rooms; everything is reported."""
    for unit in (*world.schools[1:], world.unit):
        world.hand_in(unit)
    world.hand_in(world.school, multimedia_rooms=0)
    return freeze_county(world.round, world.unit, by=world.person(Role.COUNTY_ADMIN), formal=False)


@pytest.fixture
def asked(world, frozen) -> Callable[..., Plan]:  # noqa: F811
    """asked("improvement", {"budget": "10"}, name=…, files={…}): a plan started through the page; nothing is solved yet."""

    def ask(planner: str, values: dict[str, str] | None = None, *, name: str = "试", start: bool = True, query: str = "", **files: object) -> Plan:
        client = world.signed_in(Role.COUNTY_ADMIN)
        data = {"b-name": name, "b-release": frozen.pk, **{f"v-{id}": text for id, text in (values or {}).items()}, **({"start": "1"} if start else {})}
        answer = client.post(reverse("plan_make", args=[world.unit.code, planner]) + query, data | {f"t-{id}": file for id, file in files.items()})
        assert answer.status_code == 302, answer.content.decode()
        return Plan.objects.latest("pk")

    return ask
