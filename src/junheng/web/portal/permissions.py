"""Rights over what the public gets."""

from __future__ import annotations

from junheng.web.rights.right import right
from junheng.web.rights.roles import Role

PUBLISH_DATA = right("portal.publish_data", "发布开放数据", Role.PROVINCE_ADMIN)
RUN_ADMISSION = right("portal.run_admission", "公布学区划分，公示摇号名单，抽取和撤回", Role.COUNTY_ADMIN)

RIGHTS = (PUBLISH_DATA, RUN_ADMISSION)
