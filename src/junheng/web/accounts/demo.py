"""The accounts of the demonstration site."""

from __future__ import annotations

from collections.abc import Mapping

from junheng.web.rights.roles import Role

DEMO_ACCOUNTS: Mapping[Role, str] = {
    Role.SCHOOL_CLERK: "tianbao", Role.COUNTY_ADMIN: "xianguan", Role.COUNTY_REVIEWER: "xianshen", Role.CITY_REVIEWER: "shifuhe",
    Role.PROVINCE_ADMIN: "shengguan", Role.PROVINCE_EXPERT: "zhuanjia", Role.DEPARTMENT: "caizheng", Role.SYSTEM_ADMIN: "xitong",
    Role.SECURITY_ADMIN: "anquan", Role.AUDITOR: "shenji",
}  # fmt: skip
DEMO_PASSWORD = "Junheng-2026"
