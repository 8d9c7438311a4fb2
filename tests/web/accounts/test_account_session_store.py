"""A session is read together with its account, and nothing of it is believed longer than one request."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from junheng.web.accounts.models import Reach, User
from junheng.web.accounts.session_store import SessionStore
from junheng.web.rights.roles import Role

PAGE = "/notices/"


@pytest.fixture
def signed(known, sign_in):
    """A clerk's account, and a browser in which the clerk signed in by the form."""
    user = known(Role.SCHOOL_CLERK)
    browser, _ = sign_in(user.username)
    browser.get(PAGE)
    return user, browser


def _is_out(browser) -> bool:
    return browser.get(PAGE).status_code == 302


def test_session_account_unit_and_reach_come_in_one_statement(signed):
    _, browser = signed
    with CaptureQueriesContext(connection) as queries:
        browser.get(PAGE)
    asked = [each["sql"] for each in queries if any(table in each["sql"] for table in ("django_session", "accounts_user", "accounts_reach", "areas_unit"))]
    assert len(asked) == 1


def test_what_is_read_is_what_the_models_say(signed, tree):
    user, browser = signed
    today = timezone.localdate()
    for source, unit, until in (("a", tree.county, None), ("b", tree.other_county, today), ("c", tree.other_city, today - timedelta(days=1)),
                                ("d", tree.city, today + timedelta(days=9))):  # fmt: skip
        Reach.objects.create(user=user, unit=unit, reason="试", source=source, until=until)
    store = SessionStore(browser.session.session_key)
    store.load()
    fresh = User.objects.select_related("unit").get(pk=user.pk)
    found = store.account
    assert found is not None
    assert found.reach == fresh.reach == (user.unit.path, tree.county.path, tree.other_county.path, tree.city.path)
    assert {name: getattr(found, name) for name in _fields(User)} == {name: getattr(fresh, name) for name in _fields(User)}
    assert {name: getattr(found.unit, name) for name in _fields(type(found.unit))} == {name: getattr(fresh.unit, name) for name in _fields(type(found.unit))}


def _fields(model) -> list[str]:
    return [each.attname for each in model._meta.concrete_fields]


def test_a_disabled_account_is_out_at_its_next_request(signed):
    user, browser = signed
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert _is_out(browser)


def test_another_role_and_unit_hold_from_the_next_request_on(signed, tree):
    user, browser = signed
    User.objects.filter(pk=user.pk).update(role=Role.COUNTY_ADMIN, unit=tree.other_county)
    shown = browser.get(PAGE).content.decode()
    assert f"{tree.other_county.name} · 县级管理员" in shown
    assert user.unit.name not in shown


def test_a_grant_and_its_end_hold_from_the_next_request_on(signed, tree):
    user, browser = signed
    assert browser.get(PAGE).wsgi_request.user.reaches(tree.other_school.path) is False
    granted = Reach.objects.create(user=user, unit=tree.other_county, reason="试", source="a")
    assert browser.get(PAGE).wsgi_request.user.reaches(tree.other_school.path) is True
    granted.delete()
    assert browser.get(PAGE).wsgi_request.user.reaches(tree.other_school.path) is False


def test_a_password_set_elsewhere_ends_the_session(signed):
    user, browser = signed
    user.set_password("Linglei-2026-mima")
    user.save(update_fields=["password"])
    assert _is_out(browser)


def test_a_session_that_was_ended_or_is_over_is_out(signed):
    _, browser = signed
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert _is_out(browser)


def test_the_session_itself_says_whose_it_is_not_the_list_of_sessions(signed, known):
    user, browser = signed
    other = known(Role.COUNTY_ADMIN)
    UserSession.objects.filter(user=user).update(user=other)
    assert browser.get(PAGE).wsgi_request.user.pk == user.pk


def test_a_session_missing_from_the_list_is_read_all_the_same(signed):
    user, browser = signed
    UserSession.objects.all().delete()
    assert browser.get(PAGE).wsgi_request.user.pk == user.pk


def test_a_way_in_that_is_no_longer_in_force_opens_nothing(signed, settings):
    _, browser = signed
    settings.AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend"]
    assert _is_out(browser)
