"""Grow and prune the tree."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from junheng.common.divisions import CITIES, COUNTIES, PROVINCE_CODE, PROVINCE_NAME
from junheng.web.areas.models import Unit
from junheng.web.rights.levels import UnitKind


@transaction.atomic
def ensure_divisions(county_codes: Iterable[str] | None = None) -> Unit:
    """The province, its cities and counties (all, or those named). Safe to repeat; returns the province."""
    province = ensure_unit(PROVINCE_CODE, PROVINCE_NAME, UnitKind.PROVINCE, None)
    wanted = set(COUNTIES if county_codes is None else county_codes)
    cities = {
        code: ensure_unit(code, city.name, UnitKind.CITY, province)
        for code, city in CITIES.items()
        if any(COUNTIES[county].city.code == code for county in wanted if county in COUNTIES)
    }
    for code in sorted(wanted):
        ensure_unit(code, COUNTIES[code].name, UnitKind.COUNTY, cities[COUNTIES[code].city.code])
    return province


@transaction.atomic
def ensure_unit(code: str, name: str, kind: UnitKind, parent: Unit | None) -> Unit:
    """The unit of this code, made, renamed or moved as said; its descendants move with it. A school that comes to a
    county counts with that one from then on."""
    path = f"{parent.path if parent else ''}{code}/"
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        return Unit.objects.create(code=code, name=name, kind=kind, parent=parent, path=path)
    if (unit.name, unit.kind, unit.parent_id, unit.path) == (name, kind, parent.pk if parent else None, path):
        return unit
    old = unit.path
    unit.name, unit.kind, unit.parent, unit.path = name, kind, parent, path
    if parent is not None and parent.kind == UnitKind.COUNTY:
        unit.lies_in = None
    unit.save()
    if old != path:
        for below in Unit.objects.within(old).exclude(pk=unit.pk):
            below.path = path + below.path[len(old) :]
            below.save(update_fields=["path"])
    return unit

