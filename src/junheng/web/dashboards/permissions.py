"""Rights over the dashboards."""

from __future__ import annotations

from junheng.web.rights.right import counted_right, right
from junheng.web.rights.roles import Role

SEE = counted_right(
    "dashboards.see", "查看本辖区的看板：结论、差异系数、逐校逐项和出处", Role.SCHOOL_CLERK, Role.COUNTY_ADMIN, Role.COUNTY_REVIEWER,
    Role.CITY_REVIEWER, Role.PROVINCE_ADMIN, Role.PROVINCE_EXPERT, Role.DEPARTMENT,
)  # fmt: skip

SUPPOSE = right("dashboards.suppose", "试算：改标准值或一校一数，看结论怎样变；保存、分享试算", Role.COUNTY_ADMIN, Role.COUNTY_REVIEWER,
                Role.CITY_REVIEWER, Role.PROVINCE_ADMIN)  # fmt: skip

RIGHTS = (SEE, SUPPOSE)
