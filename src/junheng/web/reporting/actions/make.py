"""When a round opens: a submission for every school and county that takes part; and for a school that comes while it is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db import transaction
from django.utils import timezone

from junheng.web.areas.models import Unit
from junheng.web.audit.actions import record
from junheng.web.audit.actions.record import SYSTEM
from junheng.web.flow.actions import take
from junheng.web.flow.errors import Refused
from junheng.web.flow.turns import give_way
from junheng.web.reporting.models import Submission
from junheng.web.reporting.process import FILLABLE
from junheng.web.reporting.queries import submissions_of
from junheng.web.rights.levels import UnitKind
from junheng.web.rounds.models import Round


def make_submissions(round: Round, on_county: Callable[[int, int, str], None] = lambda done, total, name: None) -> int:
    """Make what is missing and set every deadline to the round's. Safe to repeat; one transaction per county, the schools
    that a city or the province runs there with it.

    Returns how many are new. What was locked and whose deadline lies ahead again may be filled again.
    """
    counties = [each.unit for each in round.participations.select_related("unit")]
    new = 0
    for done, county in enumerate(counties, 1):
        new += _make(round, county)
        for submission in _to_extend(round, county):
            _extend(submission, round)
        on_county(done, len(counties), county.name)
        give_way()
    return new


@transaction.atomic
def ask_school(school: Unit) -> None:
    """In every open round in which the county it counts with takes part. Safe to repeat."""
    county = Unit.objects.filter(code=school.county_code).first()
    if county is not None:
        for round in Round.objects.filter(state="open", participations__unit=county).order_by("pk"):
            _make(round, county)


@transaction.atomic
def _make(round: Round, county: Unit) -> int:
    Unit.objects.select_for_update().get(pk=county.pk)  # two workers at once wait for each other here
    known = set(submissions_of(round, county).values_list("unit_id", flat=True))
    units = [each for each in Unit.objects.counted_within(county.path) if each.pk not in known and _is_asked(each)]
    Submission.objects.bulk_create(Submission(round=round, unit=each, due_on=round.reports_due_on) for each in units)
    changed = submissions_of(round, county).filter(state__in=(*FILLABLE, "accepted"), lock_exceptions__isnull=True).exclude(due_on=round.reports_due_on)
    paths = dict(changed.values_list("pk", "unit__path"))
    Submission.objects.filter(pk__in=list(paths)).update(due_on=round.reports_due_on)
    _tell(round, county, [each.path for each in units], list(paths.values()))
    return len(units)


def _tell(round: Round, county: Unit, new: list[str], moved: list[str]) -> None:
    """One event at the county for all below it, and one at each school that others run, which would not hear of that."""
    elsewhere = sorted({path for path in (*new, *moved) if not path.startswith(county.path)})
    for at in (county.path, *elsewhere):
        here = {"new": sum(path.startswith(at) for path in new), "moved": sum(path.startswith(at) for path in moved)}
        if any(here.values()):
            record(by=SYSTEM, action="reporting.asked", subject=round.reference, unit_path=at,
                   detail={**here, "due_on": str(round.reports_due_on or "")})  # fmt: skip


def _is_asked(unit: Unit) -> bool:
    return unit.kind in (UnitKind.SCHOOL, UnitKind.COUNTY) and unit.closed_on is None


def _to_extend(round: Round, county: Unit) -> Iterator[Submission]:
    if round.reports_due_on is None or round.reports_due_on < timezone.localdate():
        return
    yield from submissions_of(round, county).filter(state="locked")


def _extend(submission: Submission, round: Round) -> None:
    try:
        take(submission, "extend", by=None, seen_moves=submission.moves, due_on=round.reports_due_on)
    except Refused:
        return  # somebody was faster
