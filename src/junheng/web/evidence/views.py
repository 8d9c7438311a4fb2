"""Pages of evidence. Files leave as downloads, never as something a browser would run."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from junheng.common.errors import UserError
from junheng.common.school_years import as_of_date
from junheng.policy import resolve
from junheng.web.accounts.signed_in import me
from junheng.web.evidence.actions import add_evidence_version, attach
from junheng.web.evidence.checking import ALLOWED
from junheng.web.evidence.models import Evidence, EvidenceVersion
from junheng.web.evidence.permissions import ATTACH
from junheng.web.evidence.place import Place
from junheng.web.evidence.queries import evidence_at, shown
from junheng.web.pages.listing import page_of
from junheng.web.store import content


def criterion_titles(place: Place) -> dict[str, str]:
    """Criteria and indicators of the round's standard: id → title."""
    policy = resolve(place.round.policy, place.unit.code[:6], as_of_date(place.round.school_year))
    return {each.id: each.title for each in policy.criteria} | {each.code: f"{each.code} {each.title}" for each in policy.resources}


def evidence(request: HttpRequest, place: Place) -> HttpResponse:
    """What a unit shows in a round, by criterion, and the form to add to it."""
    titles = criterion_titles(place)
    if request.method == "POST":
        _attach(request, place, titles)
        return redirect("evidence", round_id=place.round.pk, code=place.unit.code)
    criterion = request.GET.get("criterion", "")
    found = evidence_at(place.round, place.unit).order_by("evidence__criterion", "-evidence_id")
    if criterion:
        found = found.filter(evidence__criterion=criterion)
    page = page_of(request, found)
    rows = [{"title": titles.get(each.evidence.criterion, "其他"), "shown": one} for each, one in zip(page, shown(page), strict=True)]
    return render(request, "evidence/evidence.html", {
        "place": place, "rows": rows, "page": page, "titles": titles, "criterion": criterion, "allowed": ALLOWED,
        "may_attach": ATTACH.allows(me(request), place),
    })  # fmt: skip


def _attach(request: HttpRequest, place: Place, titles: dict[str, str]) -> None:
    criterion, file = request.POST.get("criterion", ""), request.FILES.get("file")
    try:
        if criterion not in titles:
            raise UserError("没有选择指标", remedy="请先选择这份佐证说明哪一项")
        if file is None:
            raise UserError("没有选择文件", remedy="请先选择文件再上传")
        made = attach(unit=place.unit, round=place.round, criterion=criterion, upload=file, by=me(request), title=request.POST.get("title", ""))
        messages.success(request, f"已上传“{made.title}”。")
    except UserError as error:
        messages.error(request, str(error))


def evidence_one(request: HttpRequest, evidence: Evidence) -> HttpResponse:
    """Every version of one evidence, and the form for a newer one."""
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            if file is None:
                raise UserError("没有选择文件", remedy="请先选择文件再上传")
            version = add_evidence_version(evidence, upload=file, by=me(request))
            messages.success(request, f"已存为第 {version.number} 版，以前的版本保留。")
        except UserError as error:
            messages.error(request, str(error))
        return redirect("evidence_one", pk=evidence.pk)
    versions = shown(evidence.versions.select_related("evidence__unit").order_by("-number"))
    return render(request, "evidence/one.html", {"evidence": evidence, "versions": versions, "allowed": ALLOWED, "may_attach": ATTACH.allows(me(request), evidence) and not evidence.is_fixed})


def evidence_file(request: HttpRequest, version: EvidenceVersion) -> HttpResponse:
    return _sent(content(version.sha256), version.media_type, f"attachment; filename*=UTF-8''{quote(version.name)}")


def evidence_preview(request: HttpRequest, version: EvidenceVersion) -> HttpResponse:
    """A small picture we wrote ourselves."""
    if not version.preview:
        raise Http404
    return _sent(content(version.preview), "image/jpeg", "inline")


def _sent(data: bytes, media_type: str, disposition: str) -> HttpResponse:
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = disposition
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, max-age=3600"
    return response
