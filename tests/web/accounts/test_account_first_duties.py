"""First passwords and second factors come before everything else."""

from __future__ import annotations

import re
import time

import pytest
from accounts.conftest import PASSWORD
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client

from junheng.web.accounts.models import User
from junheng.web.audit.models import AuditEvent
from junheng.web.rights.roles import ROLES, Role

NEW = "Quanxin-2027-mima"

pytestmark = pytest.mark.django_db(transaction=True)
"""The library tells what it did after the commit, so there must be one."""


def code_now(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def set_up(browser: Client) -> str:
    """Go through the set-up page; the secret in the phone."""
    page = browser.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r"[A-Z2-7]{32}", page).group()  # type: ignore[union-attr]
    response = browser.post("/accounts/2fa/totp/activate/", {"code": code_now(secret)})
    assert response["Location"] == "/accounts/2fa/recovery-codes/"
    return secret


def test_a_first_password_is_changed_before_any_page_opens(known, sign_in, audited):
    user = known(Role.SCHOOL_CLERK)
    User.objects.filter(pk=user.pk).update(must_change_password=True)
    browser, _ = sign_in(user.username)
    for page in ("/", "/me/", "/accounts/2fa/totp/activate/"):
        assert browser.get(page)["Location"] == "/accounts/password/change/"
    assert browser.get("/", HTTP_HX_REQUEST="true")["HX-Redirect"] == "/accounts/password/change/"
    assert "首次登录，请先改密码" in browser.get("/accounts/password/change/").content.decode()
    assert browser.get("/accounts/logout/").status_code == 200
    response = browser.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert response["Location"] == "/me/"
    assert browser.get("/").status_code == 200
    assert audited() == ["accounts.sign_in", "accounts.password_changed"]
    assert sign_in(user.username, NEW)[1].status_code == 302


@pytest.mark.parametrize(
    ("password", "said"),
    [("Short-1", "10"), ("alllowercaseletters", "至少要用 3 种"), ("Password-1234-a1", ""), (PASSWORD, "与原密码相同"), ("20261127-2026", "3 种")],
)
def test_a_weak_password_is_refused_with_the_reason(known, sign_in, password, said):
    browser, _ = sign_in(known(Role.SCHOOL_CLERK).username)
    response = browser.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": password, "password2": password})
    if said:
        assert said in response.content.decode()
    else:
        assert response.status_code == 302


def test_changing_the_password_ends_the_other_sessions(known, sign_in):
    user = known(Role.SCHOOL_CLERK)
    here, _ = sign_in(user.username)
    there, _ = sign_in(user.username)
    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert here.get("/me/").status_code == 200
    assert there.get("/me/").status_code == 302


def test_the_roles_that_decide_need_a_second_factor():
    needed = {role for role, declared in ROLES.items() if declared.two_factor}
    assert needed == {Role.PROVINCE_ADMIN, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR}


def test_setting_up_and_signing_in_with_real_codes(known, sign_in, audited):
    user = known(Role.AUDITOR)
    browser, _ = sign_in(user.username)
    assert browser.get("/me/")["Location"] == "/accounts/2fa/totp/activate/"
    page = browser.get("/accounts/2fa/totp/activate/").content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    secret = set_up(browser)
    codes = re.findall(r"\b\d{8}\b", browser.get("/accounts/2fa/recovery-codes/").content.decode())
    assert len(codes) == 10
    assert browser.get("/me/").status_code == 200

    again, response = sign_in(user.username)
    assert response["Location"] == "/accounts/2fa/authenticate/"
    assert again.get("/me/").status_code == 302, "half signed in is not signed in"
    assert "验证码不对" in again.post("/accounts/2fa/authenticate/", {"code": "000000"}).content.decode()
    assert again.post("/accounts/2fa/authenticate/", {"code": code_now(secret, 1)})["Location"] == "/"
    assert again.get("/me/").status_code == 200
    assert AuditEvent.objects.filter(action="accounts.sign_in").last().detail["second_factor"] is True
    assert {"accounts.second_factor_added", "accounts.second_factor_failed"} <= set(audited())


def test_recovery_codes_are_shown_once_and_work_once(known, sign_in):
    user = known(Role.AUDITOR)
    browser, _ = sign_in(user.username)
    set_up(browser)
    code = re.findall(r"\b\d{8}\b", browser.get("/accounts/2fa/recovery-codes/").content.decode())[0]
    assert code not in browser.get("/accounts/2fa/recovery-codes/").content.decode()
    for expected in (302, 200):
        again, _ = sign_in(user.username)
        assert again.post("/accounts/2fa/authenticate/", {"code": code}).status_code == expected


def test_a_code_opens_once_in_whatever_process(known, sign_in):
    user = known(Role.AUDITOR)
    browser, _ = sign_in(user.username)
    code = code_now(set_up(browser), 1)
    first, _ = sign_in(user.username)
    assert first.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 302
    cache.clear()  # another process knows nothing of this one's cache
    second, _ = sign_in(user.username)
    assert "已经用过" in second.post("/accounts/2fa/authenticate/", {"code": code}).content.decode()


def test_guessing_codes_locks_the_account_like_guessing_passwords(known, sign_in, audited):
    user = known(Role.AUDITOR)
    browser, _ = sign_in(user.username)
    secret = set_up(browser)
    guesser, _ = sign_in(user.username)
    for _ in range(4):
        guesser.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert guesser.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 429
    cache.clear()
    assert guesser.post("/accounts/2fa/authenticate/", {"code": code_now(secret, 1)}).status_code == 429
    assert sign_in(user.username)[1].status_code == 429
    assert audited().count("accounts.locked") == 1


def test_who_needs_it_cannot_take_it_off_and_who_does_not_can(known, sign_in):
    auditor, clerk = known(Role.AUDITOR), known(Role.SCHOOL_CLERK)
    browser, _ = sign_in(auditor.username)
    set_up(browser)
    browser.post("/accounts/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=auditor, type="totp").exists()
    assert "不能关闭" in browser.get("/accounts/2fa/totp/deactivate/").content.decode()
    browser, _ = sign_in(clerk.username)
    set_up(browser)
    assert browser.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert not Authenticator.objects.filter(user=clerk).exists()


def test_the_demonstration_site_asks_for_no_second_factor(known, sign_in, settings):
    settings.JUNHENG_DEMO = True
    browser, _ = sign_in(known(Role.PROVINCE_ADMIN).username)
    assert browser.get("/me/").status_code == 200


def test_a_second_factor_given_for_one_account_does_not_count_for_another(known, sign_in):
    first, second = known(Role.AUDITOR), known(Role.SYSTEM_ADMIN)
    browser, _ = sign_in(first.username)
    set_up(browser)
    browser.post("/accounts/logout/")
    session = browser.session
    session["accounts.second_factor"] = first.pk
    session.save()
    sign_in(second.username, client=browser)
    assert browser.get("/me/")["Location"] == "/accounts/2fa/totp/activate/"


def test_long_after_signing_in_the_password_is_asked_again_before_the_ways_in_change(known, sign_in):
    browser, _ = sign_in(known(Role.SCHOOL_CLERK).username)
    assert browser.get("/accounts/2fa/totp/activate/").status_code == 200
    session = browser.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 301
    session.save()
    asked = browser.get("/accounts/2fa/totp/activate/")["Location"]
    assert asked.startswith("/accounts/reauthenticate/")
    assert "密码不对" in browser.post(asked, {"password": "Cuowu-2026"}).content.decode()
    assert browser.post(asked, {"password": PASSWORD})["Location"] == "/accounts/2fa/totp/activate/"
    assert browser.get("/accounts/2fa/totp/activate/").status_code == 200


def test_a_first_password_is_strong_readable_and_never_the_same():
    from junheng.web.accounts.passwords import ThreeKinds, first_password

    made = {first_password() for _ in range(200)}
    assert len(made) == 200
    for each in made:
        ThreeKinds().validate(each)
        assert re.fullmatch(r"(\w{4}-){2}\w{4}", each)
        assert not set(each) & set("l1I0Oio")
    assert make_password(next(iter(made))).startswith("argon2")


def test_every_word_of_the_sign_in_pages_is_chinese(known, sign_in):
    """No label, help or message of the libraries is left in English."""
    user = known(Role.SCHOOL_CLERK)
    browser, _ = sign_in(user.username)
    pages = [Client().get("/accounts/login/"), browser.get("/accounts/password/change/"), browser.get("/accounts/2fa/totp/activate/"),
             browser.get("/accounts/logout/"), browser.get("/me/"), browser.get("/accounts/inactive/"),
             browser.post("/accounts/password/change/", {"oldpassword": "x", "password1": "password", "password2": "y"}),
             browser.post("/accounts/2fa/totp/activate/", {"code": "1"}), Client().post("/accounts/login/", {})]  # fmt: skip
    for page in pages:
        body = page.content.decode().partition('<main id="main">')[2].partition("</main>")[0]
        words = re.sub(r"<[^>]*>", " ", body)
        words = re.sub(r"[A-Z2-7]{32}|FreeOTP|Mozilla\S*|school_clerk-\d+|127\.0\.0\.1", " ", words)
        assert not re.findall(r"[A-Za-z]{3,}", words), words
