"""Units and rounds."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query, Router
from pydantic import Field

from junheng.web.api import scopes
from junheng.web.api.filters import Code
from junheng.web.api.gate import Gate, owner
from junheng.web.api.operations.declared import Number, read
from junheng.web.api.paging import Paged, Paging, page_of
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


class OfUnits(Paged):
    kind: UnitKind | None = Field(None, description="只要这一级的")
    below: Code | None = Field(None, description="这个代码的单位及其下属")


@router.get("/units", **read(scopes.UNITS, _UNITS, PageOut[UnitOut], "单位", "api_units"))
def units(request: HttpRequest, cut: Annotated[OfUnits, Query()]) -> Any:
    """Within reach."""
    found = Unit.objects.within(*owner(request).reach)
    if cut.kind is not None:
        found = found.filter(kind=cut.kind)
    if cut.below is not None:
        found = found.within(*Unit.objects.filter(code=cut.below).values_list("path", flat=True))
    return page_of(found, cut, UnitOut.of, "path")


@router.get("/units/{code}", **read(scopes.UNITS, _UNITS, UnitOut, "一个单位", "api_unit"))
def unit(request: HttpRequest, code: Annotated[Code, Path()]) -> Any:
    return UnitOut.of(_UNITS.find(request, code=code))


@router.get("/rounds", **read(scopes.ROUNDS, _ROUNDS, PageOut[RoundOut], "评估轮次", "api_rounds"))
def rounds(request: HttpRequest, paging: Paging) -> Any:
    return page_of(rounds_shown_to(owner(request)), paging, RoundOut.of)


@router.get("/rounds/{int:pk}", **read(scopes.ROUNDS, _ROUNDS, RoundOut, "一个轮次", "api_round"))
def round(request: HttpRequest, pk: Number) -> Any:
    found = rounds_shown_to(owner(request)).filter(pk=pk).first()
    if found is None:
        raise no_such_thing()
    return RoundOut.of(found)
