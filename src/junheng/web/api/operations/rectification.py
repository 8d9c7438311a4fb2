"""Problems: how they stand, and reporting how they are mended."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from junheng.web.api import scopes
from junheng.web.api.filters import InState, M, Word
from junheng.web.api.gate import Gate, owner
from junheng.web.api.operations.declared import Key, Number, done_once, gate_of, read, write
from junheng.web.api.paging import page_of
from junheng.web.api.schemas.common import PageOut
from junheng.web.api.schemas.rectification import ProblemItem
from junheng.web.api.schemas.steps import StepIn
from junheng.web.rectification.actions.moves import ACTIONS
from junheng.web.rectification.pages import PAGES
from junheng.web.rectification.permissions import PLAN, SUBMIT
from junheng.web.rectification.queries import late_on, problems_of

router = Router(tags=["整改"])
_PROBLEMS = gate_of(PAGES, "problem")
_STEPS = Gate((PLAN, SUBMIT), _PROBLEMS.subject)


class OfProblems(InState):
    department: Word | None = Field(None, description="责任部门")
    late: bool = Field(False, description="只要责任单位已经逾期的")

    def cut(self, found: QuerySet[M], of_round: str = "round_id") -> QuerySet[M]:
        found = super().cut(found, of_round)
        if self.department is not None:
            found = found.filter(department=self.department)
        return found.filter(late_on(timezone.localdate())) if self.late else found


@router.get("/problems", **read(scopes.PROBLEMS, _PROBLEMS, PageOut[ProblemItem], "问题", "api_problems"))
def problems(request: HttpRequest, cut: Annotated[OfProblems, Query()]) -> Any:
    user = owner(request)
    return page_of(cut.cut(problems_of(user)), cut, lambda each: ProblemItem.of(each, user))


@router.get("/problems/{int:pk}", **read(scopes.PROBLEMS, _PROBLEMS, ProblemItem, "一个问题", "api_problem"))
def problem(request: HttpRequest, pk: Number) -> Any:
    return ProblemItem.of(_PROBLEMS.find(request, pk=pk), owner(request))


@router.post("/problems/{int:pk}/steps/{step}", **write(scopes.MENDING, _STEPS, ProblemItem, "报送整改措施、整改结果", "api_problem_step"))
def take_step(request: HttpRequest, pk: Number, step: Literal["plan", "submit"], entered: StepIn, key: Key) -> HttpResponse:
    found, user = _STEPS.find(request, pk=pk), owner(request)

    def act() -> dict[str, Any]:
        ACTIONS[step](found, by=user, data=entered.data, seen_moves=entered.moves)
        return ProblemItem.of(_PROBLEMS.find(request, pk=pk), user)

    return done_once(request, key, (json.dumps(entered.model_dump(), sort_keys=True),), act, ProblemItem)
