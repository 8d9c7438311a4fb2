"""What a claim of the manual says, in words and tables a county official reads."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from drawn import INCLUDED, UNDECIDED, Claim, ends

from generators.markdown import table
from junheng.common.stages import Stage
from junheng.indicators import Indicator
from junheng.indicators import indicator as declared

_DECIMALS = 5


def flowing(text: str) -> str:
    """A docstring as Markdown paragraphs: lines of Chinese are joined without a blank; lists are left alone."""
    paragraphs = []
    for paragraph in text.strip().split("\n\n"):
        out = ""
        for line in (each.strip() for each in paragraph.splitlines()):
            ascii_meets_ascii = bool(out) and out[-1].isascii() and line[:1].isascii()
            out += (" " if ascii_meets_ascii else "") + line
        paragraphs.append(out)
    return "\n\n".join(paragraphs)


def result(claim: Claim) -> str:
    """The result table of a claim."""
    if not claim.indicator:
        return table(("学校", "资源配置指标和差异系数"), [(school, _standing(each)) for school, each in claim.expected.items()])
    indicator = declared(claim.indicator)
    if claim.stage:
        return _balance(indicator, Stage(claim.stage), claim.expected)
    return table(("学校", f"得到：{_title(indicator)}"), [(key, figure(indicator, wanted)) for key, wanted in claim.expected.items()])


def of_county(claims: Sequence[Claim]) -> str:
    """One table of what a county's form gives."""
    found = [(declared(claim.indicator), claim.expected["全县"]) for claim in claims]
    return table(("得到", "全县"), [(_title(indicator), figure(indicator, wanted)) for indicator, wanted in found])


def _title(indicator: Indicator) -> str:
    symbol = indicator.unit.symbol
    return indicator.title + (f"（{symbol}）" if symbol not in ("", "%") else "")


def _standing(wanted: object) -> str:
    if wanted is None:
        return "不在其列（没有义务教育学段）"
    return str(wanted) if wanted in (INCLUDED, UNDECIDED) else f"剔除：{wanted}"


def _balance(indicator: Indicator, stage: Stage, expected: Mapping[str, object]) -> str:
    values = ["不给出" if value is None else value if isinstance(value, str) else _number(value) for value in expected.values()]
    return f"得到：{stage.label}“{indicator.title}”的校际差异\n\n" + table(list(expected), [values])


def figure(indicator: Indicator, wanted: object) -> str:
    """One expected figure, see tests/spec/drawn.py for how it is written."""
    if wanted is None:
        return "不在此列" if indicator.scope else "没有这个学段"
    if wanted == "?":
        return "在不在此列不能确定"
    if not isinstance(wanted, str):
        return _value(indicator, float(wanted))  # type: ignore[arg-type]
    num_lo, num_hi, den_lo, den_hi = ends(wanted)
    if (num_lo, den_lo) == (num_hi, den_hi):
        if den_lo == 0:
            return "分母为 0，没有比例"
        return _formula(indicator, wanted) + _value(indicator, num_lo / den_lo, approximate="≈ ", exact="= ")
    lowest = num_lo / den_hi if num_lo >= 0 else num_lo / max(den_lo, 1)
    highest = num_hi / den_lo if den_lo else math.inf
    told = _range(indicator, lowest, highest)
    return told if indicator.denominator.dimension == "one" else f"{told}（{_formula(indicator, wanted).strip()}）"


def _range(indicator: Indicator, lowest: float, highest: float) -> str:
    if highest == math.inf:
        return "可以是任何数" if lowest <= 0 else f"至少 {_value(indicator, lowest)}"
    if lowest == -math.inf or (lowest == 0 and indicator.unit.symbol == "%"):
        return f"至多{_value(indicator, highest, approximate='约 ', exact=' ')}"
    return f"{_value(indicator, lowest)} 至 {_value(indicator, highest)} 之间"


def _formula(indicator: Indicator, wanted: str) -> str:
    """"12 ÷ 500 × 100 ": the numerator before its scale."""
    num_lo, num_hi, den_lo, den_hi = ends(wanted)
    above = _ends(num_lo / indicator.scale, num_hi / indicator.scale)
    return f"{above} ÷ {_ends(den_lo, den_hi)} " + (f"× {indicator.scale} " if indicator.scale != 1 else "")


def _ends(lowest: float, highest: float) -> str:
    if lowest == highest:
        return _number(lowest)
    if highest == math.inf:
        return f"〔{_number(lowest)} 以上〕" if lowest > 0 else "〔未知〕"
    return f"〔{_number(highest)} 以下〕" if lowest in (0, -math.inf) else f"〔{_number(lowest)} 至 {_number(highest)}〕"


def _value(indicator: Indicator, value: float, *, approximate: str = "约 ", exact: str = "") -> str:
    percent = indicator.unit.symbol == "%"
    shown = round(value * 100, 2) if percent else round(value, _DECIMALS)
    rounded = not math.isclose(shown, value * 100 if percent else value, rel_tol=1e-12, abs_tol=1e-12)
    return (approximate if rounded else exact) + _number(shown) + ("%" if percent else "")


def _number(value: object) -> str:
    """Without an exponent or idle zeros."""
    text = f"{float(value):.{_DECIMALS}f}".rstrip("0").rstrip(".")  # type: ignore[arg-type]
    return "0" if text in ("-0", "") else text
