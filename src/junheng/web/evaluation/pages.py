"""The URLs of evaluations."""

from __future__ import annotations

from django.urls import reverse

from junheng.web.evaluation.actions import ACCEPTANCE_ACTIONS, RECOGNITION_ACTIONS
from junheng.web.evaluation.models import Evaluation, NationalRecognition
from junheng.web.evaluation.permissions import (
    ACCEPT,
    ASSIGN,
    CORRECT,
    OPINION,
    RECOMPUTE,
    SEE,
    SEE_MATERIALS,
    STATE_CASE,
    VISIT,
)
from junheng.web.evaluation.views import corrections, evaluations, experts, materials, visits
from junheng.web.flow.pages import process_pages
from junheng.web.pages.table import Page


def _evaluation(pk: int) -> Evaluation:
    return Evaluation.objects.select_related("unit", "round", "release", "announcement").get(pk=pk)


def _page_of_county(recognition: NationalRecognition) -> str:
    latest = Evaluation.objects.filter(unit=recognition.unit).last()
    return reverse("evaluation", kwargs={"pk": latest.pk}) if latest else reverse("evaluations")


PAGES = (
    Page("evaluations/", "evaluations", evaluations.evaluations, SEE, methods=("GET", "POST"), nav="评估验收", order=30),
    Page("evaluations/<int:pk>/", "evaluation", evaluations.evaluation, SEE, _evaluation),
    Page("evaluations/<int:pk>/recompute/", "evaluation_recompute", evaluations.recompute, RECOMPUTE, _evaluation, ("POST",)),
    Page("evaluations/<int:pk>/opinion/", "evaluation_opinion", evaluations.opinion, OPINION, _evaluation),
    Page("evaluations/<int:pk>/statement/", "evaluation_statement", evaluations.statement, (STATE_CASE, ACCEPT), _evaluation, ("POST",)),
    Page("evaluations/<int:pk>/materials/", "materials", materials.materials, SEE_MATERIALS, _evaluation),
    Page("evaluations/<int:pk>/materials/<slug:criterion>/", "material", materials.material, SEE_MATERIALS, _evaluation, ("GET", "POST")),
    Page("evaluations/<int:pk>/experts/", "evaluation_experts", experts.experts, ASSIGN, _evaluation, ("GET", "POST")),
    Page("visits/", "my_visits", visits.my_visits, VISIT, methods=("GET", "POST"), nav="入校核查", order=31),
    Page("evaluations/<int:pk>/visits/<slug:code>/", "visit", visits.visit, VISIT, _evaluation, ("GET", "POST")),
    Page("evaluations/<int:pk>/visits/<slug:code>/photos/<int:judgement_id>/", "visit_photos", visits.visit_photos, VISIT, _evaluation, ("POST",)),
    Page("evaluations/<int:pk>/judgements/<int:judgement_id>/", "judgement", corrections.judgement, CORRECT, _evaluation, ("GET", "POST")),
    *process_pages(Evaluation, "evaluations/", ACCEPTANCE_ACTIONS, lambda subject: reverse("evaluation", kwargs={"pk": subject.pk})),
    *process_pages(NationalRecognition, "recognitions/", RECOGNITION_ACTIONS, _page_of_county),
)
