"""What a password must be, and first passwords."""

from __future__ import annotations

import secrets
from typing import Any

from django.core.exceptions import ValidationError

_LOWER, _UPPER, _DIGITS = "abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789"
"""Without those that look alike on paper (l 1 I, 0 O, i)."""

_GROUPS, _GROUP = 3, 4


_LEAST = 10


class LongEnough:
    """Django's own rule, whose message is not translated."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < _LEAST:
            raise ValidationError(f"密码太短，至少 {_LEAST} 个字符。", code="password_too_short")

    def get_help_text(self) -> str:
        return f"至少 {_LEAST} 个字符。"


class ThreeKinds:
    """At least three of: capitals, small letters, digits, everything else (网络安全等级保护对口令复杂度的要求)."""

    def validate(self, password: str, user: Any = None) -> None:
        kinds = {_kind(character) for character in password}
        if len(kinds) < 3:
            raise ValidationError("密码只用了大写字母、小写字母、数字、符号中的 %(used)d 种，至少要用 3 种。",
                                  code="password_too_plain", params={"used": len(kinds)})  # fmt: skip

    def get_help_text(self) -> str:
        return "大写字母、小写字母、数字、符号中至少用 3 种。"


def _kind(character: str) -> str:
    if character.isascii() and character.isalpha():
        return "upper" if character.isupper() else "lower"
    return "digit" if character.isdigit() else "symbol"


def first_password() -> str:
    """A password to be read from paper and typed once: three groups of four, about 68 bits."""
    while True:
        characters = [secrets.choice(_LOWER + _UPPER + _DIGITS) for _ in range(_GROUPS * _GROUP)]
        if {_kind(each) for each in characters} == {"upper", "lower", "digit"}:
            return "-".join("".join(characters[at : at + _GROUP]) for at in range(0, len(characters), _GROUP))
