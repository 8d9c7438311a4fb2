"""Invitations: made, mailed, withdrawn, accepted once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from accounts.conftest import PASSWORD
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from junheng.common.errors import UserError
from junheng.web.accounts import actions
from junheng.web.accounts.actions.invitations import _accept
from junheng.web.accounts.drafts import Draft
from junheng.web.accounts.errors import WrongEntries
from junheng.web.accounts.models import Invitation, User
from junheng.web.audit.models import AuditEvent
from junheng.web.rights.roles import Role

ENTERED = {"username": "wang1", "password": PASSWORD, "again": PASSWORD, "phone": "15412345678"}


def invite(browser: Client, unit, role: str = "school_clerk", **more: str) -> str:
    """The path of the link shown."""
    page = browser.post("/users/invite/", {"name": "王一", "role": role, "unit": unit.code, "email": "", **more}).content.decode()
    found = re.search(r"/join/[\w-]+/", page)
    assert found, page
    return found.group()


def test_an_invited_person_chooses_name_and_password_and_signs_in(signed_in, tree, sign_in, audited):
    link = invite(signed_in(Role.COUNTY_ADMIN), tree.school)
    guest = Client()
    assert "王一，请设您的账号和密码" in guest.get(link).content.decode()
    assert guest.post(link, ENTERED)["Location"] == "/accounts/login/"
    account = User.objects.get(username="wang1")
    assert (account.role, account.unit, account.name, account.must_change_password) == ("school_clerk", tree.school, "王一", False)
    browser, _ = sign_in("wang1")
    assert browser.get("/me/").status_code == 200
    assert audited()[:3] == ["accounts.invited", "accounts.opened", "accounts.invitation_accepted"]


def test_a_link_works_once(signed_in, tree, db):
    link = invite(signed_in(Role.COUNTY_ADMIN), tree.school)
    Client().post(link, ENTERED)
    response = Client().post(link, ENTERED | {"username": "wang2"})
    assert response.status_code == 410
    assert "只能用一次" in response.content.decode()
    assert User.objects.filter(username__startswith="wang").count() == 1


def test_two_who_press_at_once_get_one_account(person, tree):
    """Both have the page open; the second finds the invitation used."""
    invitation, _ = actions.invite(Draft("王一", Role.SCHOOL_CLERK, tree.school), by=person(Role.COUNTY_ADMIN))
    actions.accept(invitation, username="wang1", password=PASSWORD, phone="")
    with pytest.raises(UserError, match="已接受"):
        actions.accept(invitation, username="wang2", password=PASSWORD, phone="")


def test_the_token_is_kept_nowhere(signed_in, tree):
    token = invite(signed_in(Role.COUNTY_ADMIN), tree.school).split("/")[2]
    assert token not in str(list(Invitation.objects.values_list())) + str(list(AuditEvent.objects.values_list()))


def test_a_link_is_over_after_seven_days(signed_in, tree):
    link = invite(signed_in(Role.COUNTY_ADMIN), tree.school)
    invitation = Invitation.objects.get()
    assert invitation.expires_at - invitation.created_at < timedelta(days=7, seconds=1)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(link).status_code == 410
    assert "已过期" in Client().get(link).content.decode()


def test_a_link_nobody_made_is_not_there(db):
    assert Client().get("/join/forged/").status_code == 404


def test_an_invitation_can_be_withdrawn_by_who_keeps_the_unit(signed_in, tree, audited):
    browser = signed_in(Role.COUNTY_ADMIN)
    link = invite(browser, tree.school)
    pk = Invitation.objects.get().pk
    assert signed_in(Role.COUNTY_ADMIN, tree.other_county).post("/users/invitations/", {"invitation": pk}).status_code == 404
    browser.post("/users/invitations/", {"invitation": pk})
    assert Client().get(link).status_code == 410
    assert audited()[-1] == "accounts.invitation_withdrawn"
    assert "已撤回" in browser.get("/users/invitations/").content.decode()
    browser.post("/users/invitations/", {"invitation": pk})
    assert audited()[-1] == "accounts.invitation_withdrawn"
    assert len(audited()) == 2


def test_the_link_goes_out_by_e_mail_when_there_is_an_address(signed_in, tree):
    link = invite(signed_in(Role.COUNTY_ADMIN), tree.school, email="Wang@Example.org")
    assert mail.outbox[0].to == ["wang@example.org"]
    assert link in mail.outbox[0].body


def test_an_e_mail_that_fails_leaves_the_link_on_the_page(signed_in, tree, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", 9
    page = signed_in(Role.COUNTY_ADMIN).post("/users/invite/", {"name": "王一", "role": "school_clerk", "unit": tree.school.code, "email": "w@example.org"})
    assert "邮件没有发出去" in page.content.decode()
    assert "/join/" in page.content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"username": "school_clerk-2121001719"}, "已有人用"), ({"password": "short", "again": "short"}, "10"), ({"again": "other"}, "不一样"), ({"phone": "12"}, "11 位数字")],
)
def test_what_cannot_be_is_said_beside_the_field(signed_in, person, tree, changed, said):
    person(Role.SCHOOL_CLERK)
    link = invite(signed_in(Role.COUNTY_ADMIN), tree.school)
    response = Client().post(link, ENTERED | changed)
    assert response.status_code == 200
    assert said in response.content.decode()
    assert Invitation.objects.get().is_open


def test_an_invitation_outside_the_area_is_refused(signed_in, tree):
    page = signed_in(Role.COUNTY_ADMIN).post("/users/invite/", {"name": "王一", "role": "school_clerk", "unit": tree.other_school.code})
    assert "您的管理范围内没有" in page.content.decode()
    assert not Invitation.objects.exists()


def test_a_unit_may_be_named_instead_of_coded(signed_in, tree):
    link = signed_in(Role.COUNTY_ADMIN).post("/users/invite/", {"name": "王一", "role": "school_clerk", "unit": tree.school.name})
    assert "/join/" in link.content.decode()


def test_an_invitation_of_who_was_disabled_meanwhile_opens_nothing(signed_in, person, tree):
    link = invite(signed_in(Role.COUNTY_ADMIN), tree.school)
    User.objects.filter(pk=person(Role.COUNTY_ADMIN).pk).update(is_active=False)
    assert "已停用" in Client().post(link, ENTERED).content.decode()
    assert not User.objects.filter(username="wang1").exists()


def test_separation_of_the_three_is_asked_when_the_person_is_known(person, tree):
    by = person(Role.SECURITY_ADMIN)
    actions.open_account(Draft("王一", Role.SYSTEM_ADMIN, tree.province, phone="15412345678"), "wang0", by=None)
    invitation, _ = actions.invite(Draft("王一", Role.AUDITOR, tree.province), by=by)
    with pytest.raises(WrongEntries, match="必须由不同的人担任"):
        actions.accept(invitation, username="wang1", password=PASSWORD, phone="15412345678")
    with pytest.raises(WrongEntries, match="要填手机或电子邮箱"):
        actions.accept(invitation, username="wang1", password=PASSWORD, phone="")


def test_who_is_invited_to_a_deciding_role_sets_up_a_second_factor_first(person, tree, sign_in):
    invitation, _ = actions.invite(Draft("王一", Role.AUDITOR, tree.province), by=person(Role.SECURITY_ADMIN))
    actions.accept(invitation, username="wang1", password=PASSWORD, phone="15412345678")
    browser, _ = sign_in("wang1")
    assert browser.get("/me/")["Location"] == "/accounts/2fa/totp/activate/"


def test_the_list_takes_the_same_queries_for_one_row_and_fifty(signed_in, person, tree):
    browser = signed_in(Role.SECURITY_ADMIN)
    by = person(Role.SECURITY_ADMIN)
    actions.invite(Draft("王一", Role.SCHOOL_CLERK, tree.school), by=by)
    browser.get("/users/invitations/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/users/invitations/")
    for number in range(55):
        actions.invite(Draft(f"王{number}", Role.SCHOOL_CLERK, tree.school), by=by)
    with CaptureQueriesContext(connection) as many:
        browser.get("/users/invitations/")
    assert len(few) == len(many)


def test_a_name_taken_between_the_question_and_the_writing_is_said(person, tree):
    """Both persons asked for the name before either had it."""
    by = person(Role.COUNTY_ADMIN)
    first, second = (actions.invite(Draft(name, Role.SCHOOL_CLERK, tree.school), by=by)[0] for name in ("王一", "李二"))
    actions.accept(first, username="wang1", password=PASSWORD, phone="")
    with pytest.raises(WrongEntries, match="已有人用"):
        _accept(second, "wang1", "hash", "")
    assert Invitation.objects.get(pk=second.pk).is_open
