"""Rights over the ledger of commitments."""

from __future__ import annotations

from junheng.web.rights.right import right
from junheng.web.rights.roles import Role

SEE = right("commitments.see", "查看政策落实台账", Role.PROVINCE_ADMIN, Role.DEPARTMENT)
KEEP = right("commitments.keep", "建立政策落实台账，核实部门报告", Role.PROVINCE_ADMIN)
REPORT = right("commitments.report", "报告本部门牵头承诺的进展", Role.DEPARTMENT, Role.PROVINCE_ADMIN)

RIGHTS = (SEE, KEEP, REPORT)
