"""What the 督导意见书 of an evaluation says, gathered from the release, the visits and the problems."""

from __future__ import annotations

from junheng.reports.opinion import Finding, Opinion
from junheng.web.evaluation.criteria import items_of, policy_of
from junheng.web.evaluation.effects.basis import frozen_of
from junheng.web.evaluation.materials import judged
from junheng.web.evaluation.models import Evaluation, Outcome, VisitJudgement
from junheng.web.evaluation.satisfaction import satisfaction_of
from junheng.web.rectification.models import Problem

REPORT_WITHIN_DAYS = 30
"""rules.md §13: no national figure; a parameter, shown as unverified."""
_WORDS = {"pass": "达标", "fail": "未达标", "insufficient": "待定"}


def opinion_of(evaluation: Evaluation) -> Opinion:
    """The opinion as it stands now: a draft until the conclusion is publicised."""
    items = items_of(evaluation)
    reviewed = judged(evaluation)
    materials = [Finding("", str(item), reviewed[id].get_outcome_display(), reviewed[id].reason) for id, item in items.items() if id in reviewed]
    found = VisitJudgement.objects.filter(visit__evaluation=evaluation, outcome=Outcome.FAIL).select_related("visit__school")
    findings = [Finding(each.visit.school.name, str(items.get(each.criterion, each.criterion)), each.get_outcome_display(), each.reason) for each in found]
    problems = Problem.objects.filter(round=evaluation.round, unit__path__startswith=evaluation.unit.path).exclude(state="withdrawn")
    demands = [f"{each.unit.name}：{each.title}{f'（{each.gap}）' if each.gap else ''}" for each in problems.select_related("unit")[:200]]
    release = evaluation.release
    public = satisfaction_of(evaluation.satisfaction, policy_of(evaluation))
    measured = f"按{release.policy}测算，结论为{_WORDS[release.verdict]}" if release else "尚无签署的数据版本"
    return Opinion(
        county=evaluation.unit.name, year_label=evaluation.round.year_label, conclusion=f"{measured}；{public}。", materials=materials, findings=findings,
        demands=demands, report_within_days=REPORT_WITHIN_DAYS, basis=[(k, str(v)) for k, v in (frozen_of(release) if release else {}).items()],
        statements=[(each.text, each.answer) for each in evaluation.statements.all()],
        draft=evaluation.state not in ("publicised", "accepted", "not_accepted", "monitoring", "revoked"),
    )  # fmt: skip
