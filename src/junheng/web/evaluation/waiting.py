"""What of evaluations waits for an account."""

from __future__ import annotations

from django.db.models import Count, F, Min, QuerySet
from django.urls import reverse
from django.utils import timezone

from junheng.web.accounts.models import User
from junheng.web.areas.models import lies_within
from junheng.web.evaluation.models import Evaluation, StatementOfCase
from junheng.web.evaluation.passed import is_needless
from junheng.web.evaluation.permissions import ACCEPT, PREPARE, REVIEW, SELF, STATE_CASE, VISIT
from junheng.web.pages.waiting import Waiting

_TURNS = (
    ("draft", PREPARE, "待开始的县级自评"), ("county_self", SELF, "待提交的县级自评"), ("not_accepted", PREPARE, "未通过验收，待整改后重新申报"),
    ("warned", PREPARE, "监测不合格，待整改"), ("city_review", REVIEW, "待复核的县级自评"), ("prov_qualification", ACCEPT, "待资格审查的县"),
    ("prov_materials", ACCEPT, "待审核材料的县"), ("prov_recognition", ACCEPT, "待登记社会认可度的县"), ("prov_conclusion", ACCEPT, "待形成结论的县"),
)  # fmt: skip


def waiting(user: User) -> list[Waiting]:
    """One line per state in which it is this account's turn; schools to visit; drafts to answer; statements to be answered."""
    if not any(right.held_by(user) for right in (PREPARE, SELF, REVIEW, ACCEPT, VISIT)):
        return []
    within = Evaluation.objects.filter(lies_within(*user.reach))
    return [*_turns(user, within), *_visits(user), *_drafts(user, within), *_statements(user, within), *_to_proclaim(user, within)]


def _turns(user: User, within: QuerySet[Evaluation]) -> list[Waiting]:
    mine = {state: title for state, right, title in _TURNS if right.held_by(user)}
    counted = within.filter(state__in=mine).exclude(is_needless(), state="draft").order_by().values_list("state").annotate(n=Count("pk"), due=Min("due_on"), one=Min("pk"))
    return [Waiting(mine[state], n, _url(n, one, f"?state={state}"), due) for state, n, due, one in counted]


def _url(n: int, one: int, query: str) -> str:
    return reverse("evaluation", args=[one]) if n == 1 else reverse("evaluations") + query


def _visits(user: User) -> list[Waiting]:
    if not VISIT.held_by(user):
        return []
    mine = Evaluation.objects.filter(assignments__user=user, state="prov_visit").aggregate(n=Count("pk"), due=Min("due_on"))
    return [Waiting("要入校核查的县", mine["n"], reverse("my_visits"), mine["due"])] if mine["n"] else []


def _drafts(user: User, within: QuerySet[Evaluation]) -> list[Waiting]:
    if not STATE_CASE.held_by(user):
        return []
    today = timezone.localdate()
    open_ones = within.filter(state="prov_conclusion", statement_due_on__gte=today, statements_closed_on=None)
    return [Waiting("督导意见书征求意见，可以申辩", 1, reverse("evaluation", args=[each.pk]), each.statement_due_on) for each in open_ones[:5]]


def _statements(user: User, within: QuerySet[Evaluation]) -> list[Waiting]:
    if not ACCEPT.held_by(user):
        return []
    asked = StatementOfCase.objects.filter(evaluation__in=within.filter(state="prov_conclusion"), application=F("evaluation__application"), decision="")
    found = asked.aggregate(n=Count("pk"), counties=Count("evaluation", distinct=True), one=Min("evaluation"))
    return [Waiting("待答复的申辩", found["n"], _url(found["counties"], found["one"], "?state=prov_conclusion"))] if found["n"] else []


def _to_proclaim(user: User, within: QuerySet[Evaluation]) -> list[Waiting]:
    """The window has closed: the conclusion can be proclaimed once every objection is answered."""
    if not ACCEPT.held_by(user):
        return []
    over = within.filter(state="publicised", announcement__closes_on__lt=timezone.localdate()).aggregate(n=Count("pk"), one=Min("pk"))
    return [Waiting("公示期满，待公告的县", over["n"], _url(over["n"], over["one"], "?state=publicised"))] if over["n"] else []
