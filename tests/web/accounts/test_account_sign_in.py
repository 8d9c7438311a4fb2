"""Signing in with a password: what works, what is kept of what fails, and lockout."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from accounts.conftest import PASSWORD
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from junheng.web.accounts.models import User
from junheng.web.audit.models import AuditEvent
from junheng.web.rights.roles import Role


def test_the_right_password_opens_the_first_page(known, sign_in, audited):
    browser, response = sign_in(known(Role.SCHOOL_CLERK).username)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert browser.get("/").status_code == 200
    assert audited() == ["accounts.sign_in"]
    assert AuditEvent.objects.get().detail == {"how": "密码", "second_factor": False}


def test_passwords_are_kept_as_argon2(known, sign_in):
    user = known(Role.SCHOOL_CLERK)
    assert user.password.startswith("argon2$argon2id$")


def test_case_of_the_name_does_not_matter(known, sign_in):
    _, response = sign_in(known(Role.SCHOOL_CLERK).username.upper())
    assert response.status_code == 302


def test_the_page_asked_for_comes_after_signing_in(known):
    browser = Client()
    asked = browser.get("/me/")
    assert asked["Location"] == "/accounts/login/?next=/me/"
    response = browser.post(asked["Location"], {"login": known(Role.SCHOOL_CLERK).username, "password": PASSWORD, "next": "/me/"})
    assert response["Location"] == "/me/"


def test_signing_in_does_not_lead_to_another_site(known, sign_in):
    _, response = sign_in(known(Role.SCHOOL_CLERK).username, next="https://example.org/")
    assert response["Location"] == "/"


def test_a_wrong_password_says_so_in_chinese_and_is_audited_without_it(known, sign_in):
    user = known(Role.SCHOOL_CLERK)
    _, response = sign_in(user.username, "Cuowu-2026-mima")
    assert "账号或密码不对" in response.content.decode()
    event = AuditEvent.objects.get()
    assert (event.action, event.subject, event.unit_path) == ("accounts.sign_in_failed", f"user:{user.pk}", user.unit_path)
    assert "Cuowu-2026-mima" not in str(vars(event))


def test_what_a_stranger_types_is_kept_nowhere(db, sign_in):
    sign_in("my-Secret-1234", "x")
    assert AuditEvent.objects.get().action == "accounts.sign_in_failed"
    kept = [str(row) for row in (*AuditEvent.objects.values_list(), *AccessAttempt.objects.values_list())]
    assert not [row for row in kept if "my-secret" in row.lower()]


def test_a_disabled_account_is_told_so_and_stays_out(known, sign_in):
    user = known(Role.SCHOOL_CLERK)
    User.objects.filter(pk=user.pk).update(is_active=False)
    browser, response = sign_in(user.username)
    assert response["Location"] == "/accounts/inactive/"
    assert "已停用" in browser.get("/accounts/inactive/").content.decode()
    assert browser.get("/").status_code == 302


def test_signing_out_is_audited_and_ends_the_session(known, sign_in, audited):
    browser, _ = sign_in(known(Role.SCHOOL_CLERK).username)
    assert browser.get("/accounts/logout/").status_code == 200
    assert browser.post("/accounts/logout/")["Location"] == "/accounts/login/"
    assert browser.get("/").status_code == 302
    assert audited()[-1] == "accounts.sign_out"


def _fail(sign_in, username: str, times: int, address: str = "10.1.0.7"):
    for _ in range(times):
        _, response = sign_in(username, "Cuowu-2026-mima", Client(REMOTE_ADDR=address))
    return response


def test_the_fifth_failure_locks_the_account_for_a_quarter_of_an_hour(known, sign_in, audited):
    user = known(Role.SCHOOL_CLERK)
    assert _fail(sign_in, user.username, 4).status_code == 200
    response = _fail(sign_in, user.username, 1)
    assert response.status_code == 429
    assert "还有约 15 分钟" in response.content.decode()
    _, response = sign_in(user.username, PASSWORD, Client(REMOTE_ADDR="10.1.0.7"))
    assert response.status_code == 429
    assert sorted(audited()) == ["accounts.locked", *["accounts.sign_in_failed"] * 5]


def test_a_lock_holds_for_one_address_only(known, sign_in):
    """Whoever guesses from elsewhere cannot keep the clerk out of the system."""
    user = known(Role.SCHOOL_CLERK)
    _fail(sign_in, user.username, 5, "203.0.113.9")
    _, response = sign_in(user.username, PASSWORD, Client(REMOTE_ADDR="10.1.0.7"))
    assert response.status_code == 302


def test_a_lock_is_over_after_a_quarter_of_an_hour_and_trying_meanwhile_does_not_lengthen_it(known, sign_in):
    user = known(Role.SCHOOL_CLERK)
    _fail(sign_in, user.username, 7)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=15, seconds=1))
    _, response = sign_in(user.username, PASSWORD, Client(REMOTE_ADDR="10.1.0.7"))
    assert response.status_code == 302


def test_an_unknown_name_is_locked_like_a_known_one(db, sign_in, audited):
    """The answer must not tell whether there is such an account."""
    assert _fail(sign_in, "nobody", 5).status_code == 429
    assert "accounts.locked" not in audited()


def test_a_success_forgets_the_failures_before(known, sign_in):
    user = known(Role.SCHOOL_CLERK)
    _fail(sign_in, user.username, 4)
    sign_in(user.username, PASSWORD, Client(REMOTE_ADDR="10.1.0.7"))
    assert _fail(sign_in, user.username, 4).status_code == 200


def test_an_idle_session_ends_and_an_active_one_is_renewed_once_a_minute(known, sign_in):
    browser, _ = sign_in(known(Role.SCHOOL_CLERK).username)
    session = browser.session
    before = session["accounts.seen_at"]
    browser.get("/me/")
    assert browser.session["accounts.seen_at"] == before
    session["accounts.seen_at"] = before - 61
    session.save()
    browser.get("/me/")
    assert browser.session["accounts.seen_at"] >= before
    assert browser.session.get_expiry_age() == 30 * 60
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert browser.get("/me/").status_code == 302


def test_no_session_lasts_longer_than_twelve_hours(known, sign_in, audited):
    browser, _ = sign_in(known(Role.SCHOOL_CLERK).username)
    session = browser.session
    session["accounts.signed_in_at"] = int(time.time()) - 12 * 3600 - 1
    session.save()
    assert browser.get("/me/").status_code == 302
    assert audited()[-1] == "accounts.sign_out"


@pytest.mark.parametrize("path", ["signup/", "password/reset/", "email/", "confirm-email/", "3rdparty/signup/", "login/code/confirm/",
                                  "password/set/", "2fa/recovery-codes/download/", "2fa/webauthn/", "sessions/", "oidc/unified/login/", "cas/"])  # fmt: skip
def test_what_the_libraries_bring_besides_is_not_there(db, path):
    assert Client().get(f"/accounts/{path}").status_code == 404
