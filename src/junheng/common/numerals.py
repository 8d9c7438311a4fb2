"""Chinese numerals, as headings and names have them: 一, 十一, 二十."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九十"


def numeral(number: int) -> str:
    """0 to 99."""
    if number <= 10:
        return _DIGITS[number]
    tens, ones = divmod(number, 10)
    return f"{_DIGITS[tens] if tens > 1 else ''}十{_DIGITS[ones] if ones else ''}"
