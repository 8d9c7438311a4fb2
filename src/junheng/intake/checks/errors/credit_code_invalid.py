"""DESCRIPTION
A 统一社会信用代码 is valid under GB 32100 (characters, division digits, check character). Blank is allowed.

WHY
Funds and assets are looked up by this code; one wrong character finds another institution.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.common.identifiers import uscc_fault
from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.reading import text


def credit_codes_valid(reported: Reported) -> Iterator[Breach]:
    for row in reported.facts.school:
        code = text(row, "uscc")
        fault = uscc_fault(code) if code else ""
        if fault:
            yield Breach("school", row, "uscc", f"“统一社会信用代码”{code} 有误：{fault}。", "请照法人证书逐位核对；教学点可留空。")


CHECK = Check(
    id="E-credit-code-invalid",
    title="统一社会信用代码符合 GB 32100",
    why="经费和资产按信用代码查找；错一位就查到别的单位。",
    fields=("school.uscc",),
    run=credit_codes_valid,
)
