"""单元格: from what stands in a cell to the stored value of a column.

A blank is never zero. What cannot be read becomes null with a problem that says why; nothing is guessed silently.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from junheng.common.codes import CodeList
from junheng.common.identifiers import county_of_long_code
from junheng.common.school_years import parse_year
from junheng.common.units import Unit
from junheng.tables import Column, Kind

_NOTHING = frozenset({"", "-", "--", "—", "——", "/", "\\", "－", "…", "不适用", "未报", "暂缺", "待定", "待评定", "未评定", "待评", "空", "n/a", "na", "null", "none"})
_NUMBER = re.compile(r"([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)(.*)", re.IGNORECASE)
_YES = frozenset({"是", "√", "✓", "✔", "☑", "有", "y", "yes", "true", "t", "1", "对", "属于", "已"})
_NO = frozenset({"否", "×", "x", "✗", "✘", "✕", "无", "n", "no", "false", "f", "0", "错", "不是", "不属于", "没有", "非"})
_LEVELS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s.*)?|(\d{4})(\d{2})(\d{2})")
_SERIAL_ZERO = date(1899, 12, 30)


@dataclass(frozen=True)
class Problem:
    """Why a cell is not taken as written. why and remedy: Chinese; a rule beginning with E- leaves no value."""

    rule: str
    why: str
    remedy: str


@dataclass(frozen=True)
class Reading:
    """value: as stored (None = not reported); raw: the cell's text; blank: nothing was written there."""

    value: object
    raw: str
    blank: bool = False
    problem: Problem | None = None


def raw_text(cell: object) -> str:
    """A cell as a person reads it: 41.0 → "41", dates ISO, True → "是"."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else format(cell, ".15g")
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return "" if cell is None else str(cell)


def read_cell(column: Column, cell: object, sign: str = "") -> Reading:
    """The value of a cell of this column; sign: what the unit cell or the header says, "" = the printed unit."""
    # Nine cells of ten are a whole number in the printed unit.
    if (type(cell) is float and column.kind is Kind.COUNT and 0 <= cell < 1e15 and cell.is_integer()
            and _factor(column.unit, unit_sign(sign) or column.printed_unit) == 1):  # fmt: skip
        return Reading(int(cell), str(int(cell)))
    raw = raw_text(cell)
    text = _plain(raw)
    if text.lower() in _NOTHING:
        return Reading(None, raw, blank=True)
    value = _READERS[column.kind](column, cell, text, sign)
    if isinstance(value, Problem):
        return Reading(None, raw, problem=value)
    if isinstance(value, _Doubtful):
        return Reading(value.value, raw, blank=value.value is None, problem=value.problem)
    return Reading(value, raw)


@dataclass(frozen=True)
class _Doubtful:
    """A value that is taken, with a warning."""

    value: object
    problem: Problem


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _decimal(cell: object, text: str) -> tuple[Decimal, str] | Problem:
    # A number cell is taken to the 15 digits a spreadsheet shows, so that 0.1+0.2 is 0.3.
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return Decimal(format(cell, ".15g")), ""
    match = _NUMBER.fullmatch(text.replace(",", "").replace(" ", "").replace("，", ""))
    if match is None:
        return Problem("E-not-a-number", f"“{text}”不是数字", "请只填数字")
    return Decimal(match[1]), match[2]


_FACTORS: dict[tuple[str, str, str], Decimal | None] = {}


def _factor(unit: Unit, sign: str) -> Decimal | None:
    key = (unit.dimension, unit.symbol, sign)
    if key not in _FACTORS and len(_FACTORS) < 10_000:
        _FACTORS[key] = _find_factor(unit, sign)
    return _FACTORS[key] if key in _FACTORS else _find_factor(unit, sign)


def _find_factor(unit: Unit, sign: str) -> Decimal | None:
    if sign == "万" and (factor := unit.factor("万" + unit.symbol)) is not None:
        return factor
    factor = unit.factor(sign)
    if factor is None:
        factor = next((f for variant, f in ((unit.symbol, Decimal(1)), *unit.variants) if _plain(variant) == sign), None)
    return factor


@lru_cache(maxsize=4096)
def unit_sign(text: str) -> str:
    """The unit sign in a unit cell; "" for a blank cell or a mere dash."""
    sign = _plain(text).replace(" ", "").removeprefix("单位").strip(":()")
    return "" if sign in _NOTHING else sign


def _number(column: Column, cell: object, text: str, sign: str) -> Decimal | _Doubtful | Problem:
    if text == "无":
        why = "数字格里写“无”，按未报处理"
        return _Doubtful(None, Problem("W-none-is-not-zero", why, "确实没有的请填 0，不适用的请留空"))
    parsed = _decimal(cell, text)
    if isinstance(parsed, Problem):
        return parsed
    number, trailing = parsed
    factor = _factor(column.unit, trailing or unit_sign(sign) or column.printed_unit)
    if factor is None:
        if trailing:
            return Problem("E-not-a-number", f"“{text}”不是以{column.printed_unit}为单位的数字", f"请只填数字，单位为{column.printed_unit}")
        return Problem("E-unit", f"单位“{sign}”不能换算成{column.printed_unit}", f"请把单位改为{column.printed_unit}并核对数值")
    if number < 0:
        return Problem("E-negative", f"“{text}”是负数", "请填 0 或正数")
    return number * factor


def _count(column: Column, cell: object, text: str, sign: str) -> object:
    number = _number(column, cell, text, sign)
    if not isinstance(number, Decimal):
        return number
    whole = round(number)
    if abs(number - whole) > Decimal("1e-9") * max(1, whole):
        return Problem("E-not-whole-number", f"“{text}”不是整数", "请填整数")
    return int(whole)


def _amount(column: Column, cell: object, text: str, sign: str) -> object:
    number = _number(column, cell, text, sign)
    return float(number) if isinstance(number, Decimal) else number


def _fraction(column: Column, cell: object, text: str, sign: str) -> object:
    parsed = _decimal(cell, text)
    if isinstance(parsed, Problem):
        return parsed
    number, trailing = parsed
    if trailing not in ("", "%"):
        return Problem("E-not-a-number", f"“{text}”不是比例", "请填小数（如 0.12）或百分数（如 12%）")
    if number < 0:
        return Problem("E-negative", f"“{text}”是负数", "请填 0 或正数")
    share = number / 100 if trailing else number
    doubt = ""
    if not trailing and number > 1:
        share = number / 100
        doubt = "" if unit_sign(sign) == "%" else f"“{text}”大于 1，按百分数读作 {number}%（{share}）"
    elif not trailing and unit_sign(sign) == "%":
        # A cell formatted as a percentage holds 0.12 under a header of %: 0.12% would be an absurd reading.
        doubt = f"单位是%而数值不大于 1，读作小数 {share}（即 {(share * 100).normalize():f}%）"
    if share > 1:
        return Problem("E-not-a-share", f"“{text}”超过 100%", "请核对后填小数（如 0.12）或百分数（如 12%）")
    if doubt:
        return _Doubtful(float(share), Problem("W-percent", doubt, "如读错，请写成带百分号的数，如 12%"))
    return float(share)


def _flag(column: Column, cell: object, text: str, sign: str) -> object:
    word = text.lower().removesuffix(".0").rstrip("。.;")
    if word in _YES:
        return True
    if word in _NO:
        return False
    return Problem("E-not-yes-or-no", f"“{text}”不是“是”或“否”", "请填“是”或“否”")


_SPELLINGS: dict[str, tuple[CodeList, Mapping[str, str]]] = {}


def _spellings(codes: CodeList) -> Mapping[str, str]:
    known = _SPELLINGS.get(codes.name)
    if known is not None and known[0] is codes:
        return known[1]
    out: dict[str, str] = {_plain(code): code for code in codes.labels}
    for text, code in (*((label, code) for code, label in codes.labels.items()), *codes.variants.items()):
        out.setdefault(_plain(text), code)
    _SPELLINGS[codes.name] = (codes, out)
    return out


def _code(column: Column, cell: object, text: str, sign: str) -> object:
    assert column.codes is not None
    spellings = _spellings(column.codes)
    word = re.sub(r"\s+", "", text).removesuffix(".0")
    leading = re.match(r"\d+", word)
    for candidate in (word, re.sub(r"\([^()]*\)$", "", word), leading[0] if leading else "", word.lstrip("0123456789.-、:")):
        if candidate in spellings:
            return spellings[candidate]
    choices = "、".join(list(column.codes.labels.values())[:12])
    return Problem("E-unknown-code", f"“{text}”不在{column.codes.name}代码表中", f"请填代码或名称，如：{choices}")


def _level(column: Column, cell: object, text: str, sign: str) -> object:
    word = text.lower().replace(" ", "").removesuffix(".0").removesuffix("及以上").removesuffix("以上")
    word = word.removeprefix("达到").removeprefix("达").removeprefix("第").removesuffix("级").removesuffix("等").removesuffix("水平").removesuffix("级")
    if word in _LEVELS:
        return _LEVELS[word]
    return Problem("E-not-a-level", f"“{text}”不是监测等级", "请填Ⅰ、Ⅱ、Ⅲ或Ⅳ")


def _year(column: Column, cell: object, text: str, sign: str) -> object:
    if isinstance(cell, date):
        return cell.year
    if (year := parse_year(text)) is not None:
        return year
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        year = (_SERIAL_ZERO + timedelta(days=int(float(text)))).year
        return _Doubtful(year, Problem("W-date-serial", f"“{text}”是日期序号，读作 {year} 年", "请直接填四位年份"))
    return Problem("E-not-a-year", f"“{text}”不是年份", "请填四位年份，如 1998")


def _text(column: Column, cell: object, text: str, sign: str) -> object:
    raw = raw_text(cell)
    return None if raw == "无" else raw


def _date(column: Column, cell: object, text: str, sign: str) -> object:
    if isinstance(cell, date):
        return raw_text(cell)
    try:
        if match := _DATE.fullmatch(text):
            return date(*(int(part) for part in match.groups() if part)).isoformat()
        if re.fullmatch(r"\d{5}(\.\d+)?", text):
            return (_SERIAL_ZERO + timedelta(days=int(float(text)))).isoformat()
    except (ValueError, TypeError):
        pass
    return Problem("E-not-a-date", f"“{text}”不是日期", "请按 2025-09-01 的格式填写")


def _id(column: Column, cell: object, text: str, sign: str) -> object:
    word = re.sub(r"\s+", "", text).lstrip("'").upper()
    if re.fullmatch(r"\d+\.0+", word):
        word = word.partition(".")[0]
    if re.fullmatch(r"\d(\.\d+)?E\+?\d+", word):
        return Problem("E-lossy-id", f"“{text}”是科学计数，末尾数字已经丢失", "请把单元格设为文本格式后重新填写")
    if column.name == "county_code" and (county := county_of_long_code(word)):
        why = f"“{word}”是统计用区划代码，取前 6 位 {county} 作区县代码"
        return _Doubtful(county, Problem("W-division-long", why, "请填 6 位行政区划代码"))
    return None if word == "无" else word


_READERS: Mapping[Kind, Callable[[Column, object, str, str], object]] = {
    Kind.COUNT: _count, Kind.AMOUNT: _amount, Kind.FRACTION: _fraction, Kind.FLAG: _flag, Kind.CODE: _code,
    Kind.LEVEL: _level, Kind.YEAR: _year, Kind.TEXT: _text, Kind.DATE: _date, Kind.ID: _id,
}  # fmt: skip
