"""Frozen releases: the list, one of them, its documents, its recomputation, and what changed between two."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from junheng.indicators import REGISTRY
from junheng.intake.release_diff import diff
from junheng.web.accounts.signed_in import me
from junheng.web.jobs.actions import enqueue
from junheng.web.jobs.files import is_there, kept_file
from junheng.web.jobs.models import Job, JobState
from junheng.web.pages.download import download
from junheng.web.pages.listing import page_of
from junheng.web.reporting.frozen import open_kept
from junheng.web.reporting.judged import policy_of
from junheng.web.reporting.models import CountyRelease
from junheng.web.reporting.permissions import FREEZE
from junheng.web.reporting.queries import UnitInRound
from junheng.web.rounds.queries import title_of

DOCUMENTS, RECOMPUTE = "reporting.documents", "reporting.recompute"


def county_releases(request: HttpRequest, place: UnitInRound) -> HttpResponse:
    found = CountyRelease.objects.filter(round=place.round, unit=place.unit).select_related("unit").defer("result", "detail")
    page = page_of(request, found)
    return render(request, "reporting/releases.html", {
        "place": place, "page": page, "may_freeze": FREEZE.allows(me(request), place),
        "rows": [(each, title_of(each.policy)) for each in page],
    })  # fmt: skip


def county_release(request: HttpRequest, frozen: CountyRelease) -> HttpResponse:
    """One release: its verdict and why, its hash, and what can be done with it."""
    others = CountyRelease.objects.filter(unit=frozen.unit).exclude(pk=frozen.pk).select_related("round").defer("result", "detail")[:10]
    return render(request, "reporting/release.html", {
        "frozen": frozen, "standard": title_of(frozen.policy), "others": list(others), "documents": _documents(frozen), "recomputed": _last(RECOMPUTE, frozen),
        "stages": _stages(frozen), "errors": [each for each in frozen.result["findings"] if each["level"] == "error"],
    })  # fmt: skip


def _stages(frozen: CountyRelease) -> list[dict[str, object]]:
    words = {"primary": "小学", "junior": "初中"}
    called = {each.code: each for each in policy_of(frozen.policy, frozen.unit.code, frozen.round.school_year)[frozen.unit.code].resources}
    return [
        {"label": words[stage], "balance": [(called[code], REGISTRY[called[code].indicator].unit.symbol, each) for code, each in found["balance"].items()], "schools": len(found["schools"]),
         "failing": sum(each["verdict"] == "fail" for each in found["schools"])}
        for stage, found in frozen.result["stages"].items()
        if found
    ]  # fmt: skip


def _last(kind: str, frozen: CountyRelease) -> Job | None:
    return Job.objects.filter(kind=kind, arguments__release=frozen.pk).first()


def county_release_build(request: HttpRequest, frozen: CountyRelease) -> HttpResponse:
    """Build the documents; those that are there already are not built again."""
    last = _documents(frozen)
    if last is not None and last.state in (JobState.QUEUED, JobState.RUNNING, JobState.DONE):
        return redirect("job", job_id=last.pk) if not last.is_over else redirect("county_release", pk=frozen.pk)
    return _start(request, frozen, DOCUMENTS, f"生成{frozen}的全部报表")


def county_release_documents(request: HttpRequest, frozen: CountyRelease) -> HttpResponse:
    last = _documents(frozen)
    file = kept_file(last) if last is not None else None
    if file is None:
        raise Http404
    return download(file.data, file.name, "application/zip")


def _documents(frozen: CountyRelease) -> Job | None:
    """The job that made them, or is making them; None where there is none, or its file is no longer there: then they are made anew."""
    last = _last(DOCUMENTS, frozen)
    if last is None or last.state != JobState.DONE:
        return last
    file = kept_file(last)
    return last if file is not None and is_there(file) else None


def county_release_recompute(request: HttpRequest, frozen: CountyRelease) -> HttpResponse:
    return _start(request, frozen, RECOMPUTE, f"重算{frozen}")


def _start(request: HttpRequest, frozen: CountyRelease, kind: str, label: str) -> HttpResponse:
    job = enqueue(kind, label[:120], by=me(request), unit=frozen.unit, arguments={"release": frozen.pk}, leads_to=reverse("county_release", args=[frozen.pk]))
    return redirect("job", job_id=job.pk)


def county_release_changes(request: HttpRequest, frozen: CountyRelease, other: int) -> HttpResponse:
    """From the other release to this one, in words."""
    before = CountyRelease.objects.select_related("unit", "round").filter(pk=other, unit=frozen.unit).first()
    if before is None:
        raise Http404
    changes = [str(each) for each in diff(open_kept(before.key), open_kept(frozen.key))]
    page = page_of(request, changes)
    return render(request, "reporting/release_changes.html", {"frozen": frozen, "before": before, "page": page})
