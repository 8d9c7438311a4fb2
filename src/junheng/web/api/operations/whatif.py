"""试算: ask what would come of a change; save it, read what was saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from junheng.web.api import scopes
from junheng.web.api.filters import OfUnit
from junheng.web.api.gate import owner
from junheng.web.api.operations.boards import UnitCode
from junheng.web.api.operations.declared import Key, Number, done_once, gate_of, read, write
from junheng.web.api.paging import Paged, Paging, page_of, slice_of
from junheng.web.api.problems import no_such_thing, nothing_frozen
from junheng.web.api.schemas.common import PageOut
from junheng.web.api.schemas.whatif import (
    ChangeableFigure,
    ChangeableLimit,
    ChangeableOut,
    OutcomeOut,
    ScenarioIn,
    ScenarioItem,
    ScenarioOut,
    SupposeIn,
    TurnedOut,
)
from junheng.web.areas.models import lies_within
from junheng.web.dashboards.actions import save_scenario
from junheng.web.dashboards.changes import CHANGEABLE, Change, all_of
from junheng.web.dashboards.models import Scenario
from junheng.web.dashboards.pages import PAGES
from junheng.web.dashboards.prepared import prepared
from junheng.web.dashboards.queries import loaded, newest_numbers, releases_within
from junheng.web.dashboards.whatif import Outcome, what_if
from junheng.web.reporting.models import CountyRelease
from junheng.web.reporting.queries import UnitInRound
from junheng.web.rights.levels import UnitKind

router = Router(tags=["试算"])
_PLACES = gate_of(PAGES, "whatif")
_SCENARIOS = gate_of(PAGES, "scenario")
WEIGHT = 10
"""A what-if judges a whole county or province again."""
_PATH = "/boards/{int:round_id}/units/{code}"


def _over(request: HttpRequest, round_id: int, code: str) -> tuple[UnitInRound, list[CountyRelease]]:
    """The place, and the newest release of every county of it. Raises ApiProblem 404 for a school and where nothing is frozen."""
    place: UnitInRound = _PLACES.find(request, round_id=round_id, code=code)
    if place.unit.kind == UnitKind.SCHOOL:
        raise no_such_thing()
    releases = releases_within(place)
    if not releases:
        raise nothing_frozen()
    return place, releases


def _outcome(found: Outcome, changes: Sequence[Change], paging: Paged) -> dict[str, Any]:
    page = slice_of(list(found.turned), paging)
    return OutcomeOut.of(found, changes, page | {"items": [TurnedOut.of(each) for each in page["items"]]})


@router.get(f"{_PATH}/whatif", **read(scopes.SUPPOSING, _PLACES, ChangeableOut, "试算可以改什么", "api_changeable"))
def changeable(request: HttpRequest, round_id: Number, code: UnitCode) -> Any:
    """The values of the standard as they stand there, and the columns of a school's form."""
    policy = next(iter(prepared(_over(request, round_id, code)[1]).policies.values()))
    limits = [ChangeableLimit.of(limit, key, policy) for limit in policy.limits.values() for key in limit.values]
    return {"limits": limits, "figures": [ChangeableFigure.of(each) for each in CHANGEABLE]}


@router.post(f"{_PATH}/whatif", **write(scopes.SUPPOSING, _PLACES, OutcomeOut, "试算", "api_whatif", weight=WEIGHT))
def whatif(request: HttpRequest, round_id: Number, code: UnitCode, supposed: SupposeIn, paging: Paging) -> Any:
    """Verdicts old and new. Nothing is kept."""
    _, releases = _over(request, round_id, code)
    changes = supposed.read()
    return _outcome(what_if(prepared(releases), changes), changes, paging)


@router.post(f"{_PATH}/scenarios", **write(scopes.SAVING, _PLACES, ScenarioItem, "保存试算", "api_scenario_save", 201, WEIGHT))
def save(request: HttpRequest, round_id: Number, code: UnitCode, supposed: ScenarioIn, key: Key) -> HttpResponse:
    """Over the newest releases of now, so that it says the same whenever it is read. What fits nothing there is refused."""
    place, releases = _over(request, round_id, code)
    changes = supposed.read()
    what_if(prepared(releases), changes)

    def act() -> dict[str, Any]:
        return ScenarioItem.of(save_scenario(place, supposed.title, changes, releases, by=owner(request)))

    return done_once(request, key, (supposed.model_dump_json(),), act, ScenarioItem, 201)


@router.get("/scenarios", **read(scopes.SUPPOSING, _SCENARIOS, PageOut[ScenarioItem], "保存的试算", "api_scenarios"))
def scenarios(request: HttpRequest, cut: OfUnit) -> Any:
    """Oldest first."""
    found = Scenario.objects.filter(lies_within(*owner(request).reach)).select_related("unit", "round")
    return page_of(cut.cut(found), cut, ScenarioItem.of)


@router.get("/scenarios/{int:pk}", **read(scopes.SUPPOSING, _SCENARIOS, ScenarioOut, "一个保存的试算和结果", "api_scenario"))
def scenario(request: HttpRequest, pk: Number, paging: Paging) -> Any:
    """Over the releases it was saved over."""
    kept: Scenario = _SCENARIOS.find(request, pk=pk)
    releases, changes = loaded(kept.releases), all_of(kept.changes)
    if not releases or len(releases) < len(kept.releases):
        raise nothing_frozen()
    outdated = newest_numbers(UnitInRound(kept.round, kept.unit)) != set(kept.releases)
    return ScenarioItem.of(kept) | {"outdated": outdated, "outcome": _outcome(what_if(prepared(releases), changes), changes, paging)}
