"""Every URL × every role × own and other area. A new URL without a row in expected.py fails."""

from __future__ import annotations

import pytest
from access.expected import EXPECTED, Anybody, Row
from access.subjects import SUBJECTS
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import ROLES, Role
from junheng.web.site.table import PAGES

FOREIGN = {"account_", "mfa_", "socialaccount_", "openid_connect_", "cas_ng_", "api_", "openapi-json", "api-root"}
"""Names of the sign-in libraries' own URLs, at each of which tests/web/accounts looks, and of the API's (test_every_operation.py)."""


def _names(resolver: URLResolver) -> set[str]:
    found = set()
    for each in resolver.url_patterns:
        found |= _names(each) if isinstance(each, URLResolver) else {each.name}
    return found


def test_every_url_stands_in_the_table_of_pages_or_belongs_to_the_sign_in():
    unknown = {name for name in _names(get_resolver()) - {page.name for page in PAGES} if not any(name.startswith(each) for each in FOREIGN)}
    assert unknown == set()


def test_every_url_has_an_expectation_and_every_expectation_a_url():
    assert set(EXPECTED) == {page.name for page in PAGES}


def _home_of(role: Role, tree) -> Unit:
    return {UnitKind.PROVINCE: tree.province, UnitKind.CITY: tree.city, UnitKind.COUNTY: tree.county, UnitKind.SCHOOL: tree.school}[ROLES[role].levels[0]]


def _ask(client: Client, name: str, row: Row, unit: Unit, world) -> int:
    url = reverse(name, kwargs=SUBJECTS[row.about](unit, world))
    response = client.get(url) if row.method == "GET" else client.post(url)
    return response.status_code


@pytest.mark.parametrize("name", sorted(EXPECTED))
@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_what_is_its_own_and_nothing_else(name, role, tree, signed_in, person):
    row = EXPECTED[name]
    may = isinstance(row.who, Anybody) or role in row.who
    if row.gate:
        assert _gate(name, row, person(role), tree.school if ROLES[role].reaches_home else _granted(role, person, tree)) is may
        assert _covers_everything(role) or not _gate(name, row, person(role), tree.other_school)
        return
    client = signed_in(role)
    own = tree.school if ROLES[role].reaches_home else _granted(role, person, tree)
    status = _ask(client, name, row, own, None)
    assert (status != 404) is may, f"{role.label} 在本辖区打开 {name}：{status}"
    assert status < 500
    if row.about and row.who is not Anybody.PUBLIC and not _covers_everything(role):
        assert _ask(client, name, row, tree.other_school, None) == 404


def _gate(name: str, row: Row, user: User, unit: Unit) -> bool:
    """What the gate says to this account about the thing the URL names."""
    page = next(page for page in PAGES if page.name == name)
    assert page.subject is not None
    parts = SUBJECTS[row.about](unit, None)
    wanted = page.subject.__code__.co_varnames[: page.subject.__code__.co_argcount]
    return page.admits(user, page.subject(**{part: parts[part] for part in wanted}))


def _granted(role: Role, person, tree) -> Unit:
    from junheng.web.accounts.models import Reach

    Reach.objects.get_or_create(user=person(role), unit=tree.county, source="test", defaults={"reason": "分工"})
    return tree.school


def _covers_everything(role: Role) -> bool:
    """Roles of the province reach both areas; that the other one is theirs too is looked at by the first question."""
    return ROLES[role].levels == (UnitKind.PROVINCE,) or (ROLES[role].levels[0] is UnitKind.PROVINCE and ROLES[role].reaches_home)


@pytest.mark.parametrize("name", sorted(name for name, row in EXPECTED.items() if row.who is not Anybody.PUBLIC))
def test_nobody_sees_anything_without_signing_in(name, tree):
    row = EXPECTED[name]
    url = reverse(name, kwargs=SUBJECTS[row.about](tree.school, None))
    response = Client().get(url) if row.method == "GET" else Client().post(url)
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")
