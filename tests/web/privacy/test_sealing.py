"""What is kept encrypted opens again, with its own key alone."""

from __future__ import annotations

import os
import stat

import pytest
from django.db import connection

from junheng.common.errors import UserError
from junheng.web.accounts.models import User
from junheng.web.privacy import keys
from junheng.web.privacy.masking import mask_phone
from junheng.web.rights.roles import Role


def test_what_was_sealed_opens_again_and_looks_different_each_time():
    assert keys.unseal(keys.seal(b"13812345678")) == b"13812345678"
    assert keys.seal(b"13812345678") != keys.seal(b"13812345678")
    assert b"138" not in keys.seal(b"13812345678")


def test_a_changed_byte_or_another_key_opens_nothing(tmp_path, settings):
    sealed = keys.seal(b"13812345678")
    for broken in (sealed[:-1] + bytes([sealed[-1] ^ 1]), b"9:" + sealed[2:], b"nonsense"):
        with pytest.raises(UserError, match="打不开"):
            keys.unseal(broken)
    settings.JUNHENG_KEYS = tmp_path
    keys._key.cache_clear()
    try:
        with pytest.raises(UserError, match="打不开"):
            keys.unseal(sealed)
    finally:
        keys._key.cache_clear()


def test_equal_texts_have_one_index_that_says_nothing_of_them():
    assert keys.blind_index("13812345678") == keys.blind_index("13812345678")
    assert keys.blind_index("13812345678") != keys.blind_index("13812345679")
    assert keys.blind_index("") == ""
    assert "138" not in keys.blind_index("13812345678")


def test_keys_are_the_owners_alone(settings):
    keys.seal(b"x")
    for file in settings.JUNHENG_KEYS.glob("*.key"):
        assert stat.S_IMODE(os.stat(file).st_mode) == 0o600


def test_the_database_holds_no_phone(person):
    user = person(Role.SCHOOL_CLERK)
    user.phone = "13812345678"
    user.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM accounts_user WHERE id = %s", [user.pk])
        assert "138" not in cursor.fetchone()[0]
    assert User.objects.get(pk=user.pk).phone == "13812345678"


@pytest.mark.parametrize(("phone", "shown"), [("13812345678", "*******5678"), ("", ""), ("123", "123")])
def test_a_phone_is_shown_by_its_last_four(phone, shown):
    assert mask_phone(phone) == shown
