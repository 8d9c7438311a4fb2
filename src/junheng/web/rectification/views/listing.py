"""The list of problems, and one problem."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from junheng.web.accounts.models import User
from junheng.web.areas.models import run_by_in_words
from junheng.web.evidence.queries import evidence_of
from junheng.web.pages.listing import link_to, options, page_of, table
from junheng.web.pages.templatetags.marks import deadline, state
from junheng.web.rectification import parameters
from junheng.web.rectification.causes import look_up
from junheng.web.rectification.effects import in_words
from junheng.web.rectification.models import FINISHED, MENDING, Problem, Severity
from junheng.web.rectification.permissions import ASK_EXTENSION, ASSIGN, OVERSEE, PLAN, RAISE
from junheng.web.rectification.process import ESCALATION, RECTIFICATION
from junheng.web.rectification.queries import Filter, counts_by_state, for_user, problems_of
from junheng.web.rectification.sources import origin_of
from junheng.web.rectification.words import criterion_titles
from junheng.web.rights.roles import Department

_HEADS = ("问题", "单位", "状态", "期限", "现状", "要求", "责任部门")
_LISTED = ("pk", "title", "unit__name", "unit__kind", "unit__path", "state", "escalation__state", "due_on", "current", "required", "department", "severity", "came_back_from_id",
           "cause_gone_at", "source")  # fmt: skip


def problems(request: HttpRequest) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    today, chosen = timezone.localdate(), Filter.of({"department": user.department, **request.GET.dict()})
    mine = problems_of(user)
    counts = counts_by_state(chosen.cut(mine, today))
    page = page_of(request, chosen.rows(mine, today).values_list(*_LISTED, named=True), _count(counts, chosen.state))
    kept = urlencode({name: value for name, value in request.GET.items() if name not in ("state", "page") and value})
    titles = criterion_titles()
    context = {
        "page": page, "listed": table("问题列表", _HEADS, [_row(each, today) for each in page.object_list]), "filter": chosen, "kept": kept,
        "states": [(each, counts.get(each.id, 0)) for each in Problem.process.states if counts.get(each.id)],
        "all": sum(counts.values()), "open": sum(n for state, n in counts.items() if state not in FINISHED),
        "criteria": options(sorted((id, titles.get(id, id)) for id in mine.order_by().values_list("criterion", flat=True).distinct() if id), chosen.criterion),
        "departments": options(Department.choices, chosen.department), "may_assign": "found" in counts and mine.filter(for_user(ASSIGN, user), state="found").exists(),
        "may_raise": RAISE.held_by(user), "may_oversee": OVERSEE.held_by(user), "unit": user.unit,
    }  # fmt: skip
    return render(request, "rectification/problems.html", context)


def _count(counts: Mapping[str, int], state: str) -> int:
    """How many the list holds, from the counts beside it."""
    if state == "open":
        return sum(n for each, n in counts.items() if each not in FINISHED)
    return counts.get(state, 0) if state else sum(counts.values())


def _row(each: Any, today: date) -> tuple[object, ...]:
    title = [link_to("problem", each.pk, each.title)]
    if each.severity != Severity.NORMAL:
        title.append(_tag(Severity(each.severity).label))
    if each.came_back_from_id:
        title.append(_tag("再次出现"))
    if each.cause_gone_at and each.state not in FINISHED:
        title.append(_tag("方案已替换" if each.source.startswith("plan:") else "成因已消除"))
    stands = [state(RECTIFICATION.state(each.state))]
    if each.escalation__state != "none" and each.state not in FINISHED:
        stands.append(state(ESCALATION.state(each.escalation__state)))
    return (
        SafeString(" ".join(title)), _unit(each), SafeString(" ".join(stands)), deadline(each.due_on, today) if each.due_on else "—",
        _short(each.current), _short(each.required), Department(each.department).label if each.department else "—",
    )  # fmt: skip


def _unit(each: Any) -> str | SafeString:
    run_by = run_by_in_words(each.unit__kind, each.unit__path)
    return format_html('{} <span class="chip">{}</span>', each.unit__name, run_by) if run_by else each.unit__name


def _tag(words: str) -> SafeString:
    return format_html(' <span class="tag">{}</span>', words)


def _short(words: str) -> str | SafeString:
    """The beginning; the whole where the pointer rests."""
    return format_html('<span title="{}">{}…</span>', words, words[:23]) if len(words) > 24 else words or "—"


def problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    context = {
        "problem": problem, "lead": _lead(problem), "seen": look_up(problem),
        "origin": origin_of(problem, user), "criterion": criterion_titles().get(problem.criterion, problem.criterion),
        "came_back_as": problem.came_back_as.first(), "extensions": list(problem.extensions.select_related("unit", "problem__unit")),
        "escalation": problem.escalation, "mending": problem.state in MENDING, "mend": {"days": problem.days(parameters.MEND), "source": parameters.MEND.source}, "evidence": evidence_of(problem.reference),
        "may_extend": problem.state in MENDING and ASK_EXTENSION.allows(user, problem),
        "may_attach": problem.state in MENDING and PLAN.allows(user, problem),
    }  # fmt: skip
    return render(request, "rectification/problem.html", context)


def _lead(problem: Problem) -> str:
    """The problem in one sentence, as one would say it."""
    said = f"{problem.unit.name}：{problem.title}"
    if problem.current:
        said += f"，现状 {problem.current}"
    if problem.required:
        said += f"，要求 {problem.required}"
    if problem.state == "closed":
        return f"已销号。{said}"
    return f"{said}{f'，完成时限 {in_words(problem.finish_on)}' if problem.finish_on else ''}"
