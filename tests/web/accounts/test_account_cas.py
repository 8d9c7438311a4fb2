"""Signing in through a real CAS server on the loopback."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from accounts.cas_server import Cas, cas_server
from accounts.loopback import visit
from django.test import Client

from junheng.web.accounts.models import User
from junheng.web.rights.roles import Role

pytestmark = pytest.mark.urls("accounts.urls_with_identity")


@pytest.fixture
def cas(settings):
    with cas_server() as cas:
        settings.CAS_SERVER_URL = f"{cas.url}/"
        yield cas


def sign_in(browser: Client, cas: Cas, name: str, **params: str):
    cas.user = name
    there = browser.get("/accounts/cas/", params)
    assert there.status_code == 302
    back = urlsplit(visit(there["Location"]))
    return browser.get(f"{back.path}?{back.query}")


def test_the_sign_in_page_offers_cas(cas, db):
    assert "/accounts/cas/" in Client().get("/accounts/login/").content.decode()


def test_a_name_the_server_vouches_for_signs_in_to_the_account(cas, known, audited):
    user = known(Role.SCHOOL_CLERK)
    browser = Client()
    assert sign_in(browser, cas, user.username, next="/me/")["Location"] == "/me/"
    assert browser.get("/me/").status_code == 200
    assert audited() == ["accounts.sign_in"]
    assert browser.get("/accounts/cas/")["Location"] == "/"


def test_no_account_is_made_for_a_stranger(cas, db):
    before = User.objects.count()
    response = sign_in(Client(), cas, "stranger")
    assert response.status_code == 403
    assert "没有与您的统一身份同名的账号" in response.content.decode()
    assert User.objects.count() == before


def test_a_ticket_works_once_and_a_forged_one_never(cas, known, audited):
    user = known(Role.SCHOOL_CLERK)
    cas.user = user.username
    browser = Client()
    back = urlsplit(visit(browser.get("/accounts/cas/")["Location"]))
    assert browser.get(f"{back.path}?{back.query}").status_code == 302
    assert Client().get(f"{back.path}?{back.query}").status_code == 403
    assert Client().get("/accounts/cas/?ticket=ST-forged").status_code == 403
    assert audited().count("accounts.identity_refused") == 2


@pytest.mark.parametrize("how", ["nonsense", "gone"])
def test_a_server_that_does_not_answer_is_said_in_chinese(cas, known, settings, how):
    user = known(Role.SCHOOL_CLERK)
    if how == "gone":
        settings.CAS_SERVER_URL = "http://127.0.0.1:9/"
        response = Client().get("/accounts/cas/?ticket=ST-1")
    else:
        cas.broken = True
        response = sign_in(Client(), cas, user.username)
    assert response.status_code == 403
    assert "没有正常应答" in response.content.decode()


def test_cas_does_not_replace_the_second_factor(cas, known):
    browser = Client()
    sign_in(browser, cas, known(Role.AUDITOR).username)
    assert browser.get("/me/")["Location"] == "/accounts/2fa/totp/activate/"


def test_the_server_ends_the_session_it_began(cas, known):
    browser = Client()
    user = known(Role.SCHOOL_CLERK)
    cas.user = user.username
    back = urlsplit(visit(browser.get("/accounts/cas/")["Location"]))
    ticket = back.query.removeprefix("ticket=")
    browser.get(f"{back.path}?{back.query}")
    assert browser.get("/me/").status_code == 200
    request = ("<samlp:LogoutRequest xmlns:samlp='urn:oasis:names:tc:SAML:2.0:protocol'><samlp:SessionIndex>"
               f"{ticket}</samlp:SessionIndex></samlp:LogoutRequest>")  # fmt: skip
    assert Client(enforce_csrf_checks=True).post("/accounts/cas/", {"logoutRequest": request}).status_code == 204
    assert browser.get("/me/").status_code == 302


def test_signing_out_here_signs_out_there(cas, known):
    browser = Client()
    sign_in(browser, cas, known(Role.SCHOOL_CLERK).username)
    assert browser.post("/accounts/logout/")["Location"].startswith(f"{cas.url}/logout?")
