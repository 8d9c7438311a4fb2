"""A school's word about a warning."""

from __future__ import annotations

from django.db import transaction

from junheng.web.accounts.models import User
from junheng.web.audit.actions import record
from junheng.web.flow.errors import NotAllowed, Refused
from junheng.web.reporting.models import Explanation, Submission
from junheng.web.reporting.permissions import FILL


@transaction.atomic
def explain(submission: Submission, key: str, words: str, *, by: User) -> Explanation:
    """Keep the word, in place of an earlier one about the same warning."""
    if not FILL.allows(by, submission):
        raise NotAllowed("您没有填报的权限", remedy="请由本单位填报员说明")
    if not submission.is_fillable:
        raise Refused("现在不能说明", why=f"现在是“{submission.state_shown.label}”")
    if not words.strip():
        raise Refused("没有写说明", remedy="请写一句说明")
    if submission.latest is None or key not in submission.latest.warning_keys():
        raise Refused("没有这条提醒", why="数据可能刚改过", remedy="请刷新页面")
    kept, _ = Explanation.objects.update_or_create(submission=submission, key=key, defaults={"words": words.strip()[:400], "by_name": by.name})
    record(by=by.actor, action="reporting.explain", subject=submission.reference, unit_path=submission.unit_path,
           detail={"rule": key.partition("|")[0], "words": kept.words})  # fmt: skip
    return kept
