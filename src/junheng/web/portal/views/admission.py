"""Lotteries and zones as the public reads and checks them."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from junheng.common.errors import UserError
from junheng.web.pages.listing import page_of
from junheng.web.portal.checking import admitted, faults_of_file, outcome_of, ticket_of
from junheng.web.portal.kept import kept, shown, unchanging
from junheng.web.portal.models import Lottery, ZoneLine
from junheng.web.store import content

MOST_MB = 20


@kept
def lotteries(request: HttpRequest) -> HttpResponse:
    page = page_of(request, Lottery.objects.exclude(state="withdrawn").select_related("unit"))
    return shown(request, "portal/lotteries.html", {"page": page})


@kept
def lottery(request: HttpRequest, lottery: Lottery) -> HttpResponse:
    """A lottery, and the ticket of a number that was asked for."""
    number = request.GET.get("number", "").strip()[:40]
    open_ = lottery.state != "withdrawn"
    context = {"lottery": lottery, "number": number, "ticket": ticket_of(lottery, number) if number and open_ else None,
               "faults": outcome_of(lottery) if open_ else None, "admitted": admitted(lottery) if lottery.record_sha256 else 0}  # fmt: skip
    return shown(request, "portal/lottery.html", context)


def lottery_list(request: HttpRequest, lottery: Lottery) -> HttpResponseBase:
    return _file(request, lottery, lottery.list_sha256, f"lottery-{lottery.pk}-list.txt", "text/plain; charset=utf-8")


def lottery_result(request: HttpRequest, lottery: Lottery) -> HttpResponseBase:
    return _file(request, lottery, lottery.record_sha256, f"lottery-{lottery.pk}-result.json", "application/json")


def _file(request: HttpRequest, lottery: Lottery, sha256: str, name: str, media_type: str) -> HttpResponseBase:
    """The bytes as published: a line end changed on the way would change the hash."""
    if not sha256 or lottery.state == "withdrawn":
        raise Http404
    response = HttpResponse(content(sha256), content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
    return unchanging(response, request, sha256)


def lottery_check(request: HttpRequest, lottery: Lottery) -> HttpResponse:
    """Hold a file against what was published. Nothing of it is kept."""
    if lottery.state == "withdrawn":
        raise Http404
    faults: tuple[str, ...] | None = None
    refused: UserError | None = None
    if request.method == "POST":
        try:
            faults = faults_of_file(lottery, _uploaded(request))
        except UserError as error:
            refused = error
    context = {"lottery": lottery, "faults": faults, "error": refused, "most_mb": MOST_MB}
    return render(request, "portal/lottery_check.html", context, status=422 if refused else 200)


def _uploaded(request: HttpRequest) -> bytes:
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile) or not file.size:
        raise UserError("没有选择文件", remedy="请选择公示名单（.txt）或结果（.json）")
    if file.size > MOST_MB * 1024 * 1024:
        raise UserError("文件太大", why=f"超过 {MOST_MB} MB", remedy="请核对是不是公示的文件")
    return bytes(file.read())


def zones(request: HttpRequest) -> HttpResponse:
    """Whose zone a village or estate lies in: the newest published zoning of every county."""
    words = request.GET.get("q", "").split()[:5]
    found = ZoneLine.objects.filter(zoning__state="in_force").select_related("zoning", "zoning__unit")
    for word in words:
        found = found.filter(place__contains=word)
    page = page_of(request, found.order_by("-zoning__school_year", "zoning__unit__path", "pk") if words else found.none())
    return shown(request, "portal/zones.html", {"asked": " ".join(words), "page": page})
