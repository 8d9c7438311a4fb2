"""Personal data as a screen shows it."""

from __future__ import annotations

_SHOWN = 4


def mask_phone(phone: str) -> str:
    """The last four digits; "" for none."""
    return f"{'*' * max(0, len(phone) - _SHOWN)}{phone[-_SHOWN:]}" if phone else ""
