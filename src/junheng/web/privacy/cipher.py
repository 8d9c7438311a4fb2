"""What is asked of whatever encrypts: software (software.py), or a hardware module (密码机) behind the same few calls."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from junheng.common.errors import UserError


class CannotOpen(UserError):
    """The key is not there or another one, or the sealed bytes were changed or belong to another place."""


class Cipher(Protocol):
    """Made with the keys folder. Keys are spoken of by id, so their bytes need never leave a module.

    An id holds letters, digits and "-" alone. The key of an id never changes.
    """

    def key_ids(self) -> tuple[str, ...]:
        """Oldest first; the last one encrypts, all of them decrypt. Makes the first key where there is none."""
        ...

    def new_key(self) -> str:
        """A new key, which encrypts from now on; its id. Other processes see it with their next call."""
        ...

    def retire(self, key_id: str) -> None:
        """The key opens nothing any more here. The last key is never retired."""
        ...

    def encrypt(self, key_id: str, data: bytes, place: bytes) -> bytes:
        """SM4-GCM under a random nonce. place: associated data, where the value is kept; it opens nowhere else."""
        ...

    def decrypt(self, key_id: str, sealed: bytes, place: bytes) -> bytes:
        """Raises CannotOpen."""
        ...

    def mac(self, key_id: str, data: bytes) -> bytes:
        """HMAC-SM3, 32 bytes. Raises CannotOpen when there is no such key."""
        ...


def the_cipher() -> Cipher:
    """The one this site was given: the class that JUNHENG_CIPHER names."""
    return _made(settings.JUNHENG_CIPHER, Path(settings.JUNHENG_KEYS))


@lru_cache(maxsize=4)
def _made(name: str, folder: Path) -> Cipher:
    cipher: Cipher = import_string(name)(folder)
    return cipher
