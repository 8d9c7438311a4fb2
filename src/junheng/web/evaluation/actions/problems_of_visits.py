"""The problem that a judgement made on a visit raises, and what becomes of it when the judgement is taken back."""

from __future__ import annotations

from junheng.web.accounts.models import User
from junheng.web.evaluation.criteria import Item
from junheng.web.evaluation.models import VisitJudgement
from junheng.web.rectification.actions import cause_gone, cause_holds, raise_problem


def now_fails(judgement: VisitJudgement, item: Item, *, by: User) -> None:
    """It has a problem from now on: that of the judgement it replaces, in its own words, while that is open; else a new one."""
    before = judgement.replaces.problem if judgement.replaces else None
    visit, title = judgement.visit, f"{item.title}：{judgement.reason}"
    problem = before if before is not None and before.is_open else raise_problem(
        by=by, unit=visit.school, round=visit.evaluation.round, title=title, criterion=item.id, clause=item.clause,
        current="", required=item.text, gap="", source=f"visit:{visit.pk}",
    )  # fmt: skip
    cause_holds(problem, title, by=by)
    judgement.problem = problem
    judgement.save(update_fields=["problem"])


def now_holds_no_more(judgement: VisitJudgement, words: str, *, by: User) -> None:
    """Its problem says that its cause is gone, unless another judgement that stands rests on the same problem."""
    if judgement.problem is None or VisitJudgement.objects.filter(problem=judgement.problem, withdrawn_at=None).exists():
        return
    cause_gone(judgement.problem, words, by=by)
