"""材料审核: the list of criteria, and one criterion with its figures, its evidence and the form."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from junheng.common.errors import UserError
from junheng.web.evaluation.actions import judge_material, make_problem
from junheng.web.evaluation.criteria import Item
from junheng.web.evaluation.materials import Line, lines_of
from junheng.web.evaluation.models import Evaluation, MaterialJudgement, MaterialOutcome
from junheng.web.evaluation.permissions import JUDGE_MATERIALS
from junheng.web.evaluation.visited import on_site
from junheng.web.evidence.queries import evidence_below, shown
from junheng.web.pages.listing import page_of
from junheng.web.rectification.rechecks import counted, rechecks_of


def materials(request: HttpRequest, evaluation: Evaluation) -> HttpResponse:
    """Every criterion: what was measured, what was handed in, what was judged, and what still waits."""
    lines = lines_of(evaluation)
    context = {
        "evaluation": evaluation, "groups": _grouped(lines), "lines": lines, "done": sum(each.judgement is not None for each in lines),
        "waiting": sum(each.waits for each in lines), "may_judge": _may_judge(request, evaluation),
    }  # fmt: skip
    return render(request, "evaluation/materials.html", context)


def _grouped(lines: list[Line]) -> list[tuple[str, list[Line]]]:
    groups: dict[str, list[Line]] = {}
    for each in lines:
        groups.setdefault(each.item.group, []).append(each)
    return list(groups.items())


def material(request: HttpRequest, evaluation: Evaluation, criterion: str) -> HttpResponse:
    """One criterion."""
    lines = lines_of(evaluation)
    line = next((each for each in lines if each.item.id == criterion), None)
    if line is None:
        raise Http404
    error = ""
    if request.method == "POST":
        try:
            _act(request, evaluation, line)
            return redirect(_onward(request, evaluation, line, lines))
        except UserError as refused:
            error = str(refused)
        except ValueError:
            error = "表单不完整，请刷新页面后再填。"
    page = page_of(request, evidence_below(evaluation.round, evaluation.unit, criterion))
    files = [(version.evidence.unit, one) for version, one in zip(page, shown(page), strict=True)]
    rechecks = rechecks_of(evaluation.unit, criterion)
    context = {
        "evaluation": evaluation, "line": line, "item": line.item, "page": page, "files": files, "outcomes": MaterialOutcome.choices, "error": error,
        "rechecks": rechecks, "recheck_words": counted(rechecks), "seen": on_site(evaluation.visits).get(criterion),
        "earlier": _earlier(evaluation, line.item), "posted": request.POST, "new_id": uuid.uuid4, "may_judge": _may_judge(request, evaluation),
    }  # fmt: skip
    return render(request, "evaluation/material.html", context, status=422 if error else 200)


def _act(request: HttpRequest, evaluation: Evaluation, line: Line) -> None:
    form, by = request.POST, request.user
    if form.get("act") == "problem":
        if line.judgement is None:
            raise UserError("这一条还没有审核结论", remedy="请先审核")
        problem = make_problem(line.judgement, line.item, by=by)  # type: ignore[arg-type]
        messages.success(request, f"已列为第 {problem.pk} 号问题，等待分派整改。")
        return
    judge_material(evaluation, line.item, form.get("outcome", ""), form.get("reason", ""), uuid.UUID(form.get("client_id", "")), by=by)  # type: ignore[arg-type]
    messages.success(request, f"已记下“{line.item.title}”的审核结论。")


def _onward(request: HttpRequest, evaluation: Evaluation, line: Line, lines: list[Line]) -> str:
    """This criterion again; or, where that was asked for, the next one that waits, and the list after the last."""
    if request.POST.get("act") != "next":
        return reverse("material", args=[evaluation.pk, line.item.id])
    at = lines.index(line)
    following = next((each for each in (*lines[at + 1 :], *lines[:at]) if each.waits), None)
    return reverse("material", args=[evaluation.pk, following.item.id]) if following else reverse("materials", args=[evaluation.pk])


def _earlier(evaluation: Evaluation, item: Item) -> list[MaterialJudgement]:
    """Every judgement on it, the latest first, those on earlier releases included."""
    return list(evaluation.material_judgements.filter(criterion=item.id).select_related("release").defer("release__result", "release__detail").order_by("-pk"))


def _may_judge(request: HttpRequest, evaluation: Evaluation) -> bool:
    return evaluation.release is not None and JUDGE_MATERIALS.allows(request.user, evaluation)  # type: ignore[arg-type]
