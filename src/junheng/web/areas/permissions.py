"""Rights over the tree of units."""

from __future__ import annotations

from junheng.web.rights.right import right
from junheng.web.rights.roles import Role

MAINTAIN = right("areas.maintain", "维护单位：增设、更名、撤并，指明直属学校所在的县", Role.SYSTEM_ADMIN, Role.PROVINCE_ADMIN)

RIGHTS = (MAINTAIN,)
