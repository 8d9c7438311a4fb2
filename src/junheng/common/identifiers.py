"""标识码: identity numbers, credit codes, school codes and division codes, and what is wrong with one.

Every `*_fault` function returns "" for a valid text, else a short Chinese reason without a final stop. None of them
puts the text itself into the reason: an identity number must never reach a message.
"""

from __future__ import annotations

import unicodedata
from datetime import date

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"

_USCC_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))

_PREFIXES = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82"
PROVINCE_PREFIXES = frozenset(_PREFIXES.split())
"""First two digits of GB/T 2260 codes."""


def _tidy(text: str) -> str:
    """Half width, upper case, without spaces: what a person meant to type."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def id_check_character(first_17: str) -> str:
    """校验码 of the 17 digits before it (GB 11643, ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, _ID_WEIGHTS, strict=True))
    return _ID_CHECKS[total % 11]


def normal_id_number(text: str) -> str | None:
    """The 18-character form: x → X, full width → half width, 15 digits → 18. None when it is neither length.

    The first generation (15 digits) was only ever given to people born in 19xx. Validity is not checked.
    """
    tidy = _tidy(text)
    if len(tidy) == 15 and _is_digits(tidy):
        first_17 = f"{tidy[:6]}19{tidy[6:]}"
        return first_17 + id_check_character(first_17)
    if len(tidy) == 18 and _is_digits(tidy[:17]) and tidy[17] in _ID_CHECKS:
        return tidy
    return None


def id_number_fault(text: str) -> str:
    """GB 11643: length, birth date and check character."""
    number = normal_id_number(text)
    if number is None:
        return "应为 18 位（前 17 位是数字，末位是数字或 X），或 15 位数字"
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return "第 7–14 位不是真实的出生日期"
    return "" if id_check_character(number[:17]) == number[17] else "末位校验码与前 17 位不符"


def mask_id_number(text: str) -> str:
    """Province and last two characters stay; the rest becomes stars: enough to find the line, not the person."""
    tidy = _tidy(text)
    return "*" * len(tidy) if len(tidy) < 8 else f"{tidy[:2]}{'*' * (len(tidy) - 4)}{tidy[-2:]}"


def uscc_check_character(first_17: str) -> str:
    """校验码 of the 17 characters before it (GB 32100)."""
    total = sum(_USCC_CHARACTERS.index(each) * weight for each, weight in zip(first_17, _USCC_WEIGHTS, strict=True))
    return _USCC_CHARACTERS[(31 - total % 31) % 31]


def uscc_fault(text: str) -> str:
    """统一社会信用代码 (GB 32100): 18 characters of the 31-character set, division digits, check character."""
    tidy = _tidy(text)
    if len(tidy) != 18:
        return f"应为 18 位，现为 {len(tidy)} 位"
    strange = sorted(set(tidy) - set(_USCC_CHARACTERS))
    if strange:
        return f"含有不允许的字符“{''.join(strange)}”（信用代码不用 I、O、S、V、Z）"
    if not _is_digits(tidy[2:8]):
        return "第 3–8 位应为登记机关的区划代码（数字）"
    return "" if uscc_check_character(tidy[:17]) == tidy[17] else "末位校验码与前 17 位不符"


def school_code_fault(text: str) -> str:
    """学校标识码: ten digits (办学类型中类 2 + 省 2 + 顺序 6). The parts are not judged: for 中小学 they are 待核."""
    tidy = _tidy(text)
    if not _is_digits(tidy):
        return "应为 10 位数字，含有别的字符"
    return "" if len(tidy) == 10 else f"应为 10 位数字，现为 {len(tidy)} 位"


def division_fault(text: str) -> str:
    """区划代码 (GB/T 2260): six digits of an existing province. Whether the county exists is not asked here."""
    tidy = _tidy(text)
    if len(tidy) != 6 or not _is_digits(tidy):
        return "应为 6 位数字"
    return "" if tidy[:2] in PROVINCE_PREFIXES else f"前两位“{tidy[:2]}”不是省级区划代码"


def county_of_long_code(text: str) -> str:
    """The county of a 统计用区划代码 of 12 digits (county, town, village) or 9 (county, town); "" for anything else."""
    tidy = _tidy(text)
    is_long = len(tidy) in (9, 12) and _is_digits(tidy) and tidy[4:6] != "00"
    return tidy[:6] if is_long and not division_fault(tidy[:6]) else ""
