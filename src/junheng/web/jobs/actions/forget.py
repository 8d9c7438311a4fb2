"""Made files whose time is over."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from django.db import transaction

from junheng.web.audit.actions import record
from junheng.web.audit.actions.record import SYSTEM
from junheng.web.jobs.files import FILE, FORGOTTEN, LAST
from junheng.web.jobs.models import Job
from junheng.web.store import forget_made

_OVER_MIDNIGHT = timedelta(days=1)
_BATCH = 500


def forget_files(today: date) -> int:
    """Forget the files of jobs that ended longer ago than files.LAST, and what jobs made that never ended; the jobs stay, and
    say so. One event a province and run, by count. Returns how many jobs. Safe to repeat: killed between the two, the next run
    takes the bytes."""
    before = today - LAST
    over = Job.objects.filter(ended_at__date__lt=before, outcome__has_key=FILE).order_by("created_at")
    forgotten = 0
    while batch := list(over.select_related("unit")[:_BATCH]):
        _say_so(batch)
        forgotten += len(batch)
    forget_made(before - _OVER_MIDNIGHT)
    return forgotten


@transaction.atomic
def _say_so(jobs: list[Job]) -> None:
    for each in jobs:
        rest = {name: said for name, said in each.outcome.items() if name != FILE}
        Job.objects.filter(pk=each.pk).update(outcome={**rest, FORGOTTEN: each.outcome[FILE]["name"]})
    for province, files in Counter(each.unit_path.split("/")[0] for each in jobs).items():
        record(by=SYSTEM, action="jobs.files_forgotten", subject="job_files", unit_path=f"{province}/", detail={"files": files, "days": LAST.days})
