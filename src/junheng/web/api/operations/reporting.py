"""Submissions: how they stand, what was found, and handing them in."""

from __future__ import annotations

import json
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Router
from ninja.files import UploadedFile

from junheng.web.api import scopes
from junheng.web.api.filters import Cut
from junheng.web.api.gate import Gate, owner
from junheng.web.api.operations.declared import Key, Number, done_once, gate_of, read, write
from junheng.web.api.paging import Paging, page_of, slice_of
from junheng.web.api.schemas.common import PageOut
from junheng.web.api.schemas.reporting import FindingOut, JobOut, SubmissionOut
from junheng.web.api.schemas.steps import StepIn
from junheng.web.jobs.pages import PAGES as JOB_PAGES
from junheng.web.reporting.actions import ACTIONS
from junheng.web.reporting.actions.upload import keep_upload, read_later
from junheng.web.reporting.models import Submission
from junheng.web.reporting.pages import PAGES
from junheng.web.reporting.permissions import FILL, SUBMIT
from junheng.web.reporting.queries import listed, submissions_within

router = Router(tags=["填报"])
_SUBMISSIONS = gate_of(PAGES, "submission")
_UPLOAD = gate_of(PAGES, "submission_upload")
_STEPS = Gate((SUBMIT,), _SUBMISSIONS.subject)
_JOBS = Gate((FILL,), gate_of(JOB_PAGES, "job").subject)


@router.get("/submissions", **read(scopes.SUBMISSIONS, _SUBMISSIONS, PageOut[SubmissionOut], "填报", "api_submissions"))
def submissions(request: HttpRequest, cut: Cut) -> Any:
    user = owner(request)
    return page_of(cut.cut(listed(submissions_within(user))), cut, lambda each: SubmissionOut.of(each, user))


@router.get("/submissions/{int:pk}", **read(scopes.SUBMISSIONS, _SUBMISSIONS, SubmissionOut, "一份填报", "api_submission"))
def submission(request: HttpRequest, pk: Number) -> Any:
    return SubmissionOut.of(_SUBMISSIONS.find(request, pk=pk), owner(request))


@router.get("/submissions/{int:pk}/findings", **read(scopes.SUBMISSIONS, _SUBMISSIONS, PageOut[FindingOut], "校核发现", "api_findings"))
def findings(request: HttpRequest, pk: Number, paging: Paging) -> Any:
    """Of the newest version."""
    found: Submission = _SUBMISSIONS.find(request, pk=pk)
    explained = dict(found.explanations.values_list("key", "words"))
    return slice_of([FindingOut.of(each, explained) for each in found.latest.read_findings()] if found.latest else [], paging)


@router.post("/submissions/{int:pk}/workbook", **write(scopes.FILLING, _UPLOAD, JobOut, "上传填报表", "api_upload", 202))
def upload(request: HttpRequest, pk: Number, file: File[UploadedFile], key: Key) -> HttpResponse:
    """The bytes are kept before the transaction: nothing waits for them."""
    found, user, kept = _UPLOAD.find(request, pk=pk), owner(request), keep_upload(file)
    return done_once(request, key, (kept.sha256, kept.name), lambda: JobOut.of(read_later(found, kept, by=user)), JobOut, 202)


@router.post("/submissions/{int:pk}/steps/{step}", **write(scopes.FILLING, _STEPS, SubmissionOut, "提交、撤回", "api_submission_step"))
def take_step(request: HttpRequest, pk: Number, step: Literal["submit", "withdraw"], entered: StepIn, key: Key) -> HttpResponse:
    found, user = _STEPS.find(request, pk=pk), owner(request)

    def act() -> dict[str, Any]:
        ACTIONS[step](found, by=user, data=entered.data, seen_moves=entered.moves)
        return SubmissionOut.of(_SUBMISSIONS.find(request, pk=pk), user)

    return done_once(request, key, (json.dumps(entered.model_dump(), sort_keys=True),), act, SubmissionOut)


@router.get("/jobs/{uuid:job_id}", **read(scopes.FILLING, _JOBS, JobOut, "后台任务", "api_job"))
def job(request: HttpRequest, job_id: UUID) -> Any:
    return JobOut.of(_JOBS.find(request, job_id=job_id))
