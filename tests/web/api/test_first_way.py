"""From a token to the units and to the result of a county."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from junheng.web.reporting.actions.freeze import freeze_county
from junheng.web.reporting.models import CountyRelease
from junheng.web.rights.roles import Role


@pytest.fixture
def frozen(world) -> CountyRelease:
    world.hand_in_all()
    return freeze_county(world.round, world.unit, by=world.person(Role.COUNTY_ADMIN))


def test_a_token_made_on_the_page_takes_a_county_from_its_units_to_its_result(world, frozen, signed_in, program):
    page = signed_in(Role.COUNTY_ADMIN).post("/me/tokens/", {"name": "市数据平台", "scopes": ["units:read", "releases:read"], "days": "30"})
    secret = page.context["made"][1]
    assert secret in page.content.decode()
    asked = program(world.person(Role.COUNTY_ADMIN))
    asked.secret = secret
    units = asked.get("units").json()
    assert {each["code"] for each in units["items"]} >= {world.unit.code, *(school.code for school in world.schools)}
    (release,) = asked.get("releases").json()["items"]
    assert release["hash"] == frozen.hash
    result = asked.get(f"releases/{release['id']}/result.json")
    assert json.loads(result.content) == frozen.result
    assert list(json.loads(result.content)) == list(frozen.result)
    manifest = asked.get(f"releases/{release['id']}/manifest").json()
    assert (manifest["hash"], manifest["schema"]) == (frozen.hash, "junheng.release/1")
    assert manifest["tables"]["school"]["rows"] == len(world.schools)


def test_what_has_not_changed_is_not_sent_again(world, frozen, program):
    asked = program(world.person(Role.CITY_REVIEWER))
    for path in (f"releases/{frozen.pk}/result.json", "units", f"submissions/{world.submission().pk}"):
        first = asked.get(path)
        again = asked.get(path, {"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b""), path
        assert asked.get("rounds", {"If-None-Match": first["ETag"]}).status_code == 200


def test_what_is_known_already_is_not_read_from_the_database(frozen, program, world):
    asked = program(world.person(Role.CITY_REVIEWER))
    tag = asked.get(f"releases/{frozen.pk}/result.json")["ETag"]
    with CaptureQueriesContext(connection) as known:
        asked.get(f"releases/{frozen.pk}/result.json", {"If-None-Match": tag})
    assert not any('"result"' in each["sql"] or '"detail"' in each["sql"] for each in known)
