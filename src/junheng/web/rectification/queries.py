"""What is asked of problems: lists cut to what an account reaches, counts per state, counts per unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit, counts_within, lies_within
from junheng.web.rectification.models import FINISHED, MENDING, Problem
from junheng.web.rectification.permissions import Owner, ProblemRight
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import Role


def late_on(day: date) -> Q:
    """The unit that has to mend is behind."""
    return Q(state__in=MENDING, due_on__lt=day)


ESCALATED = ~Q(escalation__state="none") & ~Q(state__in=FINISHED)


def problems_of(user: User) -> QuerySet[Problem]:
    """Everything the account reaches, and what schools run by others have to mend that count with its county; with what a row
    shows."""
    return Problem.objects.filter(counts_within(*user.reach)).select_related("unit", "escalation", "round")


def problems_within(unit: Unit) -> QuerySet[Problem]:
    """At and below a unit, what counts with it included."""
    return Problem.objects.filter(counts_within(unit.path)).select_related("unit", "escalation", "round")


_OWNED = {
    Owner.SCHOOL: Q(unit__kind=UnitKind.SCHOOL, unit__parent__kind=UnitKind.COUNTY),
    Owner.CITY_SCHOOL: Q(unit__kind=UnitKind.SCHOOL) & ~Q(unit__parent__kind=UnitKind.COUNTY),
    Owner.COUNTY: Q(unit__kind=UnitKind.COUNTY),
}


def for_user(right: ProblemRight, user: User) -> Q:
    """The problems in reach for which the role (and department) has this right; not those an account only sees because they
    count with its county."""
    owned = Q(pk__in=())
    for owner, roles in right.by_owner:
        if user.role in roles:
            owned |= _OWNED[owner]
    owned &= lies_within(*user.reach)
    return owned & Q(department=user.department) if user.role == Role.DEPARTMENT else owned


@dataclass(frozen=True)
class Filter:
    """What the list is cut to. state: a state, "open" = not finished, "" = all; late, escalated, extension (one is asked
    for): only such; words: part of the unit's name or its code; criterion, department: ids."""

    state: str = ""
    words: str = ""
    criterion: str = ""
    department: str = ""
    late: bool = False
    escalated: bool = False
    extension: bool = False

    @staticmethod
    def of(given: Mapping[str, str]) -> Filter:
        return Filter(
            given.get("state", ""), given.get("unit", "").strip(), given.get("criterion", ""), given.get("department", ""),
            bool(given.get("late")), bool(given.get("escalated")), bool(given.get("extension")),
        )  # fmt: skip

    def rows(self, problems: QuerySet[Problem], today: date) -> QuerySet[Problem]:
        return _in_state(self.cut(problems, today), self.state)

    def cut(self, problems: QuerySet[Problem], today: date) -> QuerySet[Problem]:
        """All but the state, which the counts beside the list are of."""
        if self.words:
            problems = problems.filter(Q(unit__name__contains=self.words) | Q(unit__code=self.words) | Q(unit__parent__code=self.words) | Q(unit__lies_in__code=self.words))
        if self.criterion:
            problems = problems.filter(criterion=self.criterion)
        if self.department:
            problems = problems.filter(department=self.department)
        if self.late:
            problems = problems.filter(late_on(today))
        if self.escalated:
            problems = problems.filter(ESCALATED)
        if self.extension:
            problems = problems.filter(extensions__state="asked")
        return problems


def _in_state(problems: QuerySet[Problem], state: str) -> QuerySet[Problem]:
    if state == "open":
        return problems.exclude(state__in=FINISHED)
    return problems.filter(state=state) if state else problems


def counts_by_state(problems: QuerySet[Problem]) -> dict[str, int]:
    """State → how many, in the order of the process; states without any are left out."""
    found = dict(problems.order_by().values_list("state").annotate(n=Count("pk")))
    return {each.id: found[each.id] for each in Problem.process.states if found.get(each.id)}


COUNTED = ("all", "open", "late", "waiting", "escalated", "closed")


@dataclass
class Tally:
    """One line of the board. unit: a unit directly below the one looked at, or that one itself for what is its own."""

    unit: Unit
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTED, 0))

    def __getitem__(self, name: str) -> int:
        return self.counts[name]


def units_below(unit: Unit) -> QuerySet[Unit]:
    """The lines of a unit's board: what lies directly below it, and in a county the schools others run there. A school that
    counts with a county has its line there, so that a county's figure is the same on every board."""
    return Unit.objects.filter(Q(parent=unit, lies_in=None) | Q(lies_in=unit)).order_by("path")


def board(unit: Unit, children: Sequence[Unit], today: date, department: str = "") -> list[Tally]:
    """How things stand in every unit of `children` (units_below), what counts with it counted together; the unit's own problems
    first."""
    rows: Iterable[Mapping[str, Any]] = (
        problems_within(unit).exclude(state="withdrawn").filter(Q(department=department) if department else Q()).order_by()
        .values("unit__path", "unit__lies_in__path")
        .annotate(
            all=Count("pk"), open=Count("pk", ~Q(state__in=FINISHED)), late=Count("pk", late_on(today)),
            waiting=Count("pk", Q(state__in=("submitted", "verified"))), escalated=Count("pk", ESCALATED), closed=Count("pk", Q(state="closed")),
        )
    )  # fmt: skip
    tallies = {child.path: Tally(child) for child in children}
    own = Tally(unit)
    for row in rows:
        path, lies_in = row["unit__path"], row["unit__lies_in__path"]
        tally = own if path == unit.path else tallies.get(path if lies_in == unit.path else _below(unit.path, lies_in or path))
        if tally is not None:
            for name in COUNTED:
                tally.counts[name] += row[name]
    return [*([own] if own["all"] else []), *tallies.values()]


def _below(path: str, of: str) -> str:
    """The part of `of`'s path that names the unit directly below `path`."""
    return path + of[len(path) :].partition("/")[0] + "/" if of != path else path
