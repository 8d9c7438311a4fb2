"""Rights over problems. Who may depends on whose the problem is: the level above verifies, the next one re-checks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from junheng.web.rights.levels import UnitKind
from junheng.web.rights.right import Holder, Right, Subject, counted_right, right
from junheng.web.rights.roles import Role


class Owner(StrEnum):
    """Who has to mend: a school of a county, a school run by a city itself, or a county."""

    SCHOOL = "school"
    CITY_SCHOOL = "city_school"
    COUNTY = "county"


_SCHOOL_DEPTH = 4


def owner_of(kind: str, path: str) -> Owner | None:
    """None: a unit no problem can be laid upon (a city, the province)."""
    if kind == UnitKind.COUNTY:
        return Owner.COUNTY
    if kind == UnitKind.SCHOOL:
        return Owner.SCHOOL if path.count("/") >= _SCHOOL_DEPTH else Owner.CITY_SCHOOL
    return None


@dataclass(frozen=True)
class ProblemRight(Right):
    """A right over a problem, its extension or its escalation. by_owner: whose problem → the roles that may.

    A 部门用户 has it for the problems laid upon its own department alone.
    """

    by_owner: tuple[tuple[Owner, frozenset[Role]], ...] = ()

    def allows(self, user: Holder, subject: Subject | None = None) -> bool:
        if not super().allows(user, subject):
            return False
        if subject is None:
            return True
        if user.role not in dict(self.by_owner).get(_owner(subject), frozenset()):
            return False
        return user.role != Role.DEPARTMENT or _department(user) == _department(subject) != ""


def _owner(subject: Any) -> Owner:
    owner: Owner = subject.owner
    return owner


def _department(of: Any) -> str:
    department: str = of.department
    return department


def _over(
    id: str, label: str, *, school: Iterable[Role] = (), city_school: Iterable[Role] = (), county: Iterable[Role] = ()
) -> ProblemRight:
    by_owner = tuple((owner, frozenset(roles)) for owner, roles in ((Owner.SCHOOL, school), (Owner.CITY_SCHOOL, city_school), (Owner.COUNTY, county)))
    return ProblemRight(id, label, frozenset().union(*(roles for _, roles in by_owner)), (), by_owner)


_MENDERS = {"school": (Role.SCHOOL_CLERK, Role.DEPARTMENT), "city_school": (Role.SCHOOL_CLERK, Role.DEPARTMENT),
            "county": (Role.COUNTY_ADMIN, Role.DEPARTMENT)}  # fmt: skip
_CITY_OR_PROVINCE = (Role.CITY_REVIEWER, Role.PROVINCE_ADMIN)

VIEW = counted_right("rectification.view", "查看本辖区的问题", Role.SCHOOL_CLERK, Role.COUNTY_ADMIN, Role.COUNTY_REVIEWER, Role.CITY_REVIEWER,
                     Role.PROVINCE_ADMIN, Role.PROVINCE_EXPERT, Role.DEPARTMENT)  # fmt: skip
OVERSEE = right("rectification.oversee", "查看整改进展，导出问题、任务、责任清单", Role.COUNTY_ADMIN, Role.COUNTY_REVIEWER, Role.CITY_REVIEWER,
                Role.PROVINCE_ADMIN, Role.DEPARTMENT)  # fmt: skip
RAISE = right("rectification.raise", "登记问题", Role.COUNTY_ADMIN, Role.COUNTY_REVIEWER, Role.CITY_REVIEWER, Role.PROVINCE_ADMIN)
RAISE_FROM_RELEASE = right("rectification.raise_from_release", "由冻结版本一键列出全部问题", Role.COUNTY_ADMIN, Role.CITY_REVIEWER, Role.PROVINCE_ADMIN)

ASSIGN = _over("rectification.assign", "分派问题", school=(Role.COUNTY_ADMIN,), city_school=(Role.CITY_REVIEWER,), county=_CITY_OR_PROVINCE)
WITHDRAW = _over("rectification.withdraw", "撤回登记有误的问题", school=(Role.COUNTY_ADMIN,), city_school=(Role.CITY_REVIEWER,), county=_CITY_OR_PROVINCE)
PLAN = _over("rectification.plan", "制定措施与时限", **_MENDERS)
SUBMIT = _over("rectification.submit", "报送整改结果", **_MENDERS)
VERIFY = _over("rectification.verify", "核查整改结果", school=(Role.COUNTY_REVIEWER,), city_school=(Role.CITY_REVIEWER,), county=(Role.CITY_REVIEWER,))
RECHECK = _over("rectification.recheck", "复查、销号", school=(Role.CITY_REVIEWER,), city_school=(Role.PROVINCE_ADMIN,), county=(Role.PROVINCE_ADMIN,))
ESCALATE = _over("rectification.escalate", "转入约谈、通报、问责", school=_CITY_OR_PROVINCE, city_school=(Role.PROVINCE_ADMIN,), county=(Role.PROVINCE_ADMIN,))
ASK_EXTENSION = _over("rectification.ask_extension", "申请延期", **_MENDERS)
DECIDE_EXTENSION = _over("rectification.decide_extension", "审批延期", school=(Role.COUNTY_ADMIN,), city_school=(Role.CITY_REVIEWER,), county=_CITY_OR_PROVINCE)

RIGHTS = (VIEW, OVERSEE, RAISE, RAISE_FROM_RELEASE, ASSIGN, WITHDRAW, PLAN, SUBMIT, VERIFY, RECHECK, ESCALATE, ASK_EXTENSION, DECIDE_EXTENSION)
