"""任职条件: years taught at rural or weak schools, asked for by two rules of 辽教发〔2023〕10号 二（一）3.

Senior title (高级职称): at least one year is necessary. Principal: at least three years have priority. Years not told are
open, never nought.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from junheng.judging.result import Verdict
from junheng.planning.parameters import Parameters


@dataclass(frozen=True)
class Career:
    """years: at rural or weak schools, None = not told. applies_senior, principal: whether the rule is asked of the teacher."""

    number: str
    years: Decimal | None
    applies_senior: bool
    principal: bool


@dataclass(frozen=True)
class CareerCheck:
    """senior, priority: None where the rule is not asked. why: Chinese."""

    number: str
    senior: Verdict | None
    priority: Verdict | None
    why: str


def check_career(career: Career, parameters: Parameters) -> CareerCheck:
    senior = _reached(career.years, parameters["senior_title_years"].value) if career.applies_senior else None
    priority = _reached(career.years, parameters["principal_years"].value) if career.principal else None
    told = "未报乡村或薄弱学校任教年数" if career.years is None else f"乡村或薄弱学校任教 {career.years.normalize():f} 年"
    parts = [told]
    if senior is not None:
        parts.append(f"申报高级职称须满 {parameters['senior_title_years'].value} 年：{senior.label}")
    if priority is not None:
        parts.append(f"选任校长满 {parameters['principal_years'].value} 年优先：{'优先' if priority is Verdict.PASS else '待定' if priority is Verdict.INSUFFICIENT else '不优先'}")
    return CareerCheck(career.number, senior, priority, "；".join(parts))


def _reached(years: Decimal | None, least: Decimal) -> Verdict:
    if years is None:
        return Verdict.INSUFFICIENT
    return Verdict.PASS if years >= least else Verdict.FAIL
