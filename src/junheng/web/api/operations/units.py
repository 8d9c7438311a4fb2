"""Units and rounds."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from junheng.web.api import scopes
from junheng.web.api.gate import Gate, owner
from junheng.web.api.operations.declared import read
from junheng.web.api.paging import Paging, page_of
from junheng.web.api.permissions import USE
from junheng.web.api.problems import no_such_thing
from junheng.web.api.schemas.common import PageOut
from junheng.web.api.schemas.units import RoundOut, UnitOut
from junheng.web.areas.models import Unit
from junheng.web.rights.levels import UnitKind
from junheng.web.rounds.permissions import VIEW
from junheng.web.rounds.queries import rounds_shown_to

router = Router(tags=["单位和轮次"])


def _unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


_UNITS = Gate((USE,), _unit)
_ROUNDS = Gate((VIEW,))


@router.get("/units", **read(scopes.UNITS, _UNITS, PageOut[UnitOut], "单位", "api_units"))
def units(request: HttpRequest, paging: Paging, kind: UnitKind | None = None, below: str = "") -> Any:
    """Within reach. kind: of this kind alone; below: at and below the unit of this code."""
    found = Unit.objects.within(*owner(request).reach)
    if kind:
        found = found.filter(kind=kind)
    if below:
        found = found.within(_UNITS.find(request, code=below).path)
    return page_of(found, paging, UnitOut.of, "path")


@router.get("/units/{code}", **read(scopes.UNITS, _UNITS, UnitOut, "一个单位", "api_unit"))
def unit(request: HttpRequest, code: str) -> Any:
    return UnitOut.of(_UNITS.find(request, code=code))


@router.get("/rounds", **read(scopes.ROUNDS, _ROUNDS, PageOut[RoundOut], "评估轮次", "api_rounds"))
def rounds(request: HttpRequest, paging: Paging) -> Any:
    return page_of(rounds_shown_to(owner(request)), paging, RoundOut.of)


@router.get("/rounds/{int:pk}", **read(scopes.ROUNDS, _ROUNDS, RoundOut, "一个轮次", "api_round"))
def round(request: HttpRequest, pk: int) -> Any:
    found = rounds_shown_to(owner(request)).filter(pk=pk).first()
    if found is None:
        raise no_such_thing()
    return RoundOut.of(found)
