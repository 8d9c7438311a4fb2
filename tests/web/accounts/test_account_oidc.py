"""Signing in through a real OpenID Connect provider on the loopback."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from accounts.loopback import visit
from accounts.oidc_provider import CLIENT_ID, SECRET, Provider, oidc_provider
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from junheng.web.accounts.models import User
from junheng.web.audit.models import AuditEvent
from junheng.web.rights.roles import Role
from junheng.web.site.environment import OidcProvider
from junheng.web.site.identity import oidc_provider as as_settings

LOGIN = "/accounts/oidc/unified/login/"
pytestmark = pytest.mark.urls("accounts.urls_with_identity")


@pytest.fixture
def provider(settings):
    with oidc_provider() as provider:
        settings.SOCIALACCOUNT_PROVIDERS = as_settings(OidcProvider(provider.url, CLIENT_ID, SECRET, "市教育局统一身份"))
        yield provider


def sign_in(browser: Client, provider: Provider, **person: str):
    provider.person = person or None
    there = browser.get(LOGIN)
    assert there.status_code == 302
    back = urlsplit(visit(there["Location"]))
    return browser.get(f"{back.path}?{back.query}")


def test_the_sign_in_page_offers_the_provider_by_its_name(provider, db):
    page = Client().get("/accounts/login/").content.decode()
    assert "市教育局统一身份" in page
    assert LOGIN in page


def test_an_identity_signs_in_to_the_account_of_its_name(provider, known, audited):
    user = known(Role.SCHOOL_CLERK)
    browser = Client()
    response = sign_in(browser, provider, sub="17", preferred_username=user.username, name="填报员", email="")
    assert response["Location"] == "/"
    assert browser.get("/me/").status_code == 200
    assert SocialAccount.objects.get().user == user
    assert audited() == ["accounts.identity_linked", "accounts.sign_in"]
    assert AuditEvent.objects.last().detail["how"] == "统一身份认证"


def test_who_is_known_stays_known_when_the_name_at_the_provider_changes(provider, known):
    user = known(Role.SCHOOL_CLERK)
    sign_in(Client(), provider, sub="17", preferred_username=user.username)
    assert sign_in(Client(), provider, sub="17", preferred_username="renamed")["Location"] == "/"
    assert SocialAccount.objects.count() == 1


def test_no_account_is_ever_made_for_a_stranger(provider, db, audited):
    before = User.objects.count()
    response = sign_in(Client(), provider, sub="18", preferred_username="stranger", email="a@example.org", email_verified="true")
    assert response.status_code == 403
    assert "没有与您的统一身份同名的账号" in response.content.decode()
    assert User.objects.count() == before
    assert audited() == ["accounts.identity_refused"]
    assert "stranger" not in str(AuditEvent.objects.values_list()[0])


def test_an_identity_without_a_name_opens_nothing(provider, known):
    known(Role.SCHOOL_CLERK)
    assert sign_in(Client(), provider, sub="19").status_code == 403


def test_a_second_identity_with_the_same_name_is_refused(provider, known):
    """Names are given again at the provider; the account stays with the one who had it."""
    user = known(Role.SCHOOL_CLERK)
    sign_in(Client(), provider, sub="17", preferred_username=user.username)
    response = sign_in(Client(), provider, sub="99", preferred_username=user.username)
    assert response.status_code == 403
    assert "已关联另一个统一身份" in response.content.decode()


def test_the_provider_does_not_replace_the_second_factor(provider, known):
    user = known(Role.AUDITOR)
    browser = Client()
    sign_in(browser, provider, sub="20", preferred_username=user.username)
    assert browser.get("/me/")["Location"] == "/accounts/2fa/totp/activate/"


def test_a_first_password_need_not_be_changed_by_who_does_not_use_it(provider, known):
    user = known(Role.SCHOOL_CLERK)
    User.objects.filter(pk=user.pk).update(must_change_password=True)
    browser = Client()
    sign_in(browser, provider, sub="17", preferred_username=user.username)
    assert browser.get("/me/").status_code == 200


def test_a_disabled_account_stays_out(provider, known):
    user = known(Role.SCHOOL_CLERK)
    User.objects.filter(pk=user.pk).update(is_active=False)
    browser = Client()
    sign_in(browser, provider, sub="17", preferred_username=user.username)
    assert browser.get("/me/").status_code == 302


def test_cancelling_at_the_provider_is_said_in_chinese(provider, db):
    browser = Client()
    response = sign_in(browser, provider)
    assert response["Location"] == "/accounts/identity/cancelled/"
    assert "没有登录" in browser.get(response["Location"]).content.decode()


def test_an_answer_nobody_asked_for_is_refused(provider, known, audited):
    known(Role.SCHOOL_CLERK)
    response = Client().get(f"{LOGIN}callback/?code=forged&state=forged")
    assert response.status_code == 401
    assert "没有完成" in response.content.decode()
    assert audited() == ["accounts.identity_refused"]


def test_a_code_the_provider_does_not_know_opens_nothing(provider, known):
    user = known(Role.SCHOOL_CLERK)
    browser = Client()
    provider.person = {"sub": "17", "preferred_username": user.username}
    there = browser.get(LOGIN)["Location"]
    back = urlsplit(visit(there))
    provider.codes.clear()
    assert browser.get(f"{back.path}?{back.query}").status_code == 401
    assert browser.get("/me/").status_code == 302


def test_an_identity_can_be_taken_off_and_the_page_says_so(provider, known, audited):
    user = known(Role.SCHOOL_CLERK)
    browser = Client()
    sign_in(browser, provider, sub="17", preferred_username=user.username)
    page = browser.get("/accounts/identity/").content.decode()
    assert "已关联" in page
    browser.post("/accounts/identity/", {"account": SocialAccount.objects.get().pk})
    assert not SocialAccount.objects.exists()
    assert audited()[-1] == "accounts.identity_unlinked"
    assert "还没有关联" in browser.get("/accounts/identity/").content.decode()


def test_the_environment_names_the_provider(monkeypatch):
    for name, value in (("ISSUER", "https://id.example.cn/"), ("CLIENT_ID", "junheng"), ("SECRET", "s")):
        monkeypatch.setenv(f"JUNHENG_OIDC_{name}", value)
    read = OidcProvider.read()
    assert read == OidcProvider("https://id.example.cn", "junheng", "s", "统一身份认证")
    assert as_settings(None) == {}
