"""What of commitments waits for an account."""

from __future__ import annotations

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse

from junheng.web.accounts.models import User
from junheng.web.areas.models import lies_within
from junheng.web.commitments.models import Commitment
from junheng.web.commitments.permissions import KEEP, REPORT
from junheng.web.pages.waiting import Waiting
from junheng.web.rights.roles import Department, Role


def waiting(user: User) -> list[Waiting]:
    if not REPORT.held_by(user):
        return []
    within = Commitment.objects.filter(lies_within(*user.reach)).order_by()
    mine = Q(department=user.department) & ~Q(department="") if user.role == Role.DEPARTMENT else Q(department__in=("", Department.EDUCATION))
    out = [_line("待报告进展的承诺", within.filter(mine, state="asked"))]
    if KEEP.held_by(user):
        out.append(_line("待核实的承诺报告", within.filter(state="reported")))
    return [each for each in out if each.count]


def _line(title: str, found: QuerySet[Commitment]) -> Waiting:
    of = found.aggregate(n=Count("pk"), due=Min("due_on"), one=Min("pk"))
    url = reverse("commitment", args=[of["one"]]) if of["n"] == 1 else reverse("commitments")
    return Waiting(title, of["n"], url, of["due"])
