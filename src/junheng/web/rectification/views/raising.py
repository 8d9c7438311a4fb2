"""Raise a problem by hand, all of a frozen release at once, and assign many at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from junheng.common.errors import UserError
from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.flow.errors import Refused
from junheng.web.flow.fields import cleaned
from junheng.web.flow.process import Field, Input
from junheng.web.jobs.actions import enqueue
from junheng.web.rectification.actions import raise_problem
from junheng.web.rectification.models import Problem, Severity
from junheng.web.rectification.permissions import ASSIGN, RAISE_FROM_RELEASE
from junheng.web.rectification.queries import Filter, problems_of
from junheng.web.rectification.words import criterion_titles
from junheng.web.reporting.models import CountyRelease
from junheng.web.rights.roles import Department
from junheng.web.rounds.models import Round


def _fields() -> tuple[Field, ...]:
    return (
        Field("unit", "学校或县（市、区）代码", Input.LINE, help="填学校标识码或县（市、区）代码；由该单位整改。"),
        Field("title", "问题", Input.LINE, help="一句话写明哪里不符合要求。"),
        Field("criterion", "对应指标", Input.CHOICE, required=False, choices=criterion_titles()),
        Field("clause", "依据条款", Input.LINE, required=False),
        Field("current", "现状", Input.LINE, required=False),
        Field("required", "要求", Input.LINE, required=False),
        Field("gap", "还差", Input.LINE, required=False),
        Field("severity", "严重程度", Input.CHOICE, choices=dict(Severity.choices)),
        Field("department", "责任部门", Input.CHOICE, required=False, choices=dict(Department.choices)),
        Field("round", "评估轮次", Input.CHOICE, choices={str(each.pk): str(each) for each in Round.objects.all()[:20]}),
    )


def problem_new(request: HttpRequest) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    fields, wrong, refusal = _fields(), {}, None
    newest = next(iter(fields[-1].choices), "")
    entered: Mapping[str, str] = {"unit": request.GET.get("unit", ""), "severity": Severity.NORMAL, "round": newest}
    if request.method == "POST":
        entered = request.POST.dict()
        try:
            raised = _raise(fields, entered, user)
        except UserError as error:
            refusal, wrong = error, error.fields if isinstance(error, Refused) else {}
        else:
            messages.success(request, f"已登记为第 {raised.pk} 号问题，等待分派。")
            return redirect("problem", pk=raised.pk)
    rows = [{"field": each, "value": entered.get(each.name, ""), "error": wrong.get(each.name, "")} for each in fields]
    return render(request, "rectification/new.html", {"fields": rows, "refusal": refusal}, status=422 if refusal else 200)


def _raise(fields: tuple[Field, ...], entered: Mapping[str, str], user: User) -> Problem:
    said = {name: value or "" for name, value in cleaned(fields, entered).items()}
    code = said.pop("unit")
    unit = Unit.objects.within(*user.reach).filter(code=code).first()
    if unit is None:
        wrong = f"您的辖区内没有代码为“{code}”的单位"
        raise Refused("没有找到这个单位", why=wrong, remedy="请核对代码", fields={"unit": wrong})
    round = Round.objects.get(pk=said.pop("round"))
    return raise_problem(by=user, unit=unit, round=round, source="manual", **said)


def problems_from_release(request: HttpRequest, release: CountyRelease) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    if not RAISE_FROM_RELEASE.allows(user, release):
        raise Http404
    job = enqueue(
        "rectification.raise_from_release", f"列出{release.unit.name}冻结版本的问题", by=user, unit=release.unit,
        arguments={"release": release.pk}, leads_to=f"{reverse('problems')}?unit={release.unit.code}",
    )  # fmt: skip
    return redirect("job", job_id=job.pk)


def problems_assign(request: HttpRequest) -> HttpResponse:
    """Assign everything that waits for it and that the list's filters leave."""
    user: User = request.user  # type: ignore[assignment]
    chosen = replace(Filter.of(request.POST.dict()), state="found")
    found = list(chosen.rows(problems_of(user), timezone.localdate()).order_by("pk"))
    pks = [each.pk for each in found if ASSIGN.allows(user, each)]
    if not pks:
        messages.error(request, "没有可以分派的问题。请放宽筛选条件；县（市、区）级的问题由市里分派。")
        return redirect("problems")
    job = enqueue(
        "rectification.assign_many", f"分派 {len(pks):,} 个问题", by=user, unit=user.unit, leads_to=f"{reverse('problems')}?state=assigned",
        arguments={"problems": pks, "demand": request.POST.get("demand", "").strip()[:1000]},
    )  # fmt: skip
    return redirect("job", job_id=job.pk)
