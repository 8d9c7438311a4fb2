"""我的账号."""

from __future__ import annotations

from django.test import Client

from junheng.web.accounts.models import User
from junheng.web.audit.models import AuditEvent
from junheng.web.rights.roles import Role


def test_everybody_sees_the_own_account_and_no_other(known, sign_in):
    user = known(Role.SCHOOL_CLERK)
    browser, _ = sign_in(user.username)
    page = browser.get("/me/").content.decode()
    assert user.username in page
    assert user.unit.name in page


def test_contacts_are_changed_and_the_phone_is_shown_masked(known, sign_in):
    user = known(Role.SCHOOL_CLERK)
    browser, _ = sign_in(user.username)
    assert browser.post("/me/", {"act": "contact", "phone": "154 1234 5678", "email": "Wang@Example.org"}).status_code == 302
    user.refresh_from_db()
    assert (user.phone, user.email) == ("15412345678", "wang@example.org")
    page = browser.get("/me/").content.decode()
    assert "5678" in page
    assert "15412345678" not in page
    event = AuditEvent.objects.get(action="accounts.contact_changed")
    assert event.detail == {"changed": ["手机", "电子邮箱"]}
    browser.post("/me/", {"act": "contact", "phone": "", "email": ""})
    user.refresh_from_db()
    assert (user.phone, user.email) == ("15412345678", ""), "an empty phone leaves the phone as it was"


def test_a_wrong_contact_is_said_beside_the_field(known, sign_in):
    user = known(Role.SCHOOL_CLERK)
    browser, _ = sign_in(user.username)
    assert "11 位数字" in browser.post("/me/", {"act": "contact", "phone": "123", "email": ""}).content.decode()
    assert User.objects.get(pk=user.pk).phone == ""


def test_other_sessions_are_seen_and_ended(known, sign_in, audited):
    user = known(Role.SCHOOL_CLERK)
    there, _ = sign_in(user.username, client=Client(REMOTE_ADDR="10.9.9.9"))
    here, _ = sign_in(user.username)
    assert "10.9.9.9" in here.get("/me/").content.decode()
    here.post("/me/", {"act": "sessions"})
    assert there.get("/me/").status_code == 302
    assert here.get("/me/").status_code == 200
    assert "10.9.9.9" not in here.get("/me/").content.decode()
    assert audited()[-1] == "accounts.sessions_ended"


def test_an_act_nobody_knows_is_refused(known, sign_in):
    browser, _ = sign_in(known(Role.SCHOOL_CLERK).username)
    assert "没有说明要做什么" in browser.post("/me/", {"act": "role"}).content.decode()
