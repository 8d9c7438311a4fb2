"""Where a county publishes lotteries and zones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from junheng.common.errors import UserError
from junheng.intake.plain_table import read_plain_table
from junheng.tables import Column, Kind, Table
from junheng.web.accounts.models import User
from junheng.web.areas.models import lies_within
from junheng.web.pages.listing import page_of
from junheng.web.portal.actions import publish_list, publish_zoning
from junheng.web.portal.models import Lottery, Zoning

ZONES = Table("public_zones", "学区划分表", "一行一个片区", ("place",), (
    Column("place", "片区", Kind.TEXT, required=True, variants=("片区名称", "村（社区）、小区或路段"), note="村、小区或路段"),
    Column("school", "学校", Kind.TEXT, required=True, variants=("学校名称",)),
    Column("code", "学校标识码", Kind.ID, null_means="没有给出"),
))  # fmt: skip


def admission(request: HttpRequest) -> HttpResponse:
    """The county's lotteries and zonings, and the forms that publish them."""
    user: User = request.user  # type: ignore[assignment]
    if request.method == "POST":
        try:
            messages.success(request, _zoning(request, user) if request.POST.get("kind") == "zoning" else _list(request, user))
            return redirect("admission")
        except UserError as error:
            messages.error(request, str(error))
    within = lies_within(*user.reach)
    page = page_of(request, Lottery.objects.filter(within).select_related("unit"))
    zonings = Zoning.objects.filter(within).select_related("unit")[:20]
    return render(request, "portal/admission.html", {"page": page, "zonings": zonings, "posted": request.POST, "zones": ZONES},
                  status=422 if request.method == "POST" else 200)  # fmt: skip


def _list(request: HttpRequest, user: User) -> str:
    try:
        text = _file(request).read_bytes().decode()
    except UnicodeDecodeError as error:
        raise UserError("名单不是 UTF-8 文本", remedy="请用 junheng plan lottery list 写出的原文件") from error
    made = publish_list(by=user, unit=user.unit, list_text=text, seed_from=request.POST.get("seed_from", ""), seed_on=_day(request.POST.get("seed_on", "")))
    return f"已公示{made.school}的摇号名单，名单哈希 {made.list_hash}。"


def _zoning(request: HttpRequest, user: User) -> str:
    year = request.POST.get("school_year", "")
    if not (year.isdigit() and 2000 <= int(year) <= 2100):
        raise UserError("学年不对", why="应是四位数的年份", remedy="例如 2025，表示 2025—2026 学年")
    lines = [line.values for line in read_plain_table(_file(request), ZONES)]
    made = publish_zoning(by=user, unit=user.unit, school_year=int(year), document=request.POST.get("document", ""), lines=lines)
    return f"已公布{made}，{len(lines)} 个片区。"


def _file(request: HttpRequest) -> Path:
    file = request.FILES.get("file")
    if not isinstance(file, TemporaryUploadedFile):
        raise UserError("没有选择文件", remedy="请先选择文件")
    return Path(file.temporary_file_path())


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise UserError("没有填种子产生的日期", remedy="请按 2026-01-31 的写法填写") from None


def lottery_desk(request: HttpRequest, lottery: Lottery) -> HttpResponse:
    return render(request, "portal/lottery_desk.html", {"lottery": lottery})


def zoning_desk(request: HttpRequest, zoning: Zoning) -> HttpResponse:
    return render(request, "portal/zoning_desk.html", {"zoning": zoning, "page": page_of(request, zoning.lines.all())})
