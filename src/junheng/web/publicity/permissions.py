"""Rights over announcements and objections."""

from __future__ import annotations

from junheng.web.rights.right import right
from junheng.web.rights.roles import Role

PUBLISH = right("publicity.publish", "发布和撤回公示、公告", Role.PROVINCE_ADMIN)
SEE_OBJECTIONS = right("publicity.see_objections", "查看本辖区收到的异议", Role.COUNTY_ADMIN, Role.CITY_REVIEWER, Role.PROVINCE_ADMIN)
ANSWER = right("publicity.answer", "核查并答复异议", Role.PROVINCE_ADMIN)

RIGHTS = (PUBLISH, SEE_OBJECTIONS, ANSWER)
