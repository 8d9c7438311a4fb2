"""When a round opens: a submission for every school and county that takes part."""

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
from junheng.web.rights.levels import UnitKind
from junheng.web.rounds.models import Round


def make_submissions(round: Round, on_county: Callable[[int, int, str], None] = lambda done, total, name: None) -> int:
    """Make what is missing and set every deadline to the round's. Safe to repeat; one transaction per county.

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
def _make(round: Round, county: Unit) -> int:
    Unit.objects.select_for_update().get(pk=county.pk)  # two workers at once wait for each other here
    known = set(Submission.objects.filter(round=round, unit__path__startswith=county.path).values_list("unit_id", flat=True))
    units = [each for each in Unit.objects.within(county.path) if each.pk not in known and _is_asked(each)]
    Submission.objects.bulk_create(Submission(round=round, unit=each, due_on=round.reports_due_on) for each in units)
    changed = Submission.objects.filter(round=round, unit__path__startswith=county.path, state__in=(*FILLABLE, "accepted"),
                                        lock_exceptions__isnull=True).exclude(due_on=round.reports_due_on)  # fmt: skip
    moved = Submission.objects.filter(pk__in=list(changed.values_list("pk", flat=True))).update(due_on=round.reports_due_on)
    if units or moved:
        record(by=SYSTEM, action="reporting.asked", subject=round.reference, unit_path=county.path,
               detail={"new": len(units), "moved": moved, "due_on": str(round.reports_due_on or "")})  # fmt: skip
    return len(units)


def _is_asked(unit: Unit) -> bool:
    return unit.kind in (UnitKind.SCHOOL, UnitKind.COUNTY) and unit.closed_on is None


def _to_extend(round: Round, county: Unit) -> Iterator[Submission]:
    if round.reports_due_on is None or round.reports_due_on < timezone.localdate():
        return
    yield from Submission.objects.filter(round=round, unit__path__startswith=county.path, state="locked")


def _extend(submission: Submission, round: Round) -> None:
    try:
        take(submission, "extend", by=None, seen_moves=submission.moves, due_on=round.reports_due_on)
    except Refused:
        return  # somebody was faster
