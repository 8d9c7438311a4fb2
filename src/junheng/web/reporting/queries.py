"""What is asked of submissions and releases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit, counts_within, lies_within
from junheng.web.reporting.models import CountyRelease, Submission
from junheng.web.reporting.permissions import RunnerRight
from junheng.web.reporting.process import HANDED_IN
from junheng.web.rights.levels import UnitKind
from junheng.web.rounds.models import Round


@dataclass(frozen=True)
class UnitInRound:
    """A unit as it stands in a round: what boards and lists are about."""

    round: Round
    unit: Unit

    @property
    def unit_path(self) -> str:
        return str(self.unit.path)

    @property
    def counted_path(self) -> str:
        return self.unit.counted_path


def submissions_of(round: Round, unit: Unit) -> QuerySet[Submission]:
    """Everything handed in, or not yet, at and below a unit, what counts with it included; with what a row of a list shows."""
    return Submission.objects.filter(counts_within(unit.path), round=round).select_related("unit", "round")


def submissions_within(user: User) -> QuerySet[Submission]:
    return Submission.objects.filter(counts_within(*user.reach)).select_related("unit", "round")


def for_user(right: RunnerRight, user: User) -> Q:
    """The submissions, in reach or not, for which the role has this right."""
    mine = Q(pk__in=())
    for level, roles in right.by_runner:
        if user.role in roles:
            mine |= Q(unit__kind=UnitKind.SCHOOL, unit__parent__kind=level) | Q(unit__kind=level)
    return mine & lies_within(*user.reach)


def counts_by_state(submissions: QuerySet[Submission]) -> dict[str, int]:
    """Every state → how many, in the order of the process."""
    found = dict(submissions.order_by().values_list("state").annotate(n=Count("pk")))
    return {each.id: found.get(each.id, 0) for each in Submission.process.states}


def listed(submissions: QuerySet[Submission]) -> QuerySet[Submission]:
    """With how many findings the newest version has, and without its figures."""
    heavy = ("rows", "cells", "findings", "sources", "left_out")
    return submissions.select_related("unit", "round", "latest").defer(*(f"latest__{name}" for name in heavy))


@dataclass(frozen=True)
class Tally:
    """How many schools below a unit, those that count with it included, are in each state."""

    unit: Unit
    counts: dict[str, int]

    @property
    def all(self) -> int:
        return sum(self.counts.values())

    @property
    def reported(self) -> int:
        return sum(self.counts[state] for state in HANDED_IN)


def tallies(round: Round, unit: Unit, below: Sequence[Unit]) -> list[Tally]:
    """One per unit directly below, its whole subtree counted. Two queries, whatever their number."""
    rows = Submission.objects.filter(counts_within(unit.path), round=round, unit__kind=UnitKind.SCHOOL)
    counted = rows.order_by().values_list(Coalesce("unit__lies_in__path", "unit__parent__path"), "state").annotate(n=Count("pk"))
    out = {each.path: Tally(each, dict.fromkeys((state.id for state in Submission.process.states), 0)) for each in below}
    for path, state, n in counted:
        tally = next((out[each] for each in out if path.startswith(each)), None)
        if tally is not None:
            tally.counts[state] += n
    return list(out.values())


def schools_asked(round: Round, unit: Unit) -> list[Unit]:
    """The schools that take part and count with a county, or are run by a city or the province itself."""
    found = Unit.objects.counted_within(unit.path) if unit.kind == UnitKind.COUNTY else Unit.objects.filter(parent=unit)
    return list(found.filter(kind=UnitKind.SCHOOL, pk__in=Submission.objects.filter(round=round).values("unit")).select_related("lies_in"))


def run_directly(round: Round, unit: Unit) -> QuerySet[Submission]:
    """Of the schools a city or the province runs itself, whichever county they count with."""
    own = Submission.objects.filter(round=round, unit__kind=UnitKind.SCHOOL, unit__parent=unit)
    return listed(own.select_related("unit__lies_in")).order_by("unit__path")


def latest_release(round: Round, county: Unit) -> CountyRelease | None:
    """The newest frozen release of a county in a round; None = nothing frozen yet."""
    return releases_of(round, county).first()


def releases_of(round: Round, county: Unit) -> QuerySet[CountyRelease]:
    """A county's frozen releases in a round, the newest first."""
    return CountyRelease.objects.select_related("unit", "round").filter(round=round, unit=county)


def release_by_hash(hash: str) -> CountyRelease | None:
    """A release by its "sha256:…"; the newest where one content was judged under two standards."""
    return CountyRelease.objects.select_related("unit", "round").filter(hash=hash).first()


def last_years_release(round: Round, county: Unit) -> CountyRelease | None:
    """The county's newest release of the school year before the round's; a formal one first."""
    before = CountyRelease.objects.filter(unit=county, round__school_year=round.school_year - 1)
    return before.order_by("-is_formal", "-pk").first()


def later_release(round: Round, county: Unit) -> CountyRelease | None:
    """The county's newest release of a school year after the round's: of the latest year, a formal one first."""
    after = CountyRelease.objects.select_related("unit", "round").filter(unit=county, round__school_year__gt=round.school_year)
    return after.order_by("-round__school_year", "-is_formal", "-pk").first()
