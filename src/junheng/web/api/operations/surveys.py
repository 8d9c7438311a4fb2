"""Surveys of 社会认可度, and the ledger of commitments."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from junheng.web.api import scopes
from junheng.web.api.filters import Cut, Word
from junheng.web.api.gate import owner
from junheng.web.api.operations.declared import Number, gate_of, read
from junheng.web.api.paging import Paged, page_of, slice_of
from junheng.web.api.schemas.common import PageOut
from junheng.web.api.schemas.surveys import CommitmentOut, SurveyItem, SurveyOut
from junheng.web.areas.models import lies_within
from junheng.web.commitments.ledger import ledger_of, province_of
from junheng.web.commitments.pages import PAGES as COMMITMENT_PAGES
from junheng.web.rounds.queries import current_round
from junheng.web.survey.models import Survey
from junheng.web.survey.pages import PAGES
from junheng.web.survey.result import result_of

router = Router(tags=["社会认可度和政策落实"])
_SURVEYS = gate_of(PAGES, "survey_table")
_LEDGER = gate_of(COMMITMENT_PAGES, "commitments")


class OfLedger(Paged):
    department: Word | None = Field(None, description="牵头部门")


@router.get("/surveys", **read(scopes.SURVEYS, _SURVEYS, PageOut[SurveyItem], "社会认可度调查", "api_surveys"))
def surveys(request: HttpRequest, cut: Cut) -> Any:
    found = Survey.objects.filter(lies_within(*owner(request).reach)).select_related("unit").defer("secret", "result")
    return page_of(cut.cut(found, of_round="evaluation__round_id"), cut, SurveyItem.of)


@router.get("/surveys/{int:pk}", **read(scopes.SURVEYS, _SURVEYS, SurveyOut, "一次调查和结果", "api_survey"))
def survey(request: HttpRequest, pk: Number) -> Any:
    """Shares by group; never who answered what."""
    found = _SURVEYS.find(request, pk=pk)
    return SurveyOut.with_result(found, result_of(found))


@router.get("/commitments", **read(scopes.COMMITMENTS, _LEDGER, PageOut[CommitmentOut], "政策落实台账", "api_commitments"))
def commitments(request: HttpRequest, cut: Annotated[OfLedger, Query()]) -> Any:
    """The worst first."""
    user = owner(request)
    lines = ledger_of(province_of(user), current_round(user), timezone.localdate()).lines
    shown = [each for each in lines if cut.department is None or each.promise.department == cut.department]
    return slice_of([CommitmentOut.of(each) for each in shown], cut)
