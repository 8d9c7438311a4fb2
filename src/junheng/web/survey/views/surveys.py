"""The list of surveys, the page of one, and its plan."""

from __future__ import annotations

import io
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from junheng.common.errors import UserError
from junheng.web.areas.models import lies_within
from junheng.web.evaluation.models import Evaluation
from junheng.web.pages.listing import page_of
from junheng.web.survey.actions import plan, prepare
from junheng.web.survey.actions.planning import Wanted
from junheng.web.survey.counting import by_question, by_school
from junheng.web.survey.models import Survey
from junheng.web.survey.permissions import INTERVIEW, RUN
from junheng.web.survey.populations import BY_PUPILS, pupils_of
from junheng.web.survey.result import result_of
from junheng.web.survey.sizes import FORMULA, to_hand_out
from junheng.web.survey.table_vi import table_vi


def surveys(request: HttpRequest) -> HttpResponse:
    """Surveys within reach, those under way first."""
    user: Any = request.user
    found = Survey.objects.filter(lies_within(*user.reach)).select_related("unit", "evaluation__round")
    page = page_of(request, found)
    return render(request, "survey/surveys.html", {"page": page, "running": found.filter(state="open").count()})


def survey(request: HttpRequest, evaluation: Evaluation) -> HttpResponse:
    """The survey of an evaluation's present application: how far it is, what came out. POST makes one."""
    if request.method == "POST" and RUN.allows(request.user, evaluation):  # type: ignore[arg-type]
        try:
            return redirect("survey_plan", pk=prepare(evaluation, by=request.user).pk)  # type: ignore[arg-type]
        except UserError as error:
            messages.error(request, str(error))
    found = Survey.objects.filter(evaluation=evaluation).select_related("unit", "evaluation__unit", "evaluation__round", "evaluation__release")
    shown = found.exclude(state="withdrawn").filter(application=evaluation.application).first()
    may = {"run": RUN.allows(request.user, evaluation), "interview": INTERVIEW.allows(request.user, evaluation)}  # type: ignore[arg-type]
    context: dict[str, Any] = {"evaluation": evaluation, "survey": shown, "earlier": [each for each in found if each != shown], "may": may}
    if shown is not None:
        context |= {"result": result_of(shown), "asked": shown.questionnaire, "schools": by_school(shown), "questions": _questions(shown)}
    return render(request, "survey/survey.html", context)


def _questions(survey: Survey) -> list[tuple[str, int, int, float | None]]:
    """Question, content, answered, share of them in per cent; None where nobody answered."""
    return [(text, satisfied, of, satisfied / of * 100 if of else None) for text, satisfied, of in by_question(survey)]


def plan_page(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Populations in, least numbers of answers out."""
    pupils = pupils_of(survey.evaluation)
    error: UserError | None = None
    if request.method == "POST":
        try:
            total = plan(survey, _wanted(request.POST, survey, pupils), by=request.user)  # type: ignore[arg-type]
            messages.success(request, f"已保存抽样计划：共需有效问卷 {total} 份。")
            return redirect("survey_plan", pk=survey.pk)
        except UserError as refused:
            error = refused
    strata: dict[str, list[Any]] = {}
    for each in survey.strata.select_related("school"):
        strata.setdefault(each.group, []).append(each)
    rows = [_row(request, survey, group, strata.get(group.id, []), pupils) for group in survey.questionnaire.groups]
    context = {"survey": survey, "asked": survey.questionnaire, "rows": rows, "error": error, "formula": FORMULA, "posted": request.POST,
               "total": sum(row["quota"] or 0 for row in rows), "schools": len(pupils)}  # fmt: skip
    return render(request, "survey/plan.html", context, status=422 if error else 200)


def _row(request: HttpRequest, survey: Survey, group: Any, strata: list[Any], pupils: Mapping[str, int]) -> dict[str, Any]:
    by_pupils = group.id in BY_PUPILS and bool(pupils)
    population = sum(each.population or 0 for each in strata) if strata else None
    quota = sum(each.quota for each in strata) if strata else None
    entered = request.POST.get(f"population_{group.id}", "" if population is None else str(population))
    return {"group": group, "by_pupils": by_pupils, "pupils": sum(pupils.values()), "entered": entered, "population": population, "quota": quota,
            "codes": to_hand_out(quota, population, float(survey.response)) if quota and population else None, "strata": strata}  # fmt: skip


def _wanted(form: Mapping[str, str], survey: Survey, pupils: Mapping[str, int]) -> Wanted:
    def fraction(name: str, label: str) -> Decimal:
        try:
            return Decimal(form.get(name, "").strip()) / 100
        except InvalidOperation:
            raise UserError(f"“{label}”不是数", remedy="请填百分数，如 95") from None

    populations: dict[str, int] = {}
    schools: dict[str, Mapping[str, int]] = {}
    for group in survey.questionnaire.groups:
        if group.id in BY_PUPILS and pupils:
            schools[group.id] = pupils
            continue
        text = form.get(f"population_{group.id}", "").strip()
        if text and not (text.isascii() and text.isdigit()):
            raise UserError(f"“{group.label}”的人数应是整数", why=f"填的是“{text}”", remedy="没有数的空着，不要填 0")
        if text:
            populations[group.id] = int(text)
    return Wanted(fraction("confidence", "置信水平"), fraction("margin", "允许误差"), fraction("response", "预计回收率"), populations, schools)


def table(request: HttpRequest, survey: Survey) -> FileResponse:
    """表Ⅵ as a workbook."""
    name = f"{survey.unit.name}表Ⅵ社会认可度调查情况{'' if survey.result else '（未确认）'}.xlsx"
    return FileResponse(io.BytesIO(table_vi(survey)), as_attachment=True, filename=name)
