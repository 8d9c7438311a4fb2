"""省、市 page."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from junheng.web.accounts.models import User
from junheng.web.dashboards.area import area_of, between_of, map_of, targets_of
from junheng.web.dashboards.permissions import SUPPOSE
from junheng.web.pages.listing import page_of
from junheng.web.reporting.queries import UnitInRound


def area_board(request: HttpRequest, place: UnitInRound) -> HttpResponse:
    area = area_of(place)
    kind, city = request.GET.get("kind", ""), request.GET.get("city", "")
    rows = [each for each in area.counties if kind in ("", each.kind) and (not city or (each.unit.parent and each.unit.parent.code == city))]
    return render(request, "dashboards/area.html", {
        "place": place, "may_suppose": SUPPOSE.allows(cast(User, request.user), place), "area": area, "counts": area.counts, "total": len(area.counties), "share": area.counts["pass"] / max(1, len(area.counties)),
        "targets": targets_of(area), "between": between_of(area), "map": map_of(area), "kind": kind, "city": city,
        "cities": area.cities, "page": page_of(request, rows),
    })  # fmt: skip

