"""Rights over rounds."""

from __future__ import annotations

from junheng.web.rights.right import right
from junheng.web.rights.roles import Role

VIEW = right("rounds.view", "查看评估轮次的标准、学年和期限", Role.SCHOOL_CLERK, Role.COUNTY_ADMIN, Role.COUNTY_REVIEWER, Role.CITY_REVIEWER,
             Role.PROVINCE_ADMIN, Role.PROVINCE_EXPERT, Role.DEPARTMENT)  # fmt: skip
MANAGE = right("rounds.manage", "设立、修改、开始和结束评估轮次", Role.PROVINCE_ADMIN)

RIGHTS = (VIEW, MANAGE)
