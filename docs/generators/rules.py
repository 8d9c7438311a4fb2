"""校核规则: every check and every rule of the reader, with its reason."""

from __future__ import annotations

from generators.markdown import table
from junheng.intake.checks import CHECKS, REGISTER_CHECKS
from junheng.intake.reading_rules import READING_RULES
from junheng.intake.register_files import REGISTER_RULES
from junheng.judging.remarks import JUDGING_RULES


def pages() -> dict[str, str]:
    checks = table(("规则", "应当成立", "为什么", "字段"),
                   [(f"`{c.id}`", c.title, c.why, "、".join(f"`{f}`" for f in c.fields)) for c in (*CHECKS, *REGISTER_CHECKS)])
    reading = table(("规则", "含义"), [(f"`{rule}`", meaning) for rule, meaning in {**READING_RULES, **REGISTER_RULES}.items()])
    judging = table(("规则", "含义"), [(f"`{rule}`", meaning) for rule, meaning in JUDGING_RULES.items()])
    return {"rules.md": "# 校核规则\n\n`E-` 阻断提交和冻结为正式版本，不阻断测算；`W-` 可以说明。\n\n"
                        f"## 数值之间的规则\n\n{checks}\n## 读取文件时的规则\n\n{reading}\n## 测算、判定时的提醒\n\n{judging}"}
