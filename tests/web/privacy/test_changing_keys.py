"""Keys change while the site is in use; a change that was cut off is taken up; what is old goes only when nothing needs it."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection

from junheng.common.errors import UserError
from junheng.web.accounts.adapters import TwoFactorAdapter
from junheng.web.accounts.models import PasswordSheet, User
from junheng.web.audit.actions import Actor, record
from junheng.web.audit.anchors import add_anchor, anchors_file, sign_again
from junheng.web.audit.verify import verify
from junheng.web.privacy.actions import retire_unused, rotate, rows_by_key
from junheng.web.privacy.cipher import the_cipher
from junheng.web.privacy.sealing import active_key
from junheng.web.rights.roles import Role

PHONE = "15412345678"


@pytest.fixture(autouse=True)
def own_keys(tmp_path, settings):
    settings.JUNHENG_KEYS = tmp_path / "keys"


@pytest.fixture
def phones(person) -> list[User]:
    """Three people with phones, a sheet of first passwords and a second factor, all sealed with one key."""
    users = [person(role) for role in (Role.SCHOOL_CLERK, Role.COUNTY_ADMIN, Role.CITY_REVIEWER)]
    for number, user in enumerate(users):
        user.phone = f"1541234567{number}"
        user.save()
    PasswordSheet.objects.create(made_by=users[0], accounts=1, sealed=b"workbook")
    Authenticator.objects.create(user=users[0], type="totp", data={"secret": TwoFactorAdapter().encrypt("JBSWY3DP")})
    return users


def _column(table: str, column: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL")
        return [bytes(row[0]).decode("latin1") if not isinstance(row[0], str) else row[0] for row in cursor.fetchall()]


def test_after_a_change_everything_opens_and_nothing_is_sealed_with_the_old_key(phones):
    old = active_key()
    new = rotate()
    assert new != old
    assert rows_by_key().keys() == {new}
    assert [User.objects.get(pk=user.pk).phone for user in phones] == ["15412345670", "15412345671", "15412345672"]
    assert bytes(PasswordSheet.objects.get().sealed) == b"workbook"
    assert TwoFactorAdapter().decrypt(Authenticator.objects.get().data["secret"]) == "JBSWY3DP"
    for table, column in (("accounts_user", "phone"), ("accounts_passwordsheet", "sealed"), ("mfa_authenticator", "data")):
        assert not any(old in value for value in _column(table, column))


def test_people_are_found_by_phone_before_amid_and_after_a_change(phones):
    the_cipher().new_key()  # amid: the new key is there, no row has it yet
    assert User.objects.filter(phone_index__of="15412345670").get() == phones[0]
    rotate()
    retire_unused()
    assert User.objects.filter(phone_index__of="15412345670").get() == phones[0]


def test_a_change_cut_off_is_taken_up_by_the_next_with_the_same_key(phones):
    class Cut(Exception):
        pass

    def cut(what: str, done: int, of: int) -> None:
        raise Cut

    with pytest.raises(Cut):
        rotate(cut)
    begun = active_key()
    assert len(rows_by_key()) > 1
    assert rotate() == begun
    assert rows_by_key().keys() == {begun}
    assert len(the_cipher().key_ids()) == 2


def test_a_key_that_a_row_needs_is_not_retired(phones):
    old = active_key()
    the_cipher().new_key()
    with pytest.raises(UserError, match=old):
        retire_unused()
    assert old in the_cipher().key_ids()


def test_a_retired_key_lies_aside_for_old_backups(phones, settings):
    old = active_key()
    rotate()
    assert retire_unused() == [old]
    assert the_cipher().key_ids() == (active_key(),)
    assert (settings.JUNHENG_KEYS / "retired" / f"{old}.key").is_file()


def test_the_anchors_of_the_audit_log_stand_after_their_key_is_gone(phones):
    record(by=Actor(1, "甲", "县级管理员"), action="test.act", subject="thing:1", unit_path="210000/")
    add_anchor()
    rotate()
    sign_again()
    retire_unused()
    assert list(verify()) == []


def test_a_forged_anchor_does_not_become_true_by_signing_again(phones):
    record(by=Actor(1, "甲", "县级管理员"), action="test.act", subject="thing:1", unit_path="210000/")
    add_anchor()
    anchors_file().write_text(anchors_file().read_text().replace("1 ", "7 ", 1))
    rotate()
    sign_again()
    assert any("签名不对" in each.why for each in verify())
