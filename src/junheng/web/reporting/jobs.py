"""Background work of reporting. Every handler may run twice."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from django.urls import reverse

from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.flow.errors import Refused
from junheng.web.jobs.files import made_file
from junheng.web.jobs.handlers import Progress, handles
from junheng.web.jobs.models import Job
from junheng.web.reporting.actions.accept_all import accept_many
from junheng.web.reporting.actions.freeze import freeze_county
from junheng.web.reporting.actions.make import make_submissions
from junheng.web.reporting.actions.read_folder import read_folder_of
from junheng.web.reporting.actions.remind import remind
from junheng.web.reporting.actions.versions import add_version
from junheng.web.reporting.bulk import unpacked_folder
from junheng.web.reporting.documents import documents_of
from junheng.web.reporting.frozen import recomputed
from junheng.web.reporting.models import CountyRelease, Submission
from junheng.web.reporting.uploads import draft_of
from junheng.web.rounds.models import Round
from junheng.web.store import content

_BATCH = 200


@handles("rounds.opened")
def make_all(job: Job, progress: Progress) -> Mapping[str, Any]:
    """Started by rounds when a round opens or changes."""
    round = Round.objects.select_related("unit").get(pk=job.arguments["round"])
    new = make_submissions(round, on_county=lambda done, total, name: progress(done, total, name))
    return {"new": new}


@handles("reporting.read_upload")
def read_upload(job: Job, progress: Progress) -> Mapping[str, Any]:
    submission = _submission(job.arguments["submission"])
    name, sha256 = job.arguments["name"], job.arguments["sha256"]
    progress(0, 2, f"读取《{name}》")
    draft = draft_of(submission, name, content(sha256), sha256)
    progress(1, 2, "校核")
    version = add_version(submission, draft, by=_by(job), job=job.pk)
    said = f"{version.error_count:,} 处错误，{version.warning_count:,} 处提醒" if version.error_count or version.warning_count else "没有发现问题"
    progress(2, 2, f"已读入，存为第 {version.number} 版：{said}")
    return {"version": version.pk, "errors": version.error_count, "warnings": version.warning_count}


@handles("reporting.read_folder")
def read_folder(job: Job, progress: Progress) -> Mapping[str, Any]:
    round = Round.objects.get(pk=job.arguments["round"])
    with unpacked_folder(job.arguments["files"]) as folder:
        placed = read_folder_of(round, job.unit, folder, by=_by(job), job=job.pk, on_step=progress)
    progress(1, 1, f"{len(placed.taken):,} 个单位的数据已读入，{len(placed.refused):,} 个没有采用，{len(placed.strange):,} 处不能判断归属")
    return asdict(placed)


@handles("reporting.remind")
def remind_all(job: Job, progress: Progress) -> Mapping[str, Any]:
    """A unit reminded today is not reminded again."""
    pks: list[int] = job.arguments["submissions"]
    reminded = 0
    for start in range(0, len(pks), _BATCH):
        batch = list(Submission.objects.filter(pk__in=pks[start : start + _BATCH]).select_related("unit", "round"))
        with suppress(Refused):
            reminded += remind(batch, job.arguments["words"], by=_by(job))
        progress(min(start + _BATCH, len(pks)), len(pks), f"已催报 {reminded:,} 个单位")
    return {"reminded": reminded}


@handles("reporting.documents")
def documents(job: Job, progress: Progress) -> Mapping[str, Any]:
    frozen = _release(job)
    packed = documents_of(frozen, lambda name, done, total: progress(done, total, name))
    return made_file(f"{frozen.unit.name}{frozen.round.school_year}学年报表（第{frozen.number}版）.zip", packed)


@handles("reporting.recompute")
def recompute(job: Job, progress: Progress) -> Mapping[str, Any]:
    progress(0, 1, "从数据版本重新测算、判定")
    found = recomputed(_release(job))
    progress(1, 1, "逐个数字相同" if found.is_same else f"有 {len(found.differences):,} 处不同")
    return {"same": found.is_same, "differences": list(found.differences[:50]), "verdict": found.verdict, "version": found.version}


@handles("reporting.accept_many")
def accept_all(job: Job, progress: Progress) -> Mapping[str, Any]:
    pks: list[int] = job.arguments["submissions"]
    accepted = accept_many(pks, by=_by(job), on_step=lambda done: progress(done, len(pks), f"已看 {done} 份"))
    progress(len(pks), len(pks), f"接收了 {accepted:,} 份")
    return {"accepted": accepted}


@handles("reporting.freeze")
def freeze(job: Job, progress: Progress) -> Mapping[str, Any]:
    round = Round.objects.get(pk=job.arguments["round"])
    county = Unit.objects.get(pk=job.arguments["county"])
    frozen = freeze_county(round, county, by=_by(job), formal=job.arguments["formal"], on_step=progress)
    progress(4, 4, f"已冻结为第 {frozen.number} 版")
    return {"release": frozen.pk, "url": reverse("county_release", kwargs={"pk": frozen.pk})}


def _release(job: Job) -> CountyRelease:
    return CountyRelease.objects.select_related("unit", "round").get(pk=job.arguments["release"])


def _submission(pk: int) -> Submission:
    return Submission.objects.select_related("unit", "round", "latest").get(pk=pk)


def _by(job: Job) -> User:
    assert job.by_id is not None, "started by a person"
    return User.objects.select_related("unit").get(pk=job.by_id)
