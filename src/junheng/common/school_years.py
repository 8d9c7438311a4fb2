"""学年: a school year is named by the calendar year in which it begins."""

from __future__ import annotations

import re
from datetime import date

_FOUR_DIGITS = re.compile(r"(?<!\d)(19|20)\d{2}(?!\d)")
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


def as_of_date(school_year: int) -> date:
    """评估基准日: 1 September of the year in which the school year begins (rules.md §0.1)."""
    return date(school_year, 9, 1)


def school_year_label(school_year: int) -> str:
    """2025 → "2025—2026 学年"."""
    return f"{school_year}—{school_year + 1} 学年"


def parse_year(text: str) -> int | None:
    """The first four-digit year in a text such as "2025—2026 学年", "1998年9月" or "二〇二五年"; None when there is none."""
    match = _FOUR_DIGITS.search(text.translate(_CHINESE_DIGITS))
    return int(match.group()) if match else None
