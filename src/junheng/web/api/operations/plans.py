"""The planning desk. Plans made from lists of people are not here, whoever asks: their results may name children and teachers."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from ninja import File, Path, Query, Router, Schema
from ninja.files import UploadedFile
from pydantic import ConfigDict, Field

from junheng.planners.model import Kind, Planner
from junheng.web.api import scopes
from junheng.web.api.document import FILE
from junheng.web.api.filters import Below
from junheng.web.api.gate import Gate, owner
from junheng.web.api.operations.boards import UnitCode
from junheng.web.api.operations.declared import Key, Number, done_once, gate_of, read, read_file, write
from junheng.web.api.paging import Paging, page_of, slice_of
from junheng.web.api.problems import no_such_thing
from junheng.web.api.schemas.common import PageOut
from junheng.web.api.schemas.plans import ComparisonOut, Id, MeasureOut, PlanIn, PlanItem, PlannerOut, PlanOut
from junheng.web.desk import actions
from junheng.web.desk.answer import read as read_answer
from junheng.web.desk.comparison import MOST, compare
from junheng.web.desk.contents import bytes_of
from junheng.web.desk.forms import Parameters, file_fault
from junheng.web.desk.models import Plan
from junheng.web.desk.offered import OFFERED, is_personal
from junheng.web.desk.pages import PAGES
from junheng.web.desk.permissions import PLAN
from junheng.web.desk.queries import listed, plans_of, side_by_side
from junheng.web.desk.questions import planner_of
from junheng.web.desk.states import STATES, PlanState
from junheng.web.desk.views.making import Place
from junheng.web.flow.errors import Refused
from junheng.web.reporting.uploads import file_name

router = Router(tags=["规划台"])
_PLANS = gate_of(PAGES, "plan")
_CHANGING = Gate((PLAN,), _PLANS.subject)
_PLACES = gate_of(PAGES, "plan_make")
_OPEN = {id: each for id, each in OFFERED.items() if not is_personal(each)}
StateId = Literal["draft", "queued", "solving", "solved", "impossible", "stopped", "failed"]


class OfPlans(Below):
    planner: Id | None = Field(None, description="只要这种规划的")
    state: StateId | None = Field(None, description="只要这个状态的")


class Beside(Schema):
    model_config = ConfigDict(extra="ignore")

    p: str = Field(pattern=f"^[0-9]{{1,18}}(,[0-9]{{1,18}}){{1,{MOST - 1}}}$", description="方案的编号，两个到四个，用逗号分开：p=1,2")


def _plan(request: HttpRequest, pk: int, gate: Gate = _PLANS) -> Plan:
    """Raises ApiProblem 404, also for one about people."""
    found: Plan = gate.find(request, pk=pk)
    if found.personal:
        raise no_such_thing()
    return found


@router.get("/planners", **read(scopes.PLANS, _PLANS, PageOut[PlannerOut], "有哪些规划，各要什么", "api_planners"))
def planners(request: HttpRequest, paging: Paging) -> Any:
    return slice_of([PlannerOut.of(each) for each in _OPEN.values()], paging)


@router.get("/plans", **read(scopes.PLANS, _PLANS, PageOut[PlanItem], "方案", "api_plans"))
def plans(request: HttpRequest, cut: Annotated[OfPlans, Query()]) -> Any:
    """Oldest first."""
    found = cut.cut_below(listed(plans_of(owner(request)).filter(personal=False)))
    if cut.planner is not None:
        found = found.filter(planner=cut.planner)
    if cut.state is not None:
        found = found.filter(STATES[PlanState(cut.state)].rows)
    return page_of(found, cut, PlanItem.of)


@router.post("/units/{code}/plans/{planner}", **write(scopes.PLANNING, _PLACES, PlanOut, "建立方案，立即求解", "api_plan_make", 201))
def make(request: HttpRequest, code: UnitCode, planner: Annotated[Id, Path(description="规划的编号")], asked: PlanIn, key: Key) -> HttpResponse:
    """On the newest release, unless one is named; of an area on the newest of every county."""
    place: Place = _PLACES.find(request, code=code, planner=planner)
    if place.personal:
        raise no_such_thing()
    draft = actions.Draft(asked.name, _typed(place.planner, asked.values), _releases(place, asked.release))

    def act() -> dict[str, Any]:
        plan = actions.make_plan(place.unit, place.planner, draft, by=owner(request))
        return PlanOut.of_plan(actions.start(plan, by=owner(request)) if asked.start else plan)

    return done_once(request, key, (asked.model_dump_json(),), act, PlanOut, 201)


def _typed(planner: Planner, values: Mapping[str, str]) -> dict[str, str]:
    """As the form of the desk reads them. Raises Refused with what is wrong, parameter by parameter."""
    known = {each.id: each for each in planner.parameters}
    if unknown := values.keys() - known.keys():
        raise Refused("没有这个参数", why=f"不认得 {'、'.join(sorted(unknown))[:200]}", remedy=f"这里可以用：{'、'.join(known) or '没有参数'}")
    flags = {id for id in values if known[id].kind is Kind.FLAG and not known[id].read(values[id])}
    form = Parameters({f"v-{id}": text for id, text in values.items() if id not in flags}, planner=planner)
    if not form.is_valid():
        wrong = {id: "；".join(str(each) for each in said) for id, said in form.errors.items()}
        raise Refused("参数不对", why="；".join(wrong.values()), remedy="请按 /planners 列出的改正", fields=wrong)
    return form.typed()


def _releases(place: Place, wanted: int | None) -> list[int]:
    """Raises Refused."""
    found = [each.pk for each in place.releases()]
    if place.is_area or wanted is None:
        return found if place.is_area else found[:1]
    if wanted not in found:
        raise Refused("不能用这个数据版本", why=f"{place.unit.name}没有编号为 {wanted} 的冻结版本，或这种规划不用它", remedy="请从 /releases 里选")
    return [wanted]


@router.get("/plans/compare", **read(scopes.PLANS, _PLANS, ComparisonOut, "方案并排比较", "api_plans_compared"))
def compared(request: HttpRequest, asked: Annotated[Beside, Query()]) -> Any:
    """Of one planner, each with an answer."""
    wanted = {int(each) for each in asked.p.split(",")}
    found = [each for each in side_by_side(owner(request), asked.p.split(",")) if not each.personal]
    if len(wanted) > 1 and len(found) < len(wanted):
        raise no_such_thing()
    if len(found) < 2 or len({each.planner for each in found}) > 1:
        raise Refused("不能比较", why="要两个以上、同一种规划的方案", remedy="请从 /plans?planner=… 里选")
    return ComparisonOut.of(compare(found))


@router.get("/plans/{int:pk}", **read(scopes.PLANS, _PLANS, PlanOut, "一个方案和结果", "api_plan"))
def plan(request: HttpRequest, pk: Number) -> Any:
    return PlanOut.of_plan(_plan(request, pk))


@router.get("/plans/{int:pk}/measures", **read(scopes.PLANS, _PLANS, PageOut[MeasureOut], "方案的措施", "api_plan_measures"))
def measures(request: HttpRequest, pk: Number, paging: Paging) -> Any:
    return slice_of([MeasureOut.of(each) for each in read_answer(_plan(request, pk).result).tasks], paging)


@router.get("/plans/{int:pk}/files/{int:file_id}", **read_file(scopes.PLANS, _PLANS, "方案的一个文件", "api_plan_file"))
def file(request: HttpRequest, pk: Number, file_id: Number) -> HttpResponse:
    found = _plan(request, pk).files.filter(pk=file_id).first()
    if found is None:
        raise no_such_thing()
    response = HttpResponse(bytes_of(found), content_type=FILE)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(PurePosixPath(found.name).name)}"
    return response


@router.post("/plans/{int:pk}/tables/{table}", **write(scopes.PLANNING, _CHANGING, PlanOut, "给草稿上传一张表", "api_plan_table"))
def put_table(request: HttpRequest, pk: Number, table: Annotated[Id, Path(description="表的编号")], file: File[UploadedFile], key: Key) -> HttpResponse:
    """In place of the one it had. A table of people is refused."""
    found = _plan(request, pk, _CHANGING)
    planner, name, data = planner_of(found), file_name(file.name or ""), file.read()
    if not any(each.id == table and not each.people for each in planner.tables):
        raise Refused("这种规划在接口上没有这张表", why="个人名单只在规划台上传", remedy="请按 /planners 列出的上传")
    if fault := file_fault(name, len(data)):
        raise Refused("表不能用", why=fault, remedy="请另存以后再传")

    def act() -> dict[str, Any]:
        return PlanOut.of_plan(actions.put_table(found, planner, table, name, data, by=owner(request)))

    return done_once(request, key, (table, name, sha256(data).hexdigest()), act, PlanOut)


@router.post("/plans/{int:pk}/steps/{step}", **write(scopes.PLANNING, _CHANGING, PlanOut, "求解、就用现在最好的、停止", "api_plan_step"))
def take_step(request: HttpRequest, pk: Number, step: Literal["start", "settle", "stop"], key: Key) -> HttpResponse:
    found = _plan(request, pk, _CHANGING)

    def act() -> dict[str, Any]:
        {"start": actions.start, "settle": actions.settle, "stop": actions.stop}[step](found, by=owner(request))
        return PlanOut.of_plan(_plan(request, pk))

    return done_once(request, key, (), act, PlanOut)
