"""Rights over what is handed in and what is frozen of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from junheng.web.rights.levels import UnitKind
from junheng.web.rights.right import Holder, Right, Subject, counted_right, right
from junheng.web.rights.roles import Role

_COUNTY = (Role.COUNTY_ADMIN, Role.COUNTY_REVIEWER)
_ABOVE = (Role.CITY_REVIEWER, Role.PROVINCE_ADMIN)


@dataclass(frozen=True)
class RunnerRight(Right):
    """A right over a submission that depends on who runs the unit. by_runner: the level that runs it → the roles that may;
    a county's own form and the board of any unit are of their own level."""

    by_runner: tuple[tuple[UnitKind, frozenset[Role]], ...] = ()

    def covers(self, user: Holder, subject: Subject | None = None) -> bool:
        of: Any = subject
        return super().covers(user, subject) and (of is None or user.role in dict(self.by_runner).get(of.unit.run_by, frozenset()))


@dataclass(frozen=True)
class AboveRight(Right):
    """A right over a submission that its own unit never has: that of a county's school belongs to the county, every other
    to those above."""

    def allows(self, user: Holder, subject: Subject | None = None) -> bool:
        if not super().allows(user, subject):
            return False
        of: Any = subject
        return of is None or (user.role == Role.COUNTY_ADMIN) is (of.unit.kind == UnitKind.SCHOOL and of.unit.run_by == UnitKind.COUNTY)


@dataclass(frozen=True)
class EitherRight(Right):
    """Whoever has one of these has it."""

    of: tuple[Right, ...] = ()

    def covers(self, user: Holder, subject: Subject | None = None) -> bool:
        return any(each.covers(user, subject) for each in self.of)

    def allows(self, user: Holder, subject: Subject | None = None) -> bool:
        return any(each.allows(user, subject) for each in self.of)


def _by_runner(id: str, label: str, roles: Mapping[UnitKind, tuple[Role, ...]]) -> RunnerRight:
    by_runner = tuple((level, frozenset(may)) for level, may in roles.items())
    return RunnerRight(id, label, frozenset().union(*(may for _, may in by_runner)), (), by_runner)


VIEW = counted_right("reporting.view", "查看本辖区的填报数据和校核发现", Role.SCHOOL_CLERK, *_COUNTY, *_ABOVE, Role.PROVINCE_EXPERT)
FILL = right("reporting.fill", "填报、上传和更正数据", Role.SCHOOL_CLERK, Role.COUNTY_ADMIN)
SUBMIT = right("reporting.submit", "提交和撤回填报数据", Role.SCHOOL_CLERK, Role.COUNTY_ADMIN)
OVERSEE = right("reporting.oversee", "查看填报进度和实时测算", *_COUNTY, *_ABOVE, Role.PROVINCE_EXPERT)
REMIND = counted_right("reporting.remind", "催报", Role.COUNTY_ADMIN, *_ABOVE)
ACCEPT = _by_runner("reporting.accept", "接收填报数据（市直属学校由市级复核员接收）", {
    UnitKind.COUNTY: (Role.COUNTY_REVIEWER, Role.PROVINCE_ADMIN), UnitKind.CITY: _ABOVE, UnitKind.PROVINCE: (Role.PROVINCE_ADMIN,)})  # fmt: skip
RETURN = _by_runner("reporting.return", "退回填报数据（直属学校由举办的市、省退回）", {
    UnitKind.COUNTY: _COUNTY, UnitKind.CITY: (Role.CITY_REVIEWER,), UnitKind.PROVINCE: (Role.PROVINCE_ADMIN,)})  # fmt: skip
EXCEPT = AboveRight("reporting.except", "截止后准许个别单位继续填报", frozenset({Role.COUNTY_ADMIN, *_ABOVE}))
BULK_UPLOAD = _by_runner("reporting.bulk_upload", "整个文件夹批量上传（直属学校由举办的市、省上传）", {
    UnitKind.COUNTY: (Role.COUNTY_ADMIN,), UnitKind.CITY: (Role.CITY_REVIEWER,), UnitKind.PROVINCE: (Role.PROVINCE_ADMIN,)})  # fmt: skip
HAND_OVER = EitherRight("reporting.hand_over", "把学校的表交进来：本单位填报，或由举办单位批量上传", FILL.roles | BULK_UPLOAD.roles, (), (FILL, BULK_UPLOAD))
"""What a new version asks for. Whoever uploads for a school does not submit for it: its clerk does (SUBMIT)."""
FREEZE = right("reporting.freeze", "冻结本县（市、区）的数据版本", Role.COUNTY_ADMIN)
SEE_RELEASES = right("reporting.see_releases", "查看、重算冻结的数据版本，下载报表", *_COUNTY, *_ABOVE, Role.PROVINCE_EXPERT)

RIGHTS = (VIEW, FILL, SUBMIT, OVERSEE, REMIND, ACCEPT, RETURN, EXCEPT, BULK_UPLOAD, HAND_OVER, FREEZE, SEE_RELEASES)
