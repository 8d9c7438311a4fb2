"""Rights over evidence."""

from __future__ import annotations

from junheng.web.rights.right import counted_right, right
from junheng.web.rights.roles import Role

_WORKING = (Role.SCHOOL_CLERK, Role.COUNTY_ADMIN, Role.COUNTY_REVIEWER, Role.CITY_REVIEWER, Role.PROVINCE_ADMIN, Role.PROVINCE_EXPERT, Role.DEPARTMENT)

VIEW = counted_right("evidence.view", "查看、下载本辖区的佐证", *_WORKING)
ATTACH = right("evidence.attach", "上传佐证", *_WORKING)

RIGHTS = (VIEW, ATTACH)
