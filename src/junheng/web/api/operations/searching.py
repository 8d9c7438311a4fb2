"""One box over units, clauses and problems; the clauses themselves."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field

from junheng.web.api import scopes
from junheng.web.api.filters import BIGGEST
from junheng.web.api.gate import owner
from junheng.web.api.operations.declared import gate_of, read
from junheng.web.api.paging import Paged, slice_of
from junheng.web.api.schemas.common import PageOut
from junheng.web.api.schemas.searching import ClauseOut, SearchOut
from junheng.web.dashboards.pages import PAGES
from junheng.web.dashboards.searching import clauses_seen_by, found
from junheng.web.rounds.queries import current_round, rounds_seen_by

router = Router(tags=["搜索"])


class Asked(Schema):
    model_config = ConfigDict(extra="ignore")

    q: str = Field(min_length=1, max_length=40, pattern=r"^[^\x00]*$", description="找什么；几个词用空格分开，每个词都要有")


class OfClauses(Paged):
    round: int | None = Field(None, ge=1, le=BIGGEST, description="轮次的编号；不写是现在的轮次")


@router.get("/search", **read(scopes.SEARCH, gate_of(PAGES, "search"), SearchOut, "搜索", "api_search"))
def search(request: HttpRequest, asked: Annotated[Asked, Query()]) -> Any:
    """Units and problems within reach."""
    user = owner(request)
    return {"groups": [{"id": each.id, "label": each.label, "there_are_more": each.there_are_more, "hits": [vars(hit) for hit in each.hits]}
                       for each in found(user, asked.q, current_round(user))]}  # fmt: skip


@router.get("/clauses", **read(scopes.BOARDS, gate_of(PAGES, "clauses"), PageOut[ClauseOut], "标准的条款", "api_clauses"))
def clauses(request: HttpRequest, cut: Annotated[OfClauses, Query()]) -> Any:
    """As they stand where the account's unit lies."""
    user = owner(request)
    round = current_round(user) if cut.round is None else rounds_seen_by(user).exclude(state="planned").filter(pk=cut.round).first()
    return slice_of([ClauseOut.model_validate(vars(each)) for each in clauses_seen_by(user, round)], cut)
