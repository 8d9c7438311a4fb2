"""Codes: how many went where, and the sheet that is printed once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from junheng.common.errors import UserError
from junheng.web.pages.listing import page_of
from junheng.web.survey.actions import issue, void
from junheng.web.survey.models import Sheet, Stratum, Survey
from junheng.web.survey.qr import svg_of
from junheng.web.survey.sizes import to_hand_out


def codes(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Who is asked where, with a form to print codes. POST answers with the sheet itself: it can be read only now."""
    if request.method == "POST":
        try:
            return _act(request, survey)
        except (UserError, ValueError, Sheet.DoesNotExist, Stratum.DoesNotExist) as error:
            messages.error(request, str(error) if isinstance(error, UserError) else "没有填要印的张数，或这张码单已经不在。")
            return redirect("survey_codes", pk=survey.pk)
    strata = survey.strata.select_related("school", "survey").prefetch_related(Prefetch("sheets", Sheet.objects.order_by("pk")))
    page = page_of(request, strata)
    rows = [_row(survey, each) for each in page]
    return render(request, "survey/codes.html", {"survey": survey, "page": page, "rows": rows, "may_issue": survey.state in ("draft", "open")})


def _row(survey: Survey, stratum: Stratum) -> dict[str, Any]:
    sheets = list(stratum.sheets.all())
    wanted = to_hand_out(stratum.quota, stratum.population or stratum.quota, float(survey.response))
    given = sum(each.size for each in sheets if not each.voided)
    return {"label": survey.group_label(stratum.group), "stratum": stratum, "sheets": sheets, "wanted": wanted, "given": given, "left": max(wanted - given, 0)}


def _act(request: HttpRequest, survey: Survey) -> HttpResponse:
    form, by = request.POST, request.user
    if form.get("act") == "void":
        sheet = Sheet.objects.select_related("stratum").get(pk=int(form.get("sheet", "")), stratum__survey=survey)
        void(sheet, by=by)  # type: ignore[arg-type]
        messages.success(request, "已作废这张码单里没有用过的码。")
        return redirect("survey_codes", pk=survey.pk)
    stratum = survey.strata.select_related("school", "survey").get(pk=int(form.get("stratum", "")))
    sheet, made = issue(stratum, int(form.get("size", "")), by=by)  # type: ignore[arg-type]
    response = render(request, "survey/sheet.html", {"survey": survey, "stratum": stratum, "sheet": sheet, "slips": _slips(request, made),
                                                     "asked": survey.questionnaire, "group": survey.questionnaire.group(stratum.group),
                                                     "door": request.build_absolute_uri(reverse("survey_door"))})  # fmt: skip
    add_never_cache_headers(response)
    return response


def _slips(request: HttpRequest, made: Iterable[str]) -> list[tuple[str, Any]]:
    """Each code with its link as a picture."""
    return [(code, svg_of(request.build_absolute_uri(reverse("survey_answer", args=[code])))) for code in made]
