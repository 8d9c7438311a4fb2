"""Seal, open, match and sign: what the rest of the site uses of the cipher.

What is sealed begins with the id of its key and ":", so that keys change without a moment in which nothing opens.
"""

from __future__ import annotations

import base64
import hmac
import re
import unicodedata

from junheng.web.privacy.cipher import the_cipher
from junheng.web.privacy.software import cannot_open

_SPACES = re.compile(r"[\s-]+")


def seal(data: bytes, place: str) -> bytes:
    """Encrypted and authenticated. place: where it is kept ("accounts.user.phone"); it opens nowhere else."""
    key_id = active_key()
    return key_id.encode() + b":" + the_cipher().encrypt(key_id, data, place.encode())


def unseal(sealed: bytes, place: str) -> bytes:
    """Raises CannotOpen when the key is another one, the bytes were changed or they come from another place."""
    key_id, _, body = sealed.partition(b":")
    return the_cipher().decrypt(key_id.decode("ascii", "replace"), body, place.encode())


def seal_text(text: str, place: str) -> str:
    key_id = active_key()
    return f"{key_id}:{base64.b64encode(the_cipher().encrypt(key_id, text.encode(), place.encode())).decode()}"


def unseal_text(sealed: str, place: str) -> str:
    """Raises CannotOpen."""
    key_id, _, body = sealed.partition(":")
    try:
        raw = base64.b64decode(body, validate=True)
    except ValueError:
        raise cannot_open() from None
    return the_cipher().decrypt(key_id, raw, place.encode()).decode()


def key_of(sealed: bytes | str) -> str:
    """The id of the key something was sealed with."""
    return sealed.partition(":")[0] if isinstance(sealed, str) else sealed.partition(b":")[0].decode("ascii", "replace")


def active_key() -> str:
    return the_cipher().key_ids()[-1]


def blind_index(text: str) -> str:
    """HMAC-SM3 of the normalised text as hex: equal for equal texts, and no way back. "" for ""."""
    return _index(active_key(), text)


def blind_indexes(text: str) -> tuple[str, ...]:
    """By every key there is: what a lookup compares with, for while keys are changed both stand in the table."""
    return tuple(_index(key_id, text) for key_id in the_cipher().key_ids()) if text else ()


def _index(key_id: str, text: str) -> str:
    return the_cipher().mac(key_id, normalised(text).encode()).hex() if text else ""


def normalised(text: str) -> str:
    """One spelling for what people write in several: full width, spaces and hyphens, the x of an identity number."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text)).upper()


def sign(text: str) -> str:
    """"<key id>:<HMAC-SM3 hex>"."""
    key_id = active_key()
    return f"{key_id}:{the_cipher().mac(key_id, _signed(text)).hex()}"


def is_signed(text: str, signature: str) -> bool:
    """Raises CannotOpen when the key it was signed with is gone."""
    key_id, _, mac = signature.partition(":")
    return hmac.compare_digest(the_cipher().mac(key_id, _signed(text)).hex(), mac)


def _signed(text: str) -> bytes:
    """Apart from every text that is ever indexed: a signature is no index, an index no signature."""
    return b"\0signed\0" + text.encode()
