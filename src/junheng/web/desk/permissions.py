"""Rights over plans. Plans made from lists of people are for the county that made them and nobody above it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from junheng.web.rights.right import Holder, Right, Subject
from junheng.web.rights.roles import Role


@dataclass(frozen=True)
class PlanRight(Right):
    """A right over a plan, or over a place where one could be made: both say whether they are personal, and whose they are."""

    def covers(self, user: Holder, subject: Subject | None = None) -> bool:
        of: Any = subject
        holder: Any = user
        return super().covers(user, subject) and (of is None or not of.personal or bool(holder.unit_id == of.unit_id))


SEE = PlanRight("desk.see", "查看、比较本辖区的规划方案（用到个人名单的，限本单位）",
                frozenset({Role.COUNTY_ADMIN, Role.COUNTY_REVIEWER, Role.CITY_REVIEWER, Role.PROVINCE_ADMIN}))  # fmt: skip
PLAN = PlanRight("desk.plan", "建立、求解、停止、删除规划方案（用到个人名单的，限本单位）",
                 frozenset({Role.COUNTY_ADMIN, Role.CITY_REVIEWER, Role.PROVINCE_ADMIN}))  # fmt: skip

RIGHTS = (SEE, PLAN)
