"""Who may open what, written by hand from the roles' duties, not read from the declarations.

One row per URL name. A URL without a row fails test_every_url.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from junheng.web.rights.roles import Role

CLERK, COUNTY, REVIEWER, CITY, PROVINCE, EXPERT, DEPARTMENT, SYSTEM, SECURITY, AUDITOR = Role
BUSINESS = frozenset({CLERK, COUNTY, REVIEWER, CITY, PROVINCE, DEPARTMENT})
"""Roles whose home is a part of the tree in which they work; experts reach what they are assigned to."""


class Anybody(Enum):
    PUBLIC = "public"
    SIGNED_IN = "signed in"


@dataclass(frozen=True)
class Row:
    """who: roles that may open it in their own area. about: the kind of subject the URL is about (subjects.py), "" for
    none. method: how it is asked."""

    who: frozenset[Role] | Anybody
    about: str = ""
    method: str = "GET"


def _row(*who: Role, about: str = "", method: str = "GET") -> Row:
    return Row(frozenset(who), about, method)


EXPECTED: Mapping[str, Row] = {
    "healthz": Row(Anybody.PUBLIC),
    "home": Row(Anybody.SIGNED_IN),
    "me": Row(Anybody.SIGNED_IN),
    "users": _row(SECURITY, COUNTY),
    "user": _row(SECURITY, COUNTY, about="clerk"),
    "invitations": _row(SECURITY, COUNTY),
    "invite": _row(SECURITY, COUNTY),
    "bulk_accounts": _row(SECURITY, COUNTY),
    "bulk_template": _row(SECURITY, COUNTY),
    "join": Row(Anybody.PUBLIC, about="invitation"),
    "units": _row(SYSTEM, PROVINCE),
    "unit": _row(SYSTEM, PROVINCE, about="unit"),
    "job": _row(*BUSINESS, SYSTEM, EXPERT, about="job"),
    "job_stop": _row(*BUSINESS, SYSTEM, EXPERT, about="job", method="POST"),
    "problems": _row(*BUSINESS, EXPERT),
    "problem": _row(*BUSINESS, EXPERT, about="problem"),
    "problem_new": _row(COUNTY, REVIEWER, CITY, PROVINCE),
    "problems_board": _row(COUNTY, REVIEWER, CITY, PROVINCE, DEPARTMENT),
    "problem_list_file": _row(COUNTY, REVIEWER, CITY, PROVINCE, DEPARTMENT, about="problem list"),
    "problems_assign": _row(COUNTY, CITY, PROVINCE, method="POST"),
    "problems_from_release": _row(COUNTY, CITY, PROVINCE, about="county release", method="POST"),
    "problem_extension": _row(CLERK, DEPARTMENT, about="problem"),
    "problem_evidence": _row(CLERK, DEPARTMENT, about="problem", method="POST"),
    "rectification_do": _row(COUNTY, CITY, PROVINCE, about="assigning"),
    "escalation_do": _row(CITY, PROVINCE, about="escalation"),
    "extension_do": _row(COUNTY, CITY, PROVINCE, about="extension"),
    "notices": Row(Anybody.SIGNED_IN),
    "notices_read": Row(Anybody.SIGNED_IN, method="POST"),
    "notice_ways": Row(Anybody.SIGNED_IN),
    "notice_open": _row(about="notice of somebody else"),
    "deliveries": _row(SYSTEM),
    "delivery_send": _row(SYSTEM, about="delivery", method="POST"),
}
