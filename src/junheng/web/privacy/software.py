"""The cipher in software: SM4-GCM and HMAC-SM3 of `cryptography`, keys from the ring in the keys folder."""

from __future__ import annotations

import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from junheng.web.privacy.cipher import CannotOpen
from junheng.web.privacy.keys import Key, KeyRing

_NONCE, _TAG = 12, 16


class SoftwareCipher:
    """Sealed bytes are nonce, ciphertext, tag. Implements privacy.cipher.Cipher."""

    def __init__(self, folder: Path) -> None:
        self._ring = KeyRing(folder)

    def key_ids(self) -> tuple[str, ...]:
        if not self._ring.keys():
            self._ring.first()
        return tuple(self._ring.keys())

    def new_key(self) -> str:
        return self._ring.add().id

    def retire(self, key_id: str) -> None:
        self._ring.retire(key_id)

    def encrypt(self, key_id: str, data: bytes, place: bytes) -> bytes:
        return sm4_gcm_seal(self._key(key_id).sm4, data, place)

    def decrypt(self, key_id: str, sealed: bytes, place: bytes) -> bytes:
        return sm4_gcm_open(self._key(key_id).sm4, sealed, place)

    def mac(self, key_id: str, data: bytes) -> bytes:
        return hmac_sm3(self._key(key_id).hmac, data)

    def _key(self, key_id: str) -> Key:
        key = self._ring.keys().get(key_id)
        if key is None:
            self._ring.read()  # made within one tick of the folder's clock
            key = self._ring.keys().get(key_id)
        if key is None:
            raise cannot_open()
        return key


def sm4_gcm_seal(key: bytes, data: bytes, place: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    encryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(place)
    return nonce + encryptor.update(data) + encryptor.finalize() + encryptor.tag


def sm4_gcm_open(key: bytes, sealed: bytes, place: bytes) -> bytes:
    """Raises CannotOpen."""
    nonce, body, tag = sealed[:_NONCE], sealed[_NONCE:-_TAG], sealed[-_TAG:]
    try:
        decryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce, tag)).decryptor()
        decryptor.authenticate_additional_data(place)
        return decryptor.update(body) + decryptor.finalize()
    except (InvalidTag, ValueError):
        raise cannot_open() from None


def hmac_sm3(key: bytes, data: bytes) -> bytes:
    mac = hmac.HMAC(key, hashes.SM3())
    mac.update(data)
    return mac.finalize()


def cannot_open() -> CannotOpen:
    return CannotOpen("加密保存的内容打不开", why="密钥不在密钥目录里，或内容被改动、被移到别处", remedy="请系统管理员核对密钥目录")
