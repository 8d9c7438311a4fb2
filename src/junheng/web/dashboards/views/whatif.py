"""试算: change a value, see the verdicts beside the old ones; save it, open what was saved. Nothing is kept but what is saved."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from junheng.common.errors import UserError
from junheng.web.accounts.models import User
from junheng.web.dashboards.actions import save_scenario
from junheng.web.dashboards.changes import (
    CHANGEABLE,
    Change,
    FigureChange,
    LimitChange,
    all_of,
    changeable,
    in_words,
    key_words,
    number_of,
    stored_value,
)
from junheng.web.dashboards.models import Scenario
from junheng.web.dashboards.prepared import Prepared, prepared
from junheng.web.dashboards.queries import loaded, newest_numbers, releases_within
from junheng.web.dashboards.whatif import what_if
from junheng.web.reporting.queries import UnitInRound
from junheng.web.rights.levels import UnitKind

_LISTED = 20
_SHOWN = 200
"""Changes of verdicts on the page."""


def whatif(request: HttpRequest, place: UnitInRound) -> HttpResponse:
    """The changes stand in the URL, so that the page can be sent to somebody as it is."""
    if place.unit.kind == UnitKind.SCHOOL:
        raise Http404
    releases = releases_within(place)
    if not releases:
        return render(request, "dashboards/nothing.html", {"place": place})
    before = prepared(releases)
    try:
        changes = all_of(request.GET.getlist("c"))
        added = _added(request.GET, before)
        if added is not None:
            return redirect(_url(place, [*changes, added]))
        if request.method == "POST":
            kept = save_scenario(place, request.POST.get("title", ""), changes, releases, by=cast(User, request.user))
            messages.success(request, "已保存。把这一页的网址发给辖区覆盖这里的同事，就能打开。")
            return redirect("scenario", pk=kept.pk)
        context = _outcome(before, changes, place)
    except UserError as error:
        messages.error(request, str(error))
        context = _outcome(before, [], place)
    return render(request, "dashboards/whatif.html", context | {"saved": Scenario.objects.filter(round=place.round, unit=place.unit)[:_LISTED]})


def scenario(request: HttpRequest, kept: Scenario) -> HttpResponse:
    """What was saved, over the releases it was saved over."""
    place = UnitInRound(kept.round, kept.unit)
    releases = loaded(kept.releases)
    if len(releases) < len(kept.releases):
        raise Http404
    context = _outcome(prepared(releases), all_of(kept.changes), place)
    return render(request, "dashboards/whatif.html", context | {"kept": kept, "outdated": newest_numbers(place) != set(kept.releases)})


def _added(form: QueryDict, before: Prepared) -> Change | None:
    """What one of the two small forms adds; None when none was sent. Raises UserError."""
    if asked := str(form.get("limit", "")):
        limit, _, key = asked.partition("|")
        return LimitChange(limit, key, number_of(form.get("to", "")))
    if school := str(form.get("school", "")):
        code, campus = _school(school, before)
        column = changeable(form.get("column", ""))
        return FigureChange(code, campus, column.name, stored_value(column, form.get("to", "")))
    return None


def _school(typed: str, before: Prepared) -> tuple[str, str]:
    """By code, "code@campus" or name. Raises UserError where it is none, or several."""
    text = typed.strip().split(" ")[0]
    code, _, campus = text.partition("@")
    if (code, campus) in before.schools:
        return code, campus
    found = [key for key, row in before.schools.items() if typed.strip() in (key[0], str(row["school_name"] or ""))]
    if len(found) != 1:
        why = f"有 {len(found)} 处都叫这个名字或代码" if found else "这里没有这所学校"
        raise UserError(f"认不出“{typed}”是哪所学校", why=why, remedy="请写 10 位学校标识码；分校区的写“代码@校区”")
    return found[0]


def _url(place: UnitInRound, changes: Sequence[Change]) -> str:
    asked = urlencode([("c", json.dumps(each.to_json(), ensure_ascii=False, separators=(",", ":"))) for each in changes])
    return f"{reverse('whatif', args=[place.round.pk, place.unit.code])}{f'?{asked}' if asked else ''}"


def _outcome(before: Prepared, changes: Sequence[Change], place: UnitInRound) -> dict[str, Any]:
    """What the page shows. Without changes: the forms alone."""
    policy = next(iter(before.policies.values()))
    context: dict[str, Any] = {
        "place": place, "changes": [], "found": None, "counties": len(before.policies),
        "limits": [(f"{id}|{key}", f"{limit.title}{key_words(key)}：现为 {cited.value} {limit.unit}".strip())
                   for id, limit in policy.limits.items() for key, cited in limit.values.items()],
        "columns": CHANGEABLE, "schools": before.schools if place.unit.kind == UnitKind.COUNTY else {},
        "said": [json.dumps(each.to_json(), ensure_ascii=False, separators=(",", ":")) for each in changes],
    }  # fmt: skip
    if not changes:
        return context
    found = what_if(before, changes)
    rest = [[other for other in changes if other is not each] for each in changes]
    context["changes"] = [(in_words(each, policy, before.schools), _url(place, others)) for each, others in zip(changes, rest, strict=True)]
    old, new = found.counts
    turned = [(code, *pair) for code, pair in found.verdicts.items() if pair[0] is not pair[1]]
    context |= {
        "found": found, "counts": [(verdict, old[verdict], new[verdict]) for verdict in old.keys() | new.keys()], "turned": turned,
        "names": before.measured.county_names, "items": [each for each in found.turned if each.kind != "county"][:_SHOWN],
        "item_count": sum(each.kind != "county" for each in found.turned),
    }  # fmt: skip
    if place.unit.kind == UnitKind.COUNTY:
        context |= {"cvs": found.cvs(place.unit.code), "county": found.verdicts[place.unit.code]}
    return context
