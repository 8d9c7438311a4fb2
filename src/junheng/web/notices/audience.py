"""Who is told of an event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.db.models import QuerySet

from junheng.web.accounts.models import User
from junheng.web.flow.models import Step
from junheng.web.notices.told import Told
from junheng.web.rights.roles import Role


class Audience(Protocol):
    def of(self, told: Told) -> QuerySet[User]:
        """The accounts told, active ones alone."""
        ...


@dataclass(frozen=True)
class At:
    """Accounts of these roles at one level: up 0 = at the unit the event concerns, 1 = at the one above it, 2 = at the
    one above that; the province stays the highest."""

    up: int
    roles: tuple[Role, ...]

    def of(self, told: Told) -> QuerySet[User]:
        return _active().filter(role__in=self.roles, unit__path=above(told.event.unit_path, self.up))


@dataclass(frozen=True)
class RunnerOf:
    """Accounts of these roles at the level that runs the subject's school, where that is no county."""

    roles: tuple[Role, ...]

    def of(self, told: Told) -> QuerySet[User]:
        if told.subject is None or not told.subject.unit.run_by_in_words:
            return User.objects.none()
        return _active().filter(role__in=self.roles, unit=told.subject.unit.parent_id)


@dataclass(frozen=True)
class Below:
    """Accounts of these roles at the unit and everywhere below it."""

    roles: tuple[Role, ...]

    def of(self, told: Told) -> QuerySet[User]:
        return _active().filter(role__in=self.roles, unit__path__startswith=told.event.unit_path)


@dataclass(frozen=True)
class OfDepartment:
    """部门用户 of the department the subject is laid upon, at the unit and the levels above it, province left out."""

    def of(self, told: Told) -> QuerySet[User]:
        department = getattr(told.subject, "department", "")
        if not department:
            return User.objects.none()
        paths = {above(told.event.unit_path, up) for up in range(4)} - {above(told.event.unit_path, 9)}
        return _active().filter(role=Role.DEPARTMENT, department=department, unit__path__in=paths)


@dataclass(frozen=True)
class DepartmentHere:
    """部门用户 of the department the subject is laid upon, at the very unit the event concerns: what the province itself promised."""

    def of(self, told: Told) -> QuerySet[User]:
        department = getattr(told.subject, "department", "")
        if not department:
            return User.objects.none()
        return _active().filter(role=Role.DEPARTMENT, department=department, unit__path=told.event.unit_path)


@dataclass(frozen=True)
class WhoTook:
    """Who last took this transition with the subject."""

    transition: str

    def of(self, told: Told) -> QuerySet[User]:
        last = Step.objects.filter(subject=told.event.subject, transition=self.transition, by_id__isnull=False).last()
        return _active().filter(pk=last.by_id) if last and last.by_id else User.objects.none()


@dataclass(frozen=True)
class Granted:
    """Whom the subject grants sight of its area: the experts of an evaluation (accounts.Reach.source)."""

    def of(self, told: Told) -> QuerySet[User]:
        return _active().filter(reaches_granted__source=told.event.subject).distinct()


@dataclass(frozen=True)
class Named:
    """The account whose number stands in event.detail under this name."""

    name: str

    def of(self, told: Told) -> QuerySet[User]:
        pk = told.event.detail.get(self.name)
        return _active().filter(pk=pk) if isinstance(pk, int) else User.objects.none()


def above(path: str, up: int) -> str:
    """The path `up` levels above; never above the province."""
    codes = path.rstrip("/").split("/")
    return "/".join(codes[: max(1, len(codes) - up)]) + "/"


def _active() -> QuerySet[User]:
    return User.objects.filter(is_active=True)
