"""Rights over what is handed in and what is frozen of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from junheng.web.rights.levels import UnitKind
from junheng.web.rights.right import Holder, Right, Subject, right
from junheng.web.rights.roles import Role

_COUNTY = (Role.COUNTY_ADMIN, Role.COUNTY_REVIEWER)
_ABOVE = (Role.CITY_REVIEWER, Role.PROVINCE_ADMIN)


@dataclass(frozen=True)
class AboveRight(Right):
    """A right over a submission that its own unit never has: a school's belongs to the county, a county's to those above."""

    def allows(self, user: Holder, subject: Subject | None = None) -> bool:
        if not super().allows(user, subject):
            return False
        of: Any = subject
        return of is None or (user.role == Role.COUNTY_ADMIN) is (of.unit.kind == UnitKind.SCHOOL)


VIEW = right("reporting.view", "查看本辖区的填报数据和校核发现", Role.SCHOOL_CLERK, *_COUNTY, *_ABOVE, Role.PROVINCE_EXPERT)
FILL = right("reporting.fill", "填报、上传和更正数据", Role.SCHOOL_CLERK, Role.COUNTY_ADMIN)
SUBMIT = right("reporting.submit", "提交和撤回填报数据", Role.SCHOOL_CLERK, Role.COUNTY_ADMIN)
OVERSEE = right("reporting.oversee", "查看填报进度和实时测算", *_COUNTY, *_ABOVE, Role.PROVINCE_EXPERT)
REMIND = right("reporting.remind", "催报", Role.COUNTY_ADMIN, *_ABOVE)
ACCEPT = right("reporting.accept", "接收填报数据", Role.COUNTY_REVIEWER, Role.PROVINCE_ADMIN)
RETURN = right("reporting.return", "退回填报数据", *_COUNTY)
EXCEPT = AboveRight("reporting.except", "截止后准许个别单位继续填报", frozenset({Role.COUNTY_ADMIN, *_ABOVE}))
BULK_UPLOAD = right("reporting.bulk_upload", "整个文件夹批量上传", Role.COUNTY_ADMIN)
FREEZE = right("reporting.freeze", "冻结本县（市、区）的数据版本", Role.COUNTY_ADMIN)
SEE_RELEASES = right("reporting.see_releases", "查看、重算冻结的数据版本，下载报表", *_COUNTY, *_ABOVE, Role.PROVINCE_EXPERT)

RIGHTS = (VIEW, FILL, SUBMIT, OVERSEE, REMIND, ACCEPT, RETURN, EXCEPT, BULK_UPLOAD, FREEZE, SEE_RELEASES)
