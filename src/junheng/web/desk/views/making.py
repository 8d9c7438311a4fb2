"""A new plan: for whom, with what; change a draft; the same again with changes."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from junheng.common.errors import UserError
from junheng.planners.model import Planner
from junheng.web.accounts.models import User
from junheng.web.accounts.signed_in import me
from junheng.web.areas.models import Unit
from junheng.web.desk.actions import Draft, change_plan, make_plan, start
from junheng.web.desk.contents import Kept, bytes_of, kept
from junheng.web.desk.forms import Basics, Parameters, Tables
from junheng.web.desk.models import Plan
from junheng.web.desk.offered import OFFERED, is_personal
from junheng.web.desk.queries import areas_of, made_before, plans_of
from junheng.web.desk.questions import county_facts, newest_of_area, planner_of, releases_of, takes_areas
from junheng.web.desk.states import PlanState
from junheng.web.pages.download import download
from junheng.web.reporting.models import CountyRelease
from junheng.web.reporting.uploads import file_name
from junheng.web.rights.levels import UnitKind


@dataclass(frozen=True)
class Place:
    """A planner for a unit: what a new plan would be about."""

    unit: Unit
    planner: Planner

    @property
    def unit_path(self) -> str:
        path: str = self.unit.path
        return path

    @property
    def unit_id(self) -> int:
        return int(self.unit.pk)

    @property
    def personal(self) -> bool:
        return is_personal(self.planner)

    @property
    def is_area(self) -> bool:
        return self.unit.kind != UnitKind.COUNTY

    def releases(self) -> list[CountyRelease]:
        """What a plan may stand on: of a county one of these, of an area all of them."""
        if self.planner.needs_facts is None:
            return []
        return newest_of_area(self.unit) if self.is_area else releases_of(self.unit)


def place_of(code: str, planner: str) -> Place:
    """Raises Http404 where the planner is not offered, or not for a whole area."""
    unit = Unit.objects.get(code=code, kind__in=(UnitKind.PROVINCE, UnitKind.CITY, UnitKind.COUNTY), closed_on=None)
    if planner not in OFFERED or (unit.kind != UnitKind.COUNTY and not takes_areas(OFFERED[planner])):
        raise Http404
    return Place(unit, OFFERED[planner])


def new(request: HttpRequest) -> HttpResponse:
    """Which unit, which planner."""
    user = me(request)
    areas = areas_of(user)
    unit = next((each for each in areas if each.code == request.GET.get("unit")), next((each for each in areas if each.pk == user.unit_id), None))
    offered = [
        (each, place) for each in OFFERED.values() if unit is not None
        for place in [Place(unit, each)] if (not place.personal or user.unit_id == unit.pk) and (not place.is_area or takes_areas(each))
    ]  # fmt: skip
    return render(request, "desk/new.html", {"areas": areas, "unit": unit, "offered": offered})


def make(request: HttpRequest, place: Place) -> HttpResponse:
    """The form of a new plan; "from": the plan whose values and tables it begins with."""
    return _form(request, place, _source(request, me(request), place), None)


def change(request: HttpRequest, plan: Plan) -> HttpResponse:
    """The same form over a draft."""
    if request.method != "POST" and plan.state is not PlanState.DRAFT:
        return redirect("plan", pk=plan.pk)
    try:
        return _form(request, Place(plan.unit, planner_of(plan)), plan, plan)
    except UserError as error:
        messages.error(request, str(error))
        return redirect("plan", pk=plan.pk)


def _source(request: HttpRequest, user: User, place: Place) -> Plan | None:
    pk = request.GET.get("from", "")
    found = plans_of(user).filter(planner=place.planner.id, pk=int(pk)) if pk.isascii() and pk.isdigit() and len(pk) < 19 else None
    return found.first() if found is not None else None


def _form(request: HttpRequest, place: Place, source: Plan | None, draft: Plan | None) -> HttpResponse:
    releases, held = place.releases(), _held(source)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    forms = (
        Basics(data, releases=[] if place.is_area else releases, asks_days=_asks_days(place), initial=_first(source, draft)),
        Parameters(data, planner=place.planner, initial=source.values if source else {}),
        Tables(data, files, planner=place.planner, held={id: name for id, (name, _) in held.items()},
               made=made_before(place.unit, [each.file_name for each in place.planner.tables])),
    )  # fmt: skip
    if data is not None and all(each.is_valid() for each in forms):
        try:
            plan = _written(request, place, forms, releases, held, draft)
        except UserError as error:
            forms[0].add_error(None, str(error))
        else:
            return _begun(request, plan)
    basics, parameters, tables = forms
    context = {"place": place, "basics": basics, "parameters": parameters, "tables": tables, "source": source, "draft": draft, "releases": releases,
               "lacks_release": place.planner.needs_facts and not releases}  # fmt: skip
    return render(request, "desk/make.html", context, status=200 if data is None else 422)


def _asks_days(place: Place) -> bool:
    return any(each.people for each in place.planner.tables)


def _first(source: Plan | None, draft: Plan | None) -> Mapping[str, Any]:
    if source is None:
        return {}
    first = {"name": source.name if draft else f"{source.name}（改）"[:80]}
    return first | ({"release": str(source.releases[0])} if draft and len(source.releases) == 1 else {})


def _held(source: Plan | None) -> dict[str, tuple[str, Any]]:
    """Table id → name and row of the table it begins with."""
    return {each.table: (each.name, each) for each in source.files.exclude(table="")} if source else {}


def _written(request: HttpRequest, place: Place, forms: tuple[Basics, Parameters, Tables], releases: list[CountyRelease], held: Mapping[str, tuple[str, Any]],
             draft: Plan | None) -> Plan:  # fmt: skip
    basics, parameters, tables = forms
    uploaded = {id: (file_name(name), data) for id, (name, data) in tables.uploaded().items()}
    personal = is_personal(place.planner, {*uploaded, *held})
    given = {id: kept(name, data, personal=personal) for id, (name, data) in uploaded.items()}
    if draft is None or draft.personal != personal:
        given = {id: _again(row, personal) for id, (_, row) in held.items()} | given
    chosen = [each.pk for each in releases] if place.is_area else [int(basics.cleaned_data["release"])] if releases else []
    filled = Draft(basics.cleaned_data["name"], parameters.typed(), chosen, given, basics.cleaned_data.get("days", 90))
    if draft is not None:
        return change_plan(draft, place.planner, filled, by=me(request))
    return make_plan(place.unit, place.planner, filled, by=me(request))


def _again(row: Any, personal: bool) -> Kept:
    return kept(row.name, bytes_of(row), personal=personal)


def _begun(request: HttpRequest, plan: Plan) -> HttpResponse:
    if "start" not in request.POST:
        messages.success(request, "已存为草稿。")
        return redirect("plan", pk=plan.pk)
    try:
        start(plan, by=me(request))
    except UserError as error:
        messages.error(request, f"已存为草稿，还不能求解：{error}")
    return redirect("plan", pk=plan.pk)


def templates(request: HttpRequest, place: Place) -> HttpResponse:
    """The planner's blank tables, with the county's schools filled in where the planner does that."""
    releases = place.releases()[:1] if place.planner.prefilled and not place.is_area else []
    try:
        facts = county_facts(releases)
    except UserError as error:
        messages.error(request, str(error))
        return redirect("plan_make", code=place.unit.code, planner=place.planner.id)
    packed = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in place.planner.write_templates(Path(folder), facts):
            archive.write(path, path.name)
    return download(packed.getvalue(), f"{place.unit.name}{place.planner.label}空白表.zip", "application/zip")
