"""Rights over what the public gets."""

from __future__ import annotations

from junheng.web.rights.right import right
from junheng.web.rights.roles import Role

PUBLISH_DATA = right("portal.publish_data", "发布开放数据", Role.PROVINCE_ADMIN)

RIGHTS = (PUBLISH_DATA,)
