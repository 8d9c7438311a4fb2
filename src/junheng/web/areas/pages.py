"""The tree of units: look up, add what the divisions list has not (development zones, schools), rename, close."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from junheng.common.errors import UserError
from junheng.web.areas.actions import add_unit, close_unit, place_school, rename_unit
from junheng.web.areas.models import Unit
from junheng.web.areas.permissions import MAINTAIN
from junheng.web.pages.listing import link_to, options, page_of, table
from junheng.web.pages.table import Page
from junheng.web.pages.templatetags.marks import chinese_date
from junheng.web.rights.levels import UnitKind


def _unit(code: str) -> Unit:
    return Unit.objects.select_related("parent", "lies_in").get(code=code)


def units(request: HttpRequest) -> HttpResponse:
    """Units within reach by name or code, kind, and whether they are still open."""
    words, kind = request.GET.get("q", "").strip(), request.GET.get("kind", "")
    found = Unit.objects.within(*request.user.reach)  # type: ignore[union-attr]
    if words:
        found = found.filter(name__contains=words) | found.filter(code__startswith=words)
    if kind in UnitKind.values:
        found = found.filter(kind=kind)
    page = page_of(request, found.values_list("code", "name", "kind", "parent__name", "closed_on"), found.count())
    kinds = dict(UnitKind.choices)
    rows = [(link_to("unit", code, name), code, kinds[kind], above, chinese_date(closed_on)) for code, name, kind, above, closed_on in page.object_list]
    listed = table("单位列表", ("名称", "代码", "类别", "上级", "撤并"), rows) if rows else ""
    return render(request, "areas/units.html", {"page": page, "listed": listed, "q": words, "kinds": options(UnitKind.choices, kind)})


def unit(request: HttpRequest, unit: Unit) -> HttpResponse:
    """One unit: its place, what lies directly below, and the forms to add below it, rename it, close it."""
    if request.method == "POST":
        try:
            _act(request, unit)
            return redirect("unit", code=unit.code)
        except UserError as error:
            messages.error(request, str(error))
    below = page_of(request, unit.children.order_by("code"))
    return render(request, "areas/unit.html", {
        "unit": unit, "below": below, "kind_below": _kind_below(unit), "today": timezone.localdate(), "counties": _counties_for(unit),
    })  # fmt: skip


def _act(request: HttpRequest, unit: Unit) -> None:
    form, by = request.POST, request.user.actor  # type: ignore[union-attr]
    match form.get("act"):
        case "rename":
            rename_unit(unit, form.get("name", ""), by=by)
            messages.success(request, "名称已改。")
        case "close":
            close_unit(unit, _date(form.get("on", "")), by=by)
            messages.success(request, f"{unit.name}已记为撤并，历史数据保留。")
        case "add":
            kind = _kind_below(unit)
            if kind is None:
                raise UserError("学校下面不能再设单位")
            added = add_unit(form.get("code", ""), form.get("name", ""), kind, unit, by=by)
            messages.success(request, f"已增设{added.name}。")
        case "add_school":
            added = add_unit(form.get("code", ""), form.get("name", ""), UnitKind.SCHOOL, unit, by=by, lies_in=_county(form.get("county", "")))
            messages.success(request, f"已增设{added.run_by_in_words}学校{added.name}，计入{added.lies_in}。")
        case "place":
            placed = place_school(unit, _county(form.get("county", "")), by=by)
            messages.success(request, f"{placed.name}今后计入{placed.lies_in}。")
        case _:
            raise UserError("没有说明要做什么", remedy="请从页面上的按钮办理")


def _kind_below(unit: Unit) -> UnitKind | None:
    order = list(UnitKind)
    place = order.index(UnitKind(unit.kind))
    return order[place + 1] if place + 1 < len(order) else None


def _counties_for(unit: Unit) -> list[Unit]:
    """The counties a school run by the unit may lie in; none where the unit runs no schools of this kind itself."""
    runner = unit if unit.kind in (UnitKind.CITY, UnitKind.PROVINCE) else unit.parent if unit.run_by_in_words else None
    return list(Unit.objects.within(runner.path).filter(kind=UnitKind.COUNTY, closed_on=None)) if runner else []


def _county(code: str) -> Unit | None:
    return Unit.objects.filter(code=code, kind=UnitKind.COUNTY).first()


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserError(f"“{text}”不是日期", remedy="请写成 2026-09-01 的样子") from None


PAGES = (
    Page("units/", "units", units, MAINTAIN, nav="单位", order=80),
    Page("units/<slug:code>/", "unit", unit, MAINTAIN, _unit, ("GET", "POST")),
)
