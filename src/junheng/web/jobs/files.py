"""The file a job makes: kept in the store, for whoever started the job and nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from junheng.web.jobs.models import Job, JobState
from junheng.web.store import keep_content


@dataclass(frozen=True)
class MadeFile:
    """name: as it is saved, Chinese; sha256: under which the store has it."""

    name: str
    sha256: str


def made_file(name: str, data: bytes) -> Mapping[str, Mapping[str, str]]:
    """What a handler returns, or adds to what it returns."""
    return {"file": {"name": name, "sha256": keep_content(data)}}


def file_of(job: Job, account_id: int | None) -> MadeFile | None:
    """None while there is none, and for an account that did not ask for it: others reach the job, not what it found."""
    found = job.outcome.get("file")
    if job.state != JobState.DONE or not found or job.by_id is None or job.by_id != account_id:
        return None
    return MadeFile(found["name"], found["sha256"])
