"""What is asked of submissions and releases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit, lies_within
from junheng.web.reporting.models import CountyRelease, Submission
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


def submissions_of(round: Round, unit: Unit) -> QuerySet[Submission]:
    """Everything handed in, or not yet, at and below a unit; with what a row of a list shows."""
    return Submission.objects.filter(round=round, unit__path__startswith=unit.path).select_related("unit", "round")


def submissions_within(user: User) -> QuerySet[Submission]:
    return Submission.objects.filter(lies_within(*user.reach)).select_related("unit", "round")


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
    """How many schools below a unit are in each state."""

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
    rows = Submission.objects.filter(round=round, unit__kind=UnitKind.SCHOOL, unit__path__startswith=unit.path)
    counted = rows.order_by().values_list("unit__parent__path", "state").annotate(n=Count("pk"))
    out = {each.path: Tally(each, dict.fromkeys((state.id for state in Submission.process.states), 0)) for each in below}
    for path, state, n in counted:
        tally = next((out[each] for each in out if path.startswith(each)), None)
        if tally is not None:
            tally.counts[state] += n
    return list(out.values())


def schools_asked(round: Round, county: Unit) -> list[Unit]:
    """The schools of a county that take part."""
    return list(Unit.objects.filter(kind=UnitKind.SCHOOL, path__startswith=county.path, pk__in=Submission.objects.filter(round=round).values("unit")))


def latest_release(round: Round, county: Unit) -> CountyRelease | None:
    """The newest frozen release of a county in a round; None = nothing frozen yet."""
    return CountyRelease.objects.select_related("unit", "round").filter(round=round, unit=county).first()


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
