"""What a county does with what its schools hand in; a city or the province with the schools it runs itself."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from junheng.common.errors import UserError
from junheng.web.accounts.signed_in import me
from junheng.web.flow.errors import Refused
from junheng.web.flow.fields import cleaned
from junheng.web.jobs.actions import enqueue
from junheng.web.jobs.models import Job
from junheng.web.reporting.actions import grant_exception, remind
from junheng.web.reporting.bulk import MOST_FILES, keep_uploads
from junheng.web.reporting.models import Submission
from junheng.web.reporting.permissions import ACCEPT, BULK_UPLOAD, EXCEPT
from junheng.web.reporting.process import FILLABLE, SUBMISSION
from junheng.web.reporting.queries import UnitInRound, for_user, submissions_of

_REMIND_AT_ONCE = 300


def reporting_remind(request: HttpRequest, place: UnitInRound) -> HttpResponse:
    """One unit, or everybody below who has not handed in."""
    user, words = me(request), request.POST.get("words", "")
    found = submissions_of(place.round, place.unit).filter(state__in=FILLABLE).order_by("pk")
    if request.POST.get("submission", "").isdigit():
        found = found.filter(pk=request.POST["submission"])
    try:
        pks = list(found.values_list("pk", flat=True))
        if len(pks) > _REMIND_AT_ONCE:
            job = enqueue("reporting.remind", f"催报 {len(pks):,} 个单位", by=user, unit=place.unit, arguments={"submissions": pks, "words": words[:500]},
                          leads_to=_board(place))  # fmt: skip
            return redirect("job", job_id=job.pk)
        messages.success(request, f"已催报 {remind(list(found), words, by=user)} 个单位。")
    except UserError as error:
        messages.error(request, str(error))
    return redirect(_board(place))


def reporting_accept(request: HttpRequest, place: UnitInRound) -> HttpResponse:
    """Everything submitted below the unit, in one act."""
    user = me(request)
    waiting = submissions_of(place.round, place.unit).filter(for_user(ACCEPT, user), state="submitted").order_by("pk")
    pks = list(waiting.values_list("pk", flat=True))
    if not pks or not ACCEPT.allows(user, place):
        messages.error(request, "没有等待接收的填报。")
        return redirect(_board(place))
    job = enqueue("reporting.accept_many", f"接收{place.unit.name}的 {len(pks):,} 份填报", by=user, unit=place.unit, arguments={"submissions": pks},
                  leads_to=_board(place))  # fmt: skip
    return redirect("job", job_id=job.pk)


def reporting_upload(request: HttpRequest, place: UnitInRound) -> HttpResponse:
    """Many files at once, or one .zip: who each belongs to is told by what stands in it."""
    user = me(request)
    if not BULK_UPLOAD.allows(user, place):
        raise Http404
    if request.method == "GET":
        return render(request, "reporting/upload.html", {"place": place, "most": MOST_FILES})
    try:
        if not place.round.is_open:
            raise UserError("现在不能上传", why=f"本轮{place.round.state_shown.label}")
        files = keep_uploads(request.FILES.getlist("files"))
    except UserError as error:
        messages.error(request, str(error))
        return redirect("reporting_upload", round_id=place.round.pk, code=place.unit.code)
    job = enqueue("reporting.read_folder", f"读取{place.unit.name}批量上传的 {len(files):,} 个文件", by=user, unit=place.unit,
                  arguments={"round": place.round.pk, "files": files})  # fmt: skip
    url = reverse("reporting_uploaded", kwargs={"round_id": place.round.pk, "code": place.unit.code, "job_id": job.pk})
    return redirect(url)


def reporting_uploaded(request: HttpRequest, place: UnitInRound, job_id: UUID) -> HttpResponse:
    """What went where: while it is read, its progress; then a line per school and per file nobody owns."""
    job = Job.objects.select_related("unit").filter(pk=job_id, kind="reporting.read_folder", unit=place.unit).first()
    if job is None or not BULK_UPLOAD.allows(me(request), place):
        raise Http404
    return render(request, "reporting/uploaded.html", {"place": place, "job": job, "outcome": job.outcome})


def reporting_freeze(request: HttpRequest, place: UnitInRound) -> HttpResponse:
    formal = request.POST.get("informal") != "on"
    job = enqueue("reporting.freeze", f"冻结{place.unit.name}的数据版本", by=me(request), unit=place.unit, leads_to=reverse("county_releases", kwargs=_parts(place)),
                  arguments={"round": place.round.pk, "county": place.unit.pk, "formal": formal})  # fmt: skip
    return redirect("job", job_id=job.pk)


def submission_exception(request: HttpRequest, submission: Submission) -> HttpResponse:
    """截止后例外 before it locks; once locked, the process's own page does it."""
    user, transition = me(request), SUBMISSION.transition("unlock")
    assert transition is not None
    if not EXCEPT.allows(user, submission):
        raise Http404
    if submission.state == "locked":
        return redirect("submission_do", pk=submission.pk, transition_id="unlock")
    refusal: Refused | None = None
    if request.method == "POST":
        try:
            entered = cleaned(transition.fields, request.POST.dict())
            grant_exception(submission, entered["until"], entered["reason"], by=user)
            messages.success(request, "截止后例外已登记。")
            return redirect("submission", pk=submission.pk)
        except Refused as error:
            refusal = error
    rows = [{"field": each, "value": request.POST.get(each.name, ""), "error": refusal.fields.get(each.name, "") if refusal else ""} for each in transition.fields]
    return render(request, "reporting/exception.html", {"submission": submission, "fields": rows, "refusal": refusal}, status=422 if refusal else 200)


def _parts(place: UnitInRound) -> dict[str, object]:
    return {"round_id": place.round.pk, "code": place.unit.code}


def _board(place: UnitInRound) -> str:
    return reverse("reporting_unit", kwargs=_parts(place))
