"""The URLs of surveys."""

from __future__ import annotations

from django.urls import reverse

from junheng.web.evaluation.models import Evaluation
from junheng.web.flow.pages import process_pages
from junheng.web.pages.table import Open, Page
from junheng.web.survey.actions import SURVEY_ACTIONS
from junheng.web.survey.models import Survey
from junheng.web.survey.permissions import INTERVIEW, RUN, SEE
from junheng.web.survey.views import answering, codes, interviews, paper, surveys


def _evaluation(pk: int) -> Evaluation:
    return Evaluation.objects.select_related("unit", "round", "release").get(pk=pk)


def _survey(pk: int) -> Survey:
    return Survey.objects.select_related("unit", "evaluation__unit", "evaluation__round", "evaluation__release").get(pk=pk)


PAGES = (
    Page("surveys/", "surveys", surveys.surveys, SEE, nav="社会认可度", order=32),
    Page("evaluations/<int:pk>/survey/", "survey", surveys.survey, SEE, _evaluation, ("GET", "POST")),
    Page("surveys/<int:pk>/plan/", "survey_plan", surveys.plan_page, RUN, _survey, ("GET", "POST")),
    Page("surveys/<int:pk>/table/", "survey_table", surveys.table, SEE, _survey),
    Page("surveys/<int:pk>/codes/", "survey_codes", codes.codes, RUN, _survey, ("GET", "POST")),
    Page("surveys/<int:pk>/paper/", "survey_paper", paper.paper, RUN, _survey, ("GET", "POST")),
    Page("surveys/<int:pk>/paper/template/", "survey_paper_template", paper.template_file, RUN, _survey),
    Page("surveys/<int:pk>/interviews/", "survey_interviews", interviews.interviews, (INTERVIEW, RUN), _survey, ("GET", "POST")),
    Page("q/", "survey_door", answering.door, Open.PUBLIC, methods=("GET", "POST")),
    Page("q/<slug:code>/", "survey_answer", answering.opened, Open.PUBLIC),
    *process_pages(Survey, "surveys/", SURVEY_ACTIONS, lambda subject: reverse("survey", kwargs={"pk": subject.evaluation_id})),
)
