"""脱敏: personal data as a screen or a public list shows it."""

from __future__ import annotations

_SHOWN = 4


def mask_phone(phone: str) -> str:
    """The last four digits; "" for none."""
    return f"{'*' * max(0, len(phone) - _SHOWN)}{phone[-_SHOWN:]}" if phone else ""


def mask_email(address: str) -> str:
    """The first character and the domain: enough to see whether there is one, and whose server it is."""
    name, at, domain = address.partition("@")
    return f"{name[:1]}***@{domain}" if at else ""


def mask_identity(number: str) -> str:
    """First and last two characters of an identity number: the province, and enough to tell two persons apart."""
    return f"{number[:2]}{'*' * (len(number) - 4)}{number[-2:]}" if len(number) > 4 else "*" * len(number)


def mask_name(name: str) -> str:
    """The family name: 张**, one star per further character. Of one character nothing is shown."""
    return f"{name[0]}{'*' * (len(name) - 1)}" if len(name) > 1 else "*" * len(name)
