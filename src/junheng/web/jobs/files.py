"""The file a job makes: kept for some days, for whoever started the job and nobody else, and then made again if it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from junheng.web.jobs.models import Job, JobState
from junheng.web.store import Made, has_made, keep_made, made

LAST = timedelta(days=30)
"""So long a made file is kept after its job has ended."""
FILE, FORGOTTEN = "file", "file_forgotten"
"""Where a job's outcome holds its file, and, once that is forgotten, its name."""


@dataclass(frozen=True)
class MadeFile:
    """name: as it is saved, Chinese; kept: where the store has it."""

    name: str
    kept: Made

    @property
    def data(self) -> bytes:
        """Raises StoreError where it is gone, as after a restored backup."""
        return made(self.kept)


def made_file(name: str, data: bytes) -> Mapping[str, Mapping[str, str]]:
    """What a handler returns, or adds to what it returns."""
    kept = keep_made(data, timezone.localdate())
    return {FILE: {"name": name, "key": kept.key, "sha256": kept.sha256}}


def file_of(job: Job, account_id: int | None) -> MadeFile | None:
    """None while there is none, and for an account that did not ask for it: others reach the job, not what it found."""
    return kept_file(job) if job.by_id is not None and job.by_id == account_id else None


def kept_file(job: Job) -> MadeFile | None:
    """Of a job whose page is not the only place that gives it: the caller says who may have it. None: there is none, or it is forgotten."""
    found = job.outcome.get(FILE)
    if job.state != JobState.DONE or not found or "key" not in found:
        return None
    return MadeFile(found["name"], Made(found["key"], found["sha256"]))


def is_there(file: MadeFile) -> bool:
    return has_made(file.kept)
