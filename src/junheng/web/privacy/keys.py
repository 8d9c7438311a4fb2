"""SM4-GCM to keep, HMAC-SM3 to match: the one place where personal data is encrypted (国密, through `cryptography`).

What is sealed begins with the number of its key, so that keys can be changed without a moment in which nothing opens.
"""

from __future__ import annotations

import base64
import os
import secrets
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings

from junheng.common.errors import UserError

_NONCE, _TAG, _KEY = 12, 16, 16
_FIRST = 1


def seal(data: bytes) -> bytes:
    """Encrypted and authenticated: key number, ":", nonce, ciphertext, tag."""
    nonce = secrets.token_bytes(_NONCE)
    encryptor = Cipher(algorithms.SM4(_key("seal", _FIRST)), modes.GCM(nonce)).encryptor()
    return b"%d:" % _FIRST + nonce + encryptor.update(data) + encryptor.finalize() + encryptor.tag


def unseal(sealed: bytes) -> bytes:
    """Raises UserError when the key is another one, or the bytes were changed."""
    number, _, rest = sealed.partition(b":")
    try:
        nonce, body, tag = rest[:_NONCE], rest[_NONCE:-_TAG], rest[-_TAG:]
        decryptor = Cipher(algorithms.SM4(_key("seal", int(number))), modes.GCM(nonce, tag)).decryptor()
        return decryptor.update(body) + decryptor.finalize()
    except (InvalidTag, ValueError, OSError):
        raise UserError("加密保存的内容打不开", why="密钥与加密时的不同，或内容被改动过", remedy="请系统管理员核对密钥目录") from None


def seal_text(text: str) -> str:
    return base64.b64encode(seal(text.encode())).decode()


def unseal_text(sealed: str) -> str:
    return unseal(base64.b64decode(sealed)).decode()


def blind_index(text: str) -> str:
    """HMAC-SM3 as hex: equal for equal texts, and no way back. "" for ""."""
    if not text:
        return ""
    mac = hmac.HMAC(_key("match", _FIRST), hashes.SM3())
    mac.update(text.encode())
    return mac.finalize().hex()


@cache
def _key(purpose: str, number: int) -> bytes:
    """A key of the deployment, made when it is first needed, readable by the owner alone."""
    file = Path(settings.JUNHENG_KEYS) / f"{purpose}-{number}.key"
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if number == _FIRST and not file.exists():
        # Written aside and linked into place: another process may be making it too, and must never read half of it.
        aside = file.with_name(f"{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
        with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(secrets.token_bytes(_KEY))
        try:
            os.link(aside, file)
        except FileExistsError:
            pass
        finally:
            aside.unlink()
    return file.read_bytes()
