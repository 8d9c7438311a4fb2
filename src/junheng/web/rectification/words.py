"""Words and names that problems share: where one comes from, which criterion it is about, how late it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from junheng.common.divisions import PROVINCE_CODE
from junheng.policy import list_packs, resolve
from junheng.web.rectification.models import Problem
from junheng.web.rights.roles import Department

DEPARTMENTS_NAMED: Mapping[str, Department] = {
    "教育局": Department.EDUCATION, "财政局": Department.FINANCE, "编办": Department.STAFFING, "人社局": Department.HUMAN_RESOURCES,
    "发改局": Department.DEVELOPMENT, "自然资源局": Department.NATURAL_RESOURCES,
}  # fmt: skip
"""As reports.remedies calls whoever leads."""

_SOURCES = {"release": "冻结版本判定", "visit": "实地核查", "material": "材料审核", "monitoring": "年度监测", "objection": "公示异议", "manual": "人工登记", "plan": "规划方案"}


def source_words(source: str) -> str:
    """"release:sha256:ab12…" → "冻结版本判定（ab12cd34）"; "plan:17:ab12…" → "规划方案（17 号，版本 ab12cd34）"."""
    kind, _, rest = source.partition(":")
    name = _SOURCES.get(kind, source)
    if kind == "release":
        return f"{name}（{rest.removeprefix('sha256:')[:8]}）"
    number, _, version = rest.partition(":")
    return f"{name}（{number} 号{f'，版本 {version[:8]}' if version else ''}）" if rest else name


def progress_words(problem: Problem, today: date) -> str:
    """"整改中，逾期 3 天，约谈"."""
    parts = [problem.state_shown.label]
    if problem.is_late_on(today) and problem.due_on is not None:
        parts.append(f"逾期 {(today - problem.due_on).days} 天")
    if problem.escalation.state != "none" and problem.is_open:
        parts.append(problem.escalation.state_shown.label)
    return "，".join(parts)



@cache
def criterion_titles() -> Mapping[str, str]:
    """Every resource indicator and criterion of the national standards: id → Chinese title."""
    titles: dict[str, str] = {}
    for pack in list_packs():
        if pack.overlays is None and pack.extends is None:
            standard = resolve(pack.id, PROVINCE_CODE[:2], date.max)
            titles = {each.code: each.title for each in standard.resources} | {each.id: each.title for each in standard.criteria} | titles
    return titles
