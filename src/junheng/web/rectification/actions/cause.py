"""What becomes of a problem when the judgement it was raised from changes. The caller holds the right to judge, and the
transaction in which it did."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from junheng.web.accounts.models import User
from junheng.web.audit.actions import record
from junheng.web.rectification.actions.raise_problem import cut_to_fit
from junheng.web.rectification.models import FINISHED, Problem


@transaction.atomic
def cause_gone(problem: Problem, words: str, *, by: User) -> None:
    """The judgement was taken back: the problem says so, in these words, until whoever may withdraws it or it is mended all
    the same. One that is finished stays as it is."""
    locked = _locked(problem)
    if locked.state in FINISHED or locked.cause_gone_at is not None:
        return
    Problem.objects.filter(pk=locked.pk).update(cause_gone_at=timezone.now(), cause_gone_words=words)
    record(by=by.actor, action="rectification.cause_gone", subject=locked.reference, unit_path=locked.unit.path, detail={"words": words})


@transaction.atomic
def cause_holds(problem: Problem, title: str = "", *, by: User) -> None:
    """It was judged again and holds. title: what the new judgement says, "" = as before; the old words stay in the log."""
    locked = _locked(problem)
    title = cut_to_fit("title", title) or locked.title
    if locked.state in FINISHED or (title == locked.title and locked.cause_gone_at is None):
        return
    Problem.objects.filter(pk=locked.pk).update(title=title, cause_gone_at=None, cause_gone_words="")
    record(by=by.actor, action="rectification.cause_holds", subject=locked.reference, unit_path=locked.unit.path,
           before={"title": locked.title}, after={"title": title})  # fmt: skip


def _locked(problem: Problem) -> Problem:
    return Problem.objects.select_for_update(of=("self",)).select_related("unit").get(pk=problem.pk)
