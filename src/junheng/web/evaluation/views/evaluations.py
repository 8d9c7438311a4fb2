"""The list of evaluations and the page of one."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.db.models import Count, OuterRef, Subquery
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString

from junheng.common.errors import UserError
from junheng.reports.opinion import Opinion, write_opinion
from junheng.web.areas.models import lies_within
from junheng.web.evaluation.actions import answer_statement, close_statements, start, state_case
from junheng.web.evaluation.comparing import compared
from junheng.web.evaluation.criteria import Item, grouped, items_of, policy_of
from junheng.web.evaluation.materials import judged
from junheng.web.evaluation.models import (
    Decision,
    Evaluation,
    MaterialJudgement,
    NationalRecognition,
    StatementOfCase,
    VisitJudgement,
)
from junheng.web.evaluation.opinion import issued_on, opinion_of
from junheng.web.evaluation.passed import passed_in_another
from junheng.web.evaluation.permissions import (
    ACCEPT,
    ASSIGN,
    CORRECT,
    OPINION,
    RECOMPUTE,
    SEE_MATERIALS,
    START,
    STATE_CASE,
)
from junheng.web.evaluation.process import ACCEPTANCE, RECOGNITION
from junheng.web.evaluation.satisfaction import satisfaction_of
from junheng.web.evaluation.visited import OnSite, on_site, visits_of
from junheng.web.pages.listing import link_to, page_of, table
from junheng.web.pages.templatetags.marks import deadline, state, verdict
from junheng.web.reporting.frozen import recomputed
from junheng.web.reporting.permissions import SEE_RELEASES
from junheng.web.reporting.queries import latest_release
from junheng.web.rights.roles import Role
from junheng.web.rounds.models import Round

_LISTED = ("pk", "unit__name", "round__name", "state", "release__verdict", "due_on", "national")


def evaluations(request: HttpRequest) -> HttpResponse:
    """Evaluations within reach, with how many stand where."""
    user: Any = request.user
    if request.method == "POST":
        return _start(request)
    found = Evaluation.objects.filter(lies_within(*user.reach))
    counts = dict(found.order_by().values_list("state").annotate(n=Count("pk")))
    chosen = request.GET.get("state", "")
    national = NationalRecognition.objects.filter(unit=OuterRef("unit")).order_by().values("state")
    shown = (found.filter(state=chosen) if chosen else found).annotate(national=Subquery(national)).values_list(*_LISTED, named=True)
    page = page_of(request, shown, counts.get(chosen, 0) if chosen else sum(counts.values()))
    states = [(each, counts[each.id]) for each in Evaluation.process.states if counts.get(each.id)]
    passed = sum(counts.get(each, 0) for each in ("accepted", "monitoring", "warned"))
    context = {"page": page, "listed": _listed(page.object_list, timezone.localdate()), "states": states, "state_shown": chosen, "total": sum(counts.values()), "passed": passed,
               "may_start": START.held_by(user), "rounds": Round.objects.filter(state="open").values("pk", "name") if START.held_by(user) else ()}  # fmt: skip
    return render(request, "evaluation/evaluations.html", context)


def _listed(shown: Iterable[Any], today: date) -> SafeString:
    heads = ("县（市、区）", "轮次", "省级评估验收", "国家认定", "测算结论", "期限")
    return table("评估", heads, [
        (link_to("evaluation", each.pk, each.unit__name), each.round__name, state(ACCEPTANCE.state(each.state)),
         state(RECOGNITION.state(each.national)) if each.national else "", verdict(each.release__verdict),
         deadline(each.due_on, today) if each.due_on else "")
        for each in shown
    ])  # fmt: skip


def _start(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if START.held_by(user):
        round = Round.objects.filter(pk=request.POST.get("round") or 0).first()
        if round is not None and user.reaches(round.unit_path):
            messages.success(request, start(round, by=user).words)
    return redirect("evaluations")


def evaluation(request: HttpRequest, evaluation: Evaluation) -> HttpResponse:
    """The verdict in words and whose turn it is; what it rests on; what can be done."""
    latest = latest_release(evaluation.round, evaluation.unit)
    changed = evaluation.release is not None and latest is not None and latest.pk != evaluation.release.pk
    shown = evaluation.release or latest
    items = items_of(evaluation, shown.result if shown else None)
    national = NationalRecognition.objects.filter(unit=evaluation.unit).select_related("unit").first()
    context = {
        "evaluation": evaluation, "release": shown, "changed": changed, "latest": latest, "sample": evaluation.sample,
        "national": national,
        "satisfaction": satisfaction_of(evaluation.satisfaction, policy_of(evaluation)),
        "experts": evaluation.assignments.select_related("user__unit"), "visits": visits_of(evaluation.visits.all(), items),
        "monitorings": evaluation.monitorings.select_related("release__round").defer("release__result", "release__detail"),
        "statements": evaluation.statements.all(), "decisions": Decision.choices, "rows": _rows(evaluation, items) if shown else (),
        "documents": list(dict.fromkeys(each.document for each in items.values())), "to_the_state": _to_the_state(evaluation, national),
        "passed": passed_in_another(evaluation) if evaluation.state == "draft" else None,
        "issued": evaluation.issued_opinions.defer("document"), "corrected": _corrected_since(evaluation),
        "may": _may(request, evaluation), "correcting_own": _correcting_own(request, evaluation), "must_answer": evaluation.state == "prov_conclusion",
        "takes_statements": evaluation.takes_statements_on(timezone.localdate()),
    }  # fmt: skip
    return render(request, "evaluation/evaluation.html", context)


def _corrected_since(evaluation: Evaluation) -> int:
    """How many judgements were withdrawn after the opinion in force was issued."""
    issued = evaluation.issued_opinions.filter(withdrawn_on=None).last() if evaluation.opinion else None
    return VisitJudgement.objects.filter(visit__evaluation=evaluation, withdrawn_at__gt=issued.at).count() if issued else 0


def _rows(evaluation: Evaluation, items: dict[str, Item]) -> list[tuple[str, list[tuple[Item, MaterialJudgement | None, OnSite | None]]]]:
    """By group: each criterion, what the province judged of its materials, and how it stands at the schools visited."""
    found, seen = judged(evaluation), on_site(evaluation.visits)
    return [(group, [(item, found.get(item.id), seen.get(item.id)) for item in of]) for group, of in grouped(items.values())]


def _to_the_state(evaluation: Evaluation, national: NationalRecognition | None) -> bool:
    """国家认定 is nobody's turn before the county has passed, and stays to be seen ever after."""
    return national is not None and (national.state != "none" or evaluation.state in ("accepted", "monitoring"))


def _correcting_own(request: HttpRequest, evaluation: Evaluation) -> int:
    """The account, where it is an expert's at work here, who may correct what they recorded; 0 = nobody's."""
    user: Any = request.user
    at_work = user.role == Role.PROVINCE_EXPERT and CORRECT.allows(user, evaluation) and evaluation.assignments.filter(user=user).exists()
    return user.pk if at_work else 0


_RIGHTS = {"release": SEE_RELEASES, "opinion": OPINION, "materials": SEE_MATERIALS, "recompute": RECOMPUTE, "assign": ASSIGN, "correct_any": CORRECT, "answer": ACCEPT, "state": STATE_CASE}


def _may(request: HttpRequest, evaluation: Evaluation) -> dict[str, bool]:
    """Which of the page's links and forms this account can use."""
    may = {name: right.allows(request.user, evaluation) for name, right in _RIGHTS.items()}  # type: ignore[arg-type]
    by_anybody = may["correct_any"] and request.user.role == Role.PROVINCE_ADMIN  # type: ignore[union-attr]
    return may | {"correct_any": by_anybody, "state": may["state"] and evaluation.takes_statements_on(timezone.localdate())}


def recompute(request: HttpRequest, evaluation: Evaluation) -> HttpResponse:
    """重算: measure and judge the frozen release again, and show every number of the conclusion beside the frozen one."""
    if evaluation.release is None:
        messages.error(request, "还没有签署的数据版本，没有可重算的结论。")
        return redirect("evaluation", pk=evaluation.pk)
    again = recomputed(evaluation.release)
    context = {"evaluation": evaluation, "release": evaluation.release, "again": again, "rows": compared(evaluation, again.result)}
    return render(request, "evaluation/recomputed.html", context)


def opinion(request: HttpRequest, evaluation: Evaluation) -> FileResponse:
    """督导意见书 as a Word file: as it stands, or, where one is named, as it was issued then."""
    asked = request.GET.get("issued", "")
    kept = evaluation.issued_opinions.select_related("announcement").filter(pk=asked).first() if asked.isdigit() else None
    if asked and kept is None:
        raise Http404
    shown = Opinion.from_document(kept.document) if kept else opinion_of(evaluation)
    on = timezone.localtime(kept.at).date() if kept else issued_on(evaluation)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "督导意见书.docx"
        write_opinion(path, shown, on)
        data = path.read_bytes()
    mark = f"（{on}印发）" if kept else "" if evaluation.opinion else "（征求意见稿）"
    return FileResponse(io.BytesIO(data), as_attachment=True, filename=f"{evaluation.unit.name}督导意见书{mark}.docx")


def statement(request: HttpRequest, evaluation: Evaluation) -> HttpResponse:
    """申辩, the word that there is nothing more to say, and what is decided."""
    user: Any = request.user
    form = request.POST
    try:
        if form.get("answer_to") and ACCEPT.allows(user, evaluation):
            found = StatementOfCase.objects.get(pk=int(form["answer_to"]), evaluation=evaluation)
            answer_statement(found, form.get("decision", ""), form.get("answer", ""), by=user)
        elif STATE_CASE.allows(user, evaluation) and form.get("act") == "close":
            close_statements(evaluation, by=user)
            messages.success(request, "已告知省里：对督导意见没有其他意见。")
        elif STATE_CASE.allows(user, evaluation):
            state_case(evaluation, form.get("text", ""), by=user)
            messages.success(request, "申辩已提交，等待省里答复。")
    except (UserError, StatementOfCase.DoesNotExist, ValueError) as error:
        messages.error(request, str(error) or "没有这条申辩。")
    return redirect("evaluation", pk=evaluation.pk)
