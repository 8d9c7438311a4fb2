"""Rights over the API. What a token may then see and do is asked of the rights its owner holds on the pages."""

from __future__ import annotations

from junheng.web.rights.right import right
from junheng.web.rights.roles import Role

USE = right("api.use", "用令牌通过接口办理本人权限内的事", Role.SCHOOL_CLERK, Role.COUNTY_ADMIN, Role.COUNTY_REVIEWER, Role.CITY_REVIEWER,
            Role.PROVINCE_ADMIN, Role.PROVINCE_EXPERT, Role.DEPARTMENT)  # fmt: skip

RIGHTS = (USE,)
