"""The plan's commitments, read from the policy pack: what, by when, who, and in which task."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from junheng.judging.area import ACCEPTANCE
from junheng.policy import resolve
from junheng.policy.in_force import Compare, Target
from junheng.web.areas.models import Unit
from junheng.web.rights.roles import Department
from junheng.web.rounds.models import STANDARD

GROUPS: Mapping[str, str] = {
    "一": "总体要求",
    "1": "任务 1　学校建设标准化", "2": "任务 2　扩增优质教育资源", "3": "任务 3　优化师资队伍配置", "4": "任务 4　教育数字化",
    "5": "任务 5　群体教育公平", "6": "任务 6　民族地区教育", "7": "任务 7　财政保障", "8": "任务 8　学生资助全覆盖",
    "9": "任务 9　资助精准化", "10": "任务 10　学生卫生健康", "11": "任务 11　公共文化体育", "12": "任务 12　毕业生就业创业",
    "三": "组织措施",
}  # fmt: skip
"""Parts of 辽教发〔2023〕10号: key → heading."""

_DEPARTMENTS: Mapping[str, Department] = {
    "省教育厅": Department.EDUCATION, "教育部门": Department.EDUCATION, "省委编办": Department.STAFFING, "省发展改革委": Department.DEVELOPMENT,
    "省财政厅": Department.FINANCE, "省人力资源社会保障厅": Department.HUMAN_RESOURCES, "省自然资源厅": Department.NATURAL_RESOURCES,
    "省农业农村厅": Department.AGRICULTURE, "省文化和旅游厅": Department.CULTURE, "省体育局": Department.SPORT,
    "省卫生健康委": Department.HEALTH, "省市场监管局": Department.MARKET, "省残联": Department.DISABLED_FEDERATION,
}  # fmt: skip
"""Who the pack names → whose accounts report. 各地、各级政府 have no account of their own at the province."""


_CRITERION = "criterion:"
_SIGNS = {Compare.AT_LEAST: "≥", Compare.AT_MOST: "≤", Compare.LESS_THAN: "＜", Compare.EQUAL: "＝"}


@dataclass(frozen=True)
class Promise:
    """One commitment. group: key of GROUPS; clause: with its document; department: of the first body named, "" = none with an account;
    by: last day, None = the plan sets none. measured: the site counts it itself. criterion: whose standing in the counties is held beside the
    report, "" = none."""

    target: Target
    group: str
    clause: str
    department: str
    by: date | None
    measured: bool
    criterion: str

    @property
    def aim(self) -> str:
        """The value the plan names, in words; "" where it names none."""
        value, compare = self.target.value, self.target.compare
        if value is None or compare is None:
            return ""
        number = f"{value.value * 100:f}" if self.target.unit == "占比" else f"{value.value:f}"
        number = number.rstrip("0").rstrip(".") if "." in number else number
        return f"{_SIGNS[compare]} {number}{'%' if self.target.unit == '占比' else f' {self.target.unit}'}"


def promises(province: Unit, day: date) -> dict[str, Promise]:
    """Target id → promise, in the order of the plan; {} where no plan is in force for the province."""
    policy = resolve(STANDARD, province.code[:2], day)
    out = {}
    for target in policy.targets:
        document = policy.documents.get(target.source.document)
        clause = f"{document.number if document else ''} {target.source.clause}".strip()
        lead = _DEPARTMENTS.get(target.departments[0], "") if target.departments else ""
        by = date(target.by_school_year, 12, 31) if target.by_school_year else None
        out[target.id] = Promise(target, _group(target.source.clause), clause, str(lead), by, target.metric == ACCEPTANCE,
                                 target.metric.removeprefix(_CRITERION) if target.metric.startswith(_CRITERION) else "")  # fmt: skip
    return out


def _group(clause: str) -> str:
    """二（一）3 → "3"; 一、总体要求 → "一"; 三（四） → "三"."""
    number = re.search(r"(\d+)$", clause)
    return number[1] if number else clause[0]
