"""Evaluations, and what is announced to the public."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from ninja import Router

from junheng.web.api import scopes
from junheng.web.api.filters import Cut
from junheng.web.api.gate import owner
from junheng.web.api.operations.declared import Number, gate_of, open_to_all, read
from junheng.web.api.paging import Paging, page_of
from junheng.web.api.problems import no_such_thing
from junheng.web.api.schemas.common import PageOut
from junheng.web.api.schemas.evaluation import AnnouncementOut, EvaluationOut
from junheng.web.areas.models import lies_within
from junheng.web.evaluation.models import Evaluation, NationalRecognition
from junheng.web.evaluation.pages import PAGES
from junheng.web.publicity.models import Announcement

router = Router(tags=["评估和公示"])
_EVALUATIONS = gate_of(PAGES, "evaluation")


def _with_national(found: QuerySet[Evaluation]) -> QuerySet[Evaluation]:
    national = NationalRecognition.objects.filter(unit=OuterRef("unit")).order_by().values("state")[:1]
    return found.select_related("unit", "round", "release").defer("release__result", "release__detail").annotate(national_state=Subquery(national))


@router.get("/evaluations", **read(scopes.EVALUATIONS, _EVALUATIONS, PageOut[EvaluationOut], "评估验收", "api_evaluations"))
def evaluations(request: HttpRequest, cut: Cut) -> Any:
    found = Evaluation.objects.filter(lies_within(*owner(request).reach))
    return page_of(_with_national(cut.cut(found)), cut, EvaluationOut.of)


@router.get("/evaluations/{int:pk}", **read(scopes.EVALUATIONS, _EVALUATIONS, EvaluationOut, "一个评估", "api_evaluation"))
def evaluation(request: HttpRequest, pk: Number) -> Any:
    found = _EVALUATIONS.find(request, pk=pk)
    return EvaluationOut.of(_with_national(Evaluation.objects.filter(pk=found.pk)).get())


@router.get("/announcements", **open_to_all(PageOut[AnnouncementOut], "公示公告", "api_announcements"))
def announcements(request: HttpRequest, paging: Paging) -> Any:
    """公示 that are open and 公告 in force; withdrawn ones are not among them."""
    return page_of(Announcement.objects.exclude(state="withdrawn").select_related("unit"), paging, AnnouncementOut.of)


@router.get("/announcements/{int:pk}", **open_to_all(AnnouncementOut, "一件公示公告", "api_announcement"))
def announcement(request: HttpRequest, pk: Number) -> Any:
    found = Announcement.objects.select_related("unit").filter(pk=pk).first()
    if found is None:
        raise no_such_thing()
    return AnnouncementOut.of(found)
