"""What the steps of a commitment do besides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from junheng.web.flow.errors import NotAllowed, Refused
from junheng.web.flow.process import Taken
from junheng.web.rights.roles import Department, Role


def reported(commitment: Any, taken: Taken) -> Mapping[str, Any]:
    """The department that leads speaks for it; where none is named, or it is 教育, the province's own administrator may."""
    if not commitment.is_led_by(taken.by):
        led = commitment.get_department_display() or "省教育行政部门"
        raise NotAllowed("这条承诺不由您的部门报告", why=f"牵头的是{led}", remedy="请由牵头部门的用户报告")
    commitment.claim, commitment.words, commitment.basis = taken.data["claim"], taken.data["words"], taken.data["basis"] or ""
    commitment.reported_on = timezone.localdate()
    return {}


def finished(commitment: Any, taken: Taken) -> Mapping[str, Any]:
    if commitment.claim != "done":
        raise Refused("部门没有报告“已完成”", why=f"报告的是“{commitment.claim_label}”", remedy="请按“核实，继续推进”办理，或退回重报")
    return {}


def asked_again(commitment: Any, taken: Taken) -> Mapping[str, Any]:
    commitment.claim = ""
    return {}


def leads(department: str, user: Any) -> bool:
    """Whether an account reports for a department ("" = none is named)."""
    if user.role == Role.DEPARTMENT:
        return bool(department) and user.department == department
    return user.role == Role.PROVINCE_ADMIN and department in ("", Department.EDUCATION)
