"""DESCRIPTION
A school code (学校标识码) has ten digits.

WHY
It is the key of a school through all years; a code that lost its leading digits in a spreadsheet joins to nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.common.identifiers import school_code_fault
from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.reading import text


def school_codes_well_formed(reported: Reported) -> Iterator[Breach]:
    for row in reported.facts.school:
        code = text(row, "school_code")
        fault = school_code_fault(code) if code else ""
        if fault:
            yield Breach("school", row, "school_code", f"“学校代码”{code} 有误：{fault}。",
                         "请填教育部统一编制的 10 位学校标识码，单元格设为文本。")  # fmt: skip


CHECK = Check(
    id="E-school-code-malformed",
    title="学校标识码是 10 位数字",
    why="标识码是学校历年数据的主键；被表格软件去掉前导数字的代码连不上任何记录。",
    fields=("school.school_code",),
    run=school_codes_well_formed,
)
