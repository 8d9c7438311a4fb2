"""What is kept encrypted opens again, with its own key and in its own place alone."""

from __future__ import annotations

import os
import stat

import pytest
from django.db import connection

from junheng.common.masking import mask_identity, mask_name, mask_phone
from junheng.web.accounts.models import User
from junheng.web.privacy.cipher import CannotOpen, the_cipher
from junheng.web.privacy.sealing import blind_index, is_signed, seal, sign, unseal
from junheng.web.privacy.software import hmac_sm3, sm4_gcm_open
from junheng.web.rights.roles import Role

PLACE = "accounts.user.phone"


def test_what_was_sealed_opens_again_and_looks_different_each_time():
    assert unseal(seal(b"15412345678", PLACE), PLACE) == b"15412345678"
    assert seal(b"15412345678", PLACE) != seal(b"15412345678", PLACE)
    assert b"154" not in seal(b"15412345678", PLACE).partition(b":")[2]


def test_a_changed_byte_or_another_place_opens_nothing():
    sealed = seal(b"15412345678", PLACE)
    for broken in (sealed[:-1] + bytes([sealed[-1] ^ 1]), b"9:" + sealed.partition(b":")[2], b"nonsense"):
        with pytest.raises(CannotOpen, match="打不开"):
            unseal(broken, PLACE)
    with pytest.raises(CannotOpen, match="被移到别处"):
        unseal(sealed, "publicity.objection.contact")


def test_another_key_opens_nothing(tmp_path, settings):
    sealed = seal(b"15412345678", PLACE)
    settings.JUNHENG_KEYS = tmp_path
    with pytest.raises(CannotOpen, match="密钥"):
        unseal(sealed, PLACE)


def test_sm4_gcm_is_the_one_of_rfc_8998():
    """RFC 8998, appendix A.1."""
    key, nonce = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210"), bytes.fromhex("00001234567800000000ABCD")
    plain = bytes.fromhex("AA" * 8 + "BB" * 8 + "CC" * 8 + "DD" * 8 + "EE" * 8 + "FF" * 8 + "EE" * 8 + "AA" * 8)
    body = bytes.fromhex(
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735D82710CA5C22F0CCFA7CBF93D496AC15"
        "A56834CBCF98C397B4024A2691233B8D"
    )
    tag = bytes.fromhex("83DE3541E4C2B58177E065A9BF7B62EC")
    assert sm4_gcm_open(key, nonce + body + tag, bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")) == plain


def test_hmac_sm3_is_made_as_rfc_2104_says():
    from junheng.web.audit.chain import sm3

    key, text = b"k" * 32, b"15412345678"
    inner = bytes(byte ^ 0x36 for byte in key.ljust(64, b"\0"))
    outer = bytes(byte ^ 0x5C for byte in key.ljust(64, b"\0"))
    assert hmac_sm3(key, text).hex() == sm3(outer + bytes.fromhex(sm3(inner + text)))


def test_equal_texts_have_one_index_that_says_nothing_of_them():
    assert blind_index("15412345678") == blind_index("154-1234 5678") == blind_index("１５４１２３４５６７８")
    assert blind_index("15412345678") != blind_index("15412345679")
    assert blind_index("") == ""
    assert "154" not in blind_index("15412345678")


def test_a_signature_holds_for_its_text_alone():
    signature = sign("6 abc")
    assert is_signed("6 abc", signature)
    assert not is_signed("5 abc", signature)
    assert signature.partition(":")[2] != blind_index("6 abc")


def test_keys_are_the_owners_alone(settings):
    assert the_cipher().key_ids()
    assert stat.S_IMODE(os.stat(settings.JUNHENG_KEYS).st_mode) & 0o077 == 0
    for file in settings.JUNHENG_KEYS.glob("*.key"):
        assert stat.S_IMODE(os.stat(file).st_mode) == 0o600


def test_the_database_holds_no_phone(person):
    user = person(Role.SCHOOL_CLERK)
    user.phone = "15412345678"
    user.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM accounts_user WHERE id = %s", [user.pk])
        assert "154" not in cursor.fetchone()[0].partition(":")[2]
    assert User.objects.get(pk=user.pk).phone == "15412345678"


def test_a_phone_is_found_by_its_index_and_by_nothing_else(person):
    user = person(Role.SCHOOL_CLERK)
    user.phone = "15412345678"
    user.save()
    assert User.objects.filter(phone_index__of="154 1234 5678").get() == user
    assert not User.objects.filter(phone_index__of="15412345679").exists()
    with pytest.raises(TypeError, match="cannot be searched"):
        User.objects.filter(phone="15412345678").exists()


@pytest.mark.parametrize(("phone", "shown"), [("15412345678", "*******5678"), ("", ""), ("123", "123")])
def test_a_phone_is_shown_by_its_last_four(phone, shown):
    assert mask_phone(phone) == shown


@pytest.mark.parametrize(("number", "shown"), [("A" * 18, "AA" + "*" * 14 + "AA"), ("", ""), ("1234", "****")])
def test_an_identity_number_shows_its_ends(number, shown):
    assert mask_identity(number) == shown


@pytest.mark.parametrize(("name", "shown"), [("张三", "张*"), ("欧阳小明", "欧***"), ("张", "*"), ("", "")])
def test_of_a_name_the_family_name_is_shown(name, shown):
    assert mask_name(name) == shown
