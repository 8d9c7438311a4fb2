"""What the 督导意见书 of an evaluation says, gathered from the release, the materials, the visits and the problems."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from junheng.reports.opinion import Asked, Found, Opinion, Reviewed, Statement
from junheng.reports.words import subject_of
from junheng.web.areas.models import counts_within
from junheng.web.evaluation.criteria import items_of, policy_of, standard_of
from junheng.web.evaluation.effects.basis import frozen_of
from junheng.web.evaluation.materials import judged
from junheng.web.evaluation.satisfaction import Share, satisfaction_of
from junheng.web.evaluation.visited import visits_of
from junheng.web.pages.templatetags.marks import chinese_date
from junheng.web.rectification.models import FINISHED, Problem

if TYPE_CHECKING:
    from junheng.web.evaluation.criteria import Item
    from junheng.web.evaluation.models import Evaluation

REPORT_WITHIN_DAYS = 30
"""rules.md §13: no national figure; a parameter, shown as unverified."""
_MOST_DEMANDS = 200
_WORDS = {"pass": "达标", "fail": "未达标", "insufficient": "待定", "": ""}


def opinion_of(evaluation: Evaluation) -> Opinion:
    """As it was issued with the conclusion; before that, the draft as it stands now."""
    if evaluation.opinion:
        return Opinion.from_document(evaluation.opinion)
    return draft_of(evaluation)


def draft_of(evaluation: Evaluation, *, draft: bool = True) -> Opinion:
    release, policy = evaluation.release, policy_of(evaluation)
    items = items_of(evaluation, release.result if release else None)
    public = satisfaction_of(evaluation.satisfaction, policy)
    measured = f"依据{standard_of(policy)}，按县里签署的第 {release.number} 版数据测算，结论为{_WORDS[release.verdict]}" if release else "尚无签署的数据版本"
    concluded = {"pass": ["省级评估验收结论：通过。"], "fail": ["省级评估验收结论：未通过。"]}.get(evaluation.conclusion, [])
    asked = [public.questionnaires, public.interviews, *public.groups] if evaluation.satisfaction else []
    return Opinion(
        county=evaluation.unit.name, subject=subject_of(policy), year_label=evaluation.round.year_label, conclusion=[f"{measured}；{public}。", *concluded],
        reviewed=_reviewed(evaluation, items), asked=[_asked(each) for each in asked], sampled=_sampled(evaluation), found=_found(evaluation, items),
        demands=_demands(evaluation), report_within_days=REPORT_WITHIN_DAYS, basis=[(k, str(v)) for k, v in (frozen_of(release) if release else {}).items()],
        statements=[Statement(each.text, each.get_decision_display() if each.decision else "", each.answer) for each in evaluation.statements.all()],
        statement_until=chinese_date(evaluation.statement_due_on), draft=draft,
    )  # fmt: skip


def issued(evaluation: Evaluation) -> dict[str, Any]:
    """The opinion as it is issued with the conclusion, to be kept."""
    return draft_of(evaluation, draft=False).document()


def fingerprint(document: dict[str, Any]) -> str:
    """SHA-256 over the issued opinion."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _reviewed(evaluation: Evaluation, items: dict[str, Item]) -> list[Reviewed]:
    found = judged(evaluation)
    return [Reviewed(str(item), item.measured, found[id].get_outcome_display(), found[id].reason) for id, item in items.items() if id in found]


def _asked(share: Share) -> Asked:
    if not share.is_counted:
        return Asked(share.label, "", "", "", "")
    return Asked(share.label, str(share.satisfied), str(share.of), share.percent, _WORDS[share.verdict])


def _sampled(evaluation: Evaluation) -> str:
    sample = evaluation.sample
    if sample is None:
        return ""
    return f"按办学类型和城乡分层，从 {len(sample.strata)} 所学校中随机抽取 {len(sample.drawn)} 所（种子 {sample.seed}，可复算）。"


def _found(evaluation: Evaluation, items: dict[str, Item]) -> list[Found]:
    return [
        Found(visited.visit.school.name, str(each.item), each.judgement.get_outcome_display(), each.judgement.reason, len(each.photos))
        for visited in visits_of(evaluation.visits.all(), items)
        for each in visited.standing
    ]


def _demands(evaluation: Evaluation) -> list[str]:
    """What is open at the county and its schools."""
    problems = Problem.objects.filter(counts_within(evaluation.unit.path), round=evaluation.round).exclude(state__in=FINISHED)
    return [f"{each.unit.name}：{each.title}{f'（{each.gap}）' if each.gap else ''}" for each in problems.select_related("unit").order_by("pk")[:_MOST_DEMANDS]]


def issued_on(evaluation: Evaluation) -> Any:
    """The date under it: of the 公示 it was issued with, else today."""
    return evaluation.announcement.opens_on if evaluation.opinion and evaluation.announcement else timezone.localdate()
