"""How a code is known again without being kept: HMAC-SM3 under the survey's own secret.

Not under the site's keys: those change while slips of paper are out, and a code that is kept nowhere cannot be hashed anew.
"""

from __future__ import annotations

from cryptography.hazmat.primitives import hashes, hmac

from junheng.web.privacy.sealing import normalised


def code_hash(secret: bytes, code: str) -> str:
    """Hex. Small letters, spaces and hyphens make no difference."""
    made = hmac.HMAC(secret, hashes.SM3())
    made.update(normalised(code).encode())
    return made.finalize().hex()
