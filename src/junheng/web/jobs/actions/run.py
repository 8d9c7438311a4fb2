"""The life of a job."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django_tasks import task

from junheng.common.errors import UserError
from junheng.web.areas.models import Unit
from junheng.web.audit.origin import acting_from
from junheng.web.jobs.handlers import HANDLERS, queue_of
from junheng.web.jobs.models import Job, JobState

_log = logging.getLogger(__name__)
_HEART_STOPPED = timedelta(minutes=2)
_MOST_ATTEMPTS = 3


class Cancelled(Exception):
    """The person pressed stop; the job ends where it is."""


@transaction.atomic
def enqueue(
    kind: str, label: str, *, by: models.Model | None, unit: Unit, arguments: Mapping[str, Any] | None = None, leads_to: str = ""
) -> Job:
    """Queue a job in the caller's transaction: it exists exactly when what asked for it does. by: the account."""
    if kind not in HANDLERS:
        raise LookupError(f"no handler for jobs of kind {kind}")
    job = Job.objects.create(
        kind=kind, label=label, unit=unit, by_id=by.pk if by else None, arguments=dict(arguments or {}), leads_to=leads_to
    )
    _queue(job)
    return job


def cancel(job: Job) -> None:
    """Ask a job to stop. One that waits ends at once, one that runs at its next step."""
    Job.objects.filter(pk=job.pk, state__in=(JobState.QUEUED, JobState.RUNNING)).update(
        state=JobState.CANCELLED, ended_at=timezone.now(), message="已由用户停止"
    )


def recover() -> int:
    """Queue again what a crashed worker left running; after three tries it is said to have failed. Returns how many."""
    stopped = Job.objects.filter(state=JobState.RUNNING, heartbeat_at__lt=timezone.now() - _HEART_STOPPED)
    found = 0
    for job in stopped:
        with transaction.atomic():
            locked = Job.objects.select_for_update().get(pk=job.pk)
            if locked.state != JobState.RUNNING or locked.heartbeat_at != job.heartbeat_at:
                continue
            found += 1
            if locked.attempts >= _MOST_ATTEMPTS:
                _end(locked, JobState.FAILED, "任务中断多次，未能完成。请重新发起；仍不行请联系系统管理员。")
                continue
            Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED)
            _queue(locked)
    return found


def _queue(job: Job) -> None:
    run_job.using(queue_name=queue_of(job.kind)).enqueue(str(job.pk))


@task()
def run_job(job_id: str) -> None:
    """Run one job. A job that another worker has, or that is over, is left alone."""
    now = timezone.now()
    claimed = Job.objects.filter(pk=job_id, state=JobState.QUEUED).update(state=JobState.RUNNING, started_at=now, heartbeat_at=now)
    if not claimed:
        return
    job = Job.objects.select_related("unit").get(pk=job_id)
    job.attempts += 1
    job.save(update_fields=["attempts"])
    try:
        with acting_from(f"job:{job_id}"):
            outcome = HANDLERS[job.kind](job, _Reporter(job))
    except Cancelled:
        return
    except UserError as error:
        _end(job, JobState.FAILED, str(error))
    except Exception:
        _log.exception("job %s of kind %s failed", job.pk, job.kind)
        _end(job, JobState.FAILED, "任务没有完成：程序出错，已记录。请重试；仍不行请把任务编号告诉系统管理员。")
    else:
        _end(job, JobState.DONE, job.message, outcome)


def _end(job: Job, state: JobState, message: str, outcome: Mapping[str, Any] | None = None) -> None:
    Job.objects.filter(pk=job.pk).exclude(state=JobState.CANCELLED).update(
        state=state, message=message[:500], outcome=dict(outcome or {}), ended_at=timezone.now()
    )


class _Reporter:
    """Writes progress at most twice a second, keeps the heart beating, and hears when the person presses stop."""

    _INTERVAL_SECONDS = 0.5

    def __init__(self, job: Job) -> None:
        self._job, self._last = job, 0.0

    def __call__(self, done: int, total: int, message: str = "") -> None:
        now = time.monotonic()
        if now - self._last < self._INTERVAL_SECONDS and done < total:
            return
        self._last = now
        self._job.message = message[:500]
        written = Job.objects.filter(pk=self._job.pk, state=JobState.RUNNING).update(
            done=done, total=total, message=self._job.message, heartbeat_at=timezone.now()
        )
        if not written:
            raise Cancelled
