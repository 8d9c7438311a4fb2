"""The demonstration site: one account per role, named on the sign-in page."""

from __future__ import annotations

import pytest
from django.test import Client

from junheng.common.errors import UserError
from junheng.web.accounts.actions import open_demo_accounts
from junheng.web.accounts.demo import DEMO_ACCOUNTS, DEMO_PASSWORD
from junheng.web.accounts.keeping import fits
from junheng.web.accounts.models import User
from junheng.web.rights.roles import Role


def test_every_role_has_an_account_that_signs_in(tree, settings, sign_in):
    settings.JUNHENG_DEMO = True
    accounts = open_demo_accounts(tree.school)
    open_demo_accounts(tree.school)
    assert {account.role for account in accounts} == set(Role.values)
    assert User.objects.count() == len(Role)
    assert all(fits(Role(account.role), account.unit) for account in accounts)
    page = Client().get("/accounts/login/").content.decode()
    assert DEMO_PASSWORD in page
    for username in DEMO_ACCOUNTS.values():
        assert f">{username}<" in page
    browser, _ = sign_in(DEMO_ACCOUNTS[Role.AUDITOR], DEMO_PASSWORD)
    assert browser.get("/me/").status_code == 200


def test_a_real_site_neither_has_nor_names_them(tree, person):
    with pytest.raises(UserError, match="演示站点"):
        open_demo_accounts(tree.school)
    assert DEMO_PASSWORD not in Client().get("/accounts/login/").content.decode()
