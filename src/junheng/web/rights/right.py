"""A right: what may be done, by which roles, within their part of the tree, in which states of its subject."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from junheng.web.rights.roles import Role


class Subject(Protocol):
    """Anything a right is asked for. unit_path: where it lies in the tree (areas.models.Unit)."""

    @property
    def unit_path(self) -> str: ...


class Holder(Protocol):
    """Whoever may hold rights: accounts.models.User."""

    role: str

    def reaches(self, unit_path: str) -> bool: ...


@dataclass(frozen=True)
class Right:
    """id: "reporting.submit"; label: Chinese; roles: who may; states: in which states of the subject, () = in any.

    Rights are declared as constants in each room's permissions.py; the printed matrix and the access tests read them.
    """

    id: str
    label: str
    roles: frozenset[Role]
    states: tuple[str, ...] = ()

    def held_by(self, user: Holder) -> bool:
        """Whether the role has it at all, wherever."""
        return user.role in self.roles

    def covers(self, user: Holder, subject: Subject | None = None) -> bool:
        """Role and place, whatever the state. subject None: a right that is about no one thing."""
        return self.held_by(user) and (subject is None or user.reaches(subject.unit_path))

    def allows(self, user: Holder, subject: Subject | None = None) -> bool:
        """Role, place and state together."""
        in_state = subject is None or not self.states or getattr(subject, "state", None) in self.states
        return in_state and self.covers(user, subject)


@dataclass(frozen=True)
class CountedRight(Right):
    """A right that those of a county have over the schools a city or the province runs there, too: they count with the
    county, which has to see what its verdict rests on. Its subjects have a counted_path (areas.models.Unit)."""

    def covers(self, user: Holder, subject: Subject | None = None) -> bool:
        of: Any = subject
        return super().covers(user, subject) or (self.held_by(user) and user.reaches(of.counted_path))


def right(id: str, label: str, *roles: Role, states: tuple[str, ...] = ()) -> Right:
    return Right(id, label, frozenset(roles), states)


def counted_right(id: str, label: str, *roles: Role) -> CountedRight:
    return CountedRight(id, label, frozenset(roles))
