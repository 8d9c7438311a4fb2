"""The one page a leader reads, the report, and one commitment."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from junheng.common.errors import UserError
from junheng.reports.commitments import Entry, Plan, write_commitments
from junheng.web.accounts.models import User
from junheng.web.commitments.actions import open_ledger
from junheng.web.commitments.beside import beside
from junheng.web.commitments.ledger import KINDS, Ledger, Line, ledger_of, province_of
from junheng.web.commitments.models import Commitment
from junheng.web.commitments.permissions import KEEP
from junheng.web.commitments.plan import GROUPS, Promise, promises
from junheng.web.evidence.actions import attach
from junheng.web.evidence.queries import evidence_of
from junheng.web.pages.templatetags.marks import chinese_date
from junheng.web.rights.roles import Department
from junheng.web.rounds.queries import current_round


def commitments(request: HttpRequest) -> HttpResponse:
    """Late first, then what waits, then what is done; a department sees its own first. POST asks for reports on what is new in the plan."""
    user: User = request.user  # type: ignore[assignment]
    province = province_of(user)
    if request.method == "POST":
        if KEEP.allows(user, province):
            messages.success(request, f"已布置 {open_ledger(province, by=user)} 项承诺的报告。")
        return redirect("commitments")
    ledger = ledger_of(province, current_round(user), timezone.localdate())
    department = request.GET.get("department", "")
    shown = [each for each in ledger.lines if each.promise.department == department] if department else ledger.lines
    context = {"ledger": ledger, "shown": shown, "kinds": KINDS, "department": department, "departments": _departments(ledger),
               "may_open": KEEP.allows(user, province) and ledger.missing, "reaches": user.reaches(province.path)}  # fmt: skip
    return render(request, "commitments/ledger.html", context)


def _departments(ledger: Ledger) -> list[tuple[str, str, int]]:
    """Value, label and how many lead, of departments that lead something."""
    counted = {value: sum(each.promise.department == value for each in ledger.lines) for value in Department.values}
    return [(value, label, counted[value]) for value, label in Department.choices if counted[value]]


def report(request: HttpRequest) -> FileResponse:
    """The ledger as a Word file."""
    user: User = request.user  # type: ignore[assignment]
    province = province_of(user)
    ledger = ledger_of(province, current_round(user), timezone.localdate())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "政策落实.docx"
        write_commitments(path, _plan(ledger))
        data = path.read_bytes()
    return FileResponse(io.BytesIO(data), as_attachment=True, filename=f"{province.name}政策落实情况（{ledger.day:%Y-%m-%d}）.docx")


def _plan(ledger: Ledger) -> Plan:
    rows = [(heading, [str(of[kind]) for kind in KINDS], str(total)) for heading, of, total in ledger.by_group]
    return Plan(
        ledger.province.name, ledger.day, ledger.lead, tuple(word for _, word in KINDS.values()), rows,
        urgent=[_entry(each) for each in ledger.urgent], measured=[_entry(each) for each in ledger.measured],
        all=[(GROUPS[key], [_entry(each) for each in ledger.lines if each.promise.group == key]) for key in GROUPS],
    )  # fmt: skip


def _entry(line: Line) -> Entry:
    target = line.promise.target
    return Entry(target.title, line.promise.clause, f"{line.promise.by.year} 年" if line.promise.by else "未定", "、".join(target.departments),
                 line.word, line.words, target.unverified, line.promise.aim, line.reporter, line.beside)  # fmt: skip


def commitment(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """One commitment: what the plan says, what was reported, what shows it."""
    user: User = request.user  # type: ignore[assignment]
    promise = promises(commitment.unit, timezone.localdate()).get(commitment.target)
    context: dict[str, Any] = {
        "commitment": commitment, "promise": promise, "group": GROUPS[promise.group] if promise else "", "evidence": evidence_of(commitment.reference),
        "may_report": commitment.is_led_by(user), "until": chinese_date(promise.by) if promise else "", "beside": _beside(commitment, promise, user),
    }  # fmt: skip
    return render(request, "commitments/commitment.html", context)


def _beside(commitment: Commitment, promise: Promise | None, user: User) -> str:
    round = current_round(user)
    return beside(commitment.unit, round, {promise.criterion}).get(promise.criterion, "") if promise and promise.criterion and round else ""


def commitment_evidence(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """Attach a file to a commitment, by whoever reports on it."""
    user: User = request.user  # type: ignore[assignment]
    upload, round = request.FILES.get("file"), current_round(user)
    try:
        if not commitment.is_led_by(user):
            raise UserError("这条承诺不由您的部门报告", remedy="请由牵头部门上传")
        if round is None:
            raise UserError("还没有评估轮次，佐证没有地方放", remedy="请先由省级管理员设立轮次")
        if upload is None:
            raise UserError("没有选择文件", remedy="请先选择文件再上传")
        attach(unit=commitment.unit, round=round, criterion="", upload=upload, by=user, subject=commitment.reference)
    except UserError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"已上传佐证“{upload.name}”。")
    return redirect("commitment", pk=commitment.pk)
