"""Who keeps which accounts: the part of the tree, the roles, and the separation of the three administrators."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from junheng.web.accounts.models import User
from junheng.web.accounts.permissions import KEEP, KEEP_CLERKS
from junheng.web.areas.models import Unit, lies_within
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import ROLES, SEPARATE_PERSONS, Role

_FROM_PROVINCE = frozenset(role for role, declared in ROLES.items() if declared.kept_by_province)


def roles_kept_by(keeper: User) -> frozenset[Role]:
    """The roles whose accounts this one opens and keeps, within its reach."""
    if KEEP_CLERKS.held_by(keeper):
        return frozenset({Role.SCHOOL_CLERK})
    if not KEEP.held_by(keeper):
        return frozenset()
    return frozenset(Role) if keeper.unit.kind == UnitKind.PROVINCE else frozenset(Role) - _FROM_PROVINCE


def kept_by(keeper: User) -> QuerySet[User]:
    """The accounts this one keeps; its own is never among them."""
    return User.objects.filter(lies_within(*keeper.reach), role__in=roles_kept_by(keeper)).exclude(pk=keeper.pk)


def keeps(keeper: User, account: User) -> bool:
    return keeper.pk != account.pk and Role(account.role) in roles_kept_by(keeper) and keeper.reaches(account.unit_path)


def may_give(keeper: User, role: Role, unit: Unit) -> bool:
    """Whether the keeper may open an account of this role at this unit, or move one there."""
    return role in roles_kept_by(keeper) and keeper.reaches(unit.path)


def fits(role: Role, unit: Unit) -> bool:
    """Whether there are accounts of this role at units of this kind."""
    return UnitKind(unit.kind) in ROLES[role].levels


def other_duty_of_person(role: Role, *, phone_index: str, email: str, but: int | None = None) -> User | None:
    """三员分立: an active account in another of the three separate roles that belongs to the same person.

    The same person is known by phone or e-mail. None: nobody, or the role is not one of the three.
    """
    if role not in SEPARATE_PERSONS:
        return None
    same = Q(pk__in=())
    if phone_index:
        same |= Q(phone_index=phone_index)
    if email:
        same |= Q(email__iexact=email)
    others = User.objects.filter(same, is_active=True, role__in=SEPARATE_PERSONS - {role})
    return (others if but is None else others.exclude(pk=but)).first()
