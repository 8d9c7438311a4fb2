"""What must not be published (rules.md §15.20): identity numbers, phones, guardians' income, illness."""

from __future__ import annotations

import re

from junheng.web.flow.errors import Refused

_PATTERNS = {
    "身份证号": re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)|(?<!\d)\d{15}(?!\d)"),
    "手机号": re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"),
    "学籍号": re.compile(r"[GgLl]\d{17}[\dXx]"),
    "监护人收入": re.compile(r"(监护人|父母|家庭|父亲|母亲)[^。；\n]{0,12}(收入|工资)"),
    "疾病": re.compile(r"(患有|确诊|病史|诊断为|抑郁|残疾等级)"),
}


def refuse_personal(text: str, field: str) -> None:
    """Raises Refused naming what kind of personal data stands in a text for the public."""
    found = [name for name, pattern in _PATTERNS.items() if pattern.search(text)]
    if found:
        words = "、".join(found)
        raise Refused(f"文字里像是有{words}，不能公开", remedy="请删去个人信息后再提交", fields={field: f"请删去{words}"})
