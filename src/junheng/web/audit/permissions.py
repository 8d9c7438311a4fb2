"""Rights over the audit log: it is read, never changed."""

from __future__ import annotations

from junheng.web.rights.right import right
from junheng.web.rights.roles import Role

READ = right("audit.read", "查看审计记录并核验", Role.AUDITOR)

RIGHTS = (READ,)
