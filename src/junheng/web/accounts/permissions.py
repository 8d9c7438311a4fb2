"""Rights over accounts."""

from __future__ import annotations

from junheng.web.rights.right import right
from junheng.web.rights.roles import Role

KEEP = right("accounts.keep", "管理本辖区账号：邀请、批量开立、停用、改角色、重置密码", Role.SECURITY_ADMIN)
KEEP_CLERKS = right("accounts.keep_clerks", "管理本县学校填报员账号：邀请、批量开立、停用、重置密码", Role.COUNTY_ADMIN)

RIGHTS = (KEEP, KEEP_CLERKS)
