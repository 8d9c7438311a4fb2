"""What is asked of plans."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit, lies_within
from junheng.web.desk.models import Plan, PlanFile
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import Role

_HEAVY = ("result", "refused", "values", "releases")


def plans_of(user: User) -> QuerySet[Plan]:
    """Those the account may see, the newest first; those about people of its own unit alone."""
    return Plan.objects.filter(lies_within(*user.reach)).filter(Q(personal=False) | Q(unit=user.unit_id)).select_related("unit", "job")


def listed(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """With what a row of a list shows."""
    return plans.defer(*_HEAVY)


def side_by_side(user: User, pks: Iterable[str]) -> list[Plan]:
    """The plans asked for that the account may see and that have an answer, in the order asked for."""
    wanted = list(dict.fromkeys(int(each) for each in pks if each.isascii() and each.isdigit() and len(each) < 19))
    found = {each.pk: each for each in plans_of(user).filter(pk__in=wanted).exclude(possible=None).prefetch_related("files")}
    return [found[pk] for pk in wanted if pk in found]


def made_before(unit: Unit, names: Iterable[str], most: int = 20) -> dict[str, list[PlanFile]]:
    """Result files of these names that plans of the unit gave, the newest first: one planner's answer is another's table."""
    files = PlanFile.objects.filter(table="", name__in=list(names), plan__unit=unit, plan__personal=False)
    found: dict[str, list[PlanFile]] = {}
    for each in files.select_related("plan").defer("plan__result", "plan__headline", "sealed").order_by("-plan_id")[:most]:
        found.setdefault(each.name, []).append(each)
    return found


def areas_of(user: User) -> list[Unit]:
    """The units the account may plan for: counties of its area, and the cities or the province it reaches whole."""
    kinds = {Role.COUNTY_ADMIN: (UnitKind.COUNTY,), Role.CITY_REVIEWER: (UnitKind.CITY, UnitKind.COUNTY)}.get(
        Role(user.role), (UnitKind.PROVINCE, UnitKind.CITY, UnitKind.COUNTY))  # fmt: skip
    return list(Unit.objects.within(*user.reach).filter(kind__in=kinds, closed_on=None))
