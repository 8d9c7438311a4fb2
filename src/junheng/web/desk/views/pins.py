"""逐校指定: what is fixed of each school, on a list and on a map."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from junheng.common.errors import UserError
from junheng.planners.pinning.model import OTHER, Group, Pinnable
from junheng.web.accounts.signed_in import me
from junheng.web.desk.actions import keep_pins
from junheng.web.desk.models import Plan
from junheng.web.desk.pins import Pins, can_be_pinned, chosen_in, pin_sketch, pins_of, written
from junheng.web.desk.states import PlanState
from junheng.web.pages.listing import page_of, table

_SHOWN = {"": "全部", "pinned": "已指定的", "free": "没有指定的", "unplaced": "没有坐标的"}


def plan_pins(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Of a plan in preparation; one that was solved is never changed."""
    if not can_be_pinned(plan):
        raise Http404
    if plan.state is not PlanState.DRAFT:
        messages.error(request, "方案已经开始求解，约束不能再改。请用“复制并修改”另建一个方案。")
        return redirect("plan", pk=plan.pk)
    try:
        pins = pins_of(plan, me(request))
        if request.method == "POST":
            return _keep(request, plan, pins)
    except UserError as error:
        messages.error(request, str(error))
        return redirect("plan_pins" if request.method == "POST" else "plan", pk=plan.pk)
    return render(request, "desk/pins.html", _context(request, plan, pins))


def _context(request: HttpRequest, plan: Plan, pins: Pins) -> dict[str, object]:
    words, group, shown = request.GET.get("school", "").strip(), request.GET.get("group", ""), request.GET.get("shown", "")
    part = request.GET.get("part", "")
    found = [each for each in pins.subjects if (not words or words in each.name or words == each.code) and group in ("", each.group.id) and part in ("", each.part)
             and _is_shown(shown, each, pins)]  # fmt: skip
    page = page_of(request, found)
    groups = tuple({each.group.id: each.group for each in pins.subjects}.values())
    return {
        "plan": plan, "pins": pins, "page": page, "listed": table("学校", _heads(pins), (_row(each, pins) for each in page), never_broken=False),
        "words": words, "group": group, "shown": shown, "part": part, "groups": groups, "states": _SHOWN, "parts": sorted({each.part for each in pins.subjects if each.part}),
        "sketch": pin_sketch(pins, plan.unit.code), "fixed": sum(bool(pins.of(each).choice) for each in pins.subjects),
        "unplaced": sum(each.place is None for each in pins.subjects), "templates": [(each.id, _options(each, "")) for each in groups],
    }  # fmt: skip


def _is_shown(shown: str, subject: Pinnable, pins: Pins) -> bool:
    return {"pinned": bool(pins.of(subject).choice), "free": not pins.of(subject).choice, "unplaced": subject.place is None}.get(shown, True)


def _heads(pins: Pins) -> tuple[str, ...]:
    return ("名称", "怎样安排", *(("自何学年起",) if pins.years else ()), "理由", "编号", "类别", "坐标")


def _row(subject: Pinnable, pins: Pins) -> Sequence[object]:
    now, key = pins.of(subject), subject.key
    select = format_html('<select name="pin:{}" data-key="{}" aria-label="{}：怎样安排">{}</select>', key, key, subject.name, _options(subject.group, now.choice))
    year = format_html('<select name="year:{}" aria-label="{}：自何学年起"><option value="">第一期</option>{}</select>', key, subject.name,
                       format_html_join("", '<option value="{}"{}>{} 年</option>', ((each, _selected(each == now.school_year), each) for each in pins.years)))  # fmt: skip
    why = format_html('<input name="why:{}" value="{}" maxlength="200" aria-label="{}：理由">', key, now.reason, subject.name)
    kind = f"{subject.group.label}{f'，{subject.part}' if subject.part else ''}"
    return (subject.name, select, *((year,) if pins.years else ()), why, subject.code, kind, "有" if subject.place else format_html('<span class="muted">{}</span>', subject.unplaced))


def _options(group: Group, chosen: str) -> SafeString:
    """data-kind: the mark on the map that goes with it."""
    all_choices = [("", "不指定", group.mark), *((each.id, each.label, each.mark) for each in group.choices)]
    if chosen == OTHER:
        all_choices.append((OTHER, "照约束表里另写的", OTHER))
    return format_html_join("", '<option value="{}" data-kind="{}"{}>{}</option>', ((id, mark, _selected(id == chosen), label) for id, label, mark in all_choices))


def _selected(yes: bool) -> SafeString:
    return mark_safe(" selected" if yes else "")


def _keep(request: HttpRequest, plan: Plan, pins: Pins) -> HttpResponse:
    chosen = chosen_in(pins, request.POST.dict())
    if chosen:
        keep_pins(plan, pins.planner, pins.table.input, written(pins, chosen), seen=request.POST.get("seen", ""), by=me(request))
        messages.success(request, f"已记下 {len(chosen):,} 处改动，写入《{pins.table.table.label}》。")
    else:
        messages.info(request, "没有改动。")
    kept = urlencode({name: value for name, value in request.GET.items() if value})
    return redirect(f"{reverse('plan_pins', args=[plan.pk])}{f'?{kept}' if kept else ''}")
