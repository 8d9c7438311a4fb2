"""The words and signs every report shares: verdict marks, names of schools, how a margin is said."""

from __future__ import annotations

from junheng.judging.result import Verdict
from junheng.policy.in_force import PolicyInForce
from junheng.reports.grid import round_half_up
from junheng.reports.text import clean

MARKS = {Verdict.PASS: "●", Verdict.FAIL: "▲", Verdict.INSUFFICIENT: "◇"}
"""Shapes that carry the verdict beside the colour and the word."""

GROUP_LABELS = {
    "government": "政府保障程度", "quality": "教育质量", "recognition": "社会认可度", "veto": "一票否决事项",
}  # fmt: skip

EXCLUSION_LABELS = {
    "teaching_point_under_50": "不足 50 人的教学点", "special_education": "特殊教育学校", "vocational": "职业学校",
    "private": "民办学校", "non_local": "省、市直属学校", "teaching_point": "小学教学点",
}  # fmt: skip



def subject_of(policy: PolicyInForce) -> str:
    """What a standard assesses, as titles name it: 优质均衡 or 基本均衡."""
    return "基本均衡" if "基本均衡" in policy.title else "优质均衡"


def verdict_words(verdict: Verdict, *, yes: str = "", no: str = "") -> str:
    """达标/未达标/待定, or the two words given for the first two."""
    if verdict is Verdict.PASS and yes:
        return yes
    return no if verdict is Verdict.FAIL and no else verdict.label


def marked(verdict: Verdict) -> str:
    """"● 达标"."""
    return f"{MARKS[verdict]} {verdict.label}"


def school_label(name: str, campus: str) -> str:
    """A school's name with its campus."""
    return f"{clean(name)}（{clean(campus)}）" if campus else clean(name)


def margin_words(margin: float | None, *, short: str = "差") -> str:
    """"余量 4.2%" or "差 4.2%"; "" when unknown. short: the word for a negative margin."""
    if margin is None:
        return ""
    return f"{'余量' if margin >= 0 else short} {round_half_up(abs(margin) * 100, 1)}%"


def amount_words(amount: float, unit: str) -> str:
    """"2 人", "411.50 ㎡", "1,200.00 元": whole where the unit is counted, two decimals where it is measured."""
    whole = unit not in ("㎡", "元", "万元")
    return f"{round_half_up(amount, 0 if whole else 2, thousands=True)} {unit}"
