"""摘要: SHA-256 and SM3 (GB/T 32905) of text, as anybody can recompute them."""

from __future__ import annotations

from enum import StrEnum

from cryptography.hazmat.primitives import hashes


class Digest(StrEnum):
    """The values stand in published lists and records: they never change."""

    SHA256 = "sha256"
    SM3 = "sm3"

    def of(self, text: str) -> str:
        """Lower-case hex of the digest of the text in UTF-8, without a line end that is not in it."""
        digest = hashes.Hash(hashes.SM3() if self is Digest.SM3 else hashes.SHA256())
        digest.update(text.encode())
        return digest.finalize().hex()
