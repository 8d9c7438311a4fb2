"""结论, 公示, 公告."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from junheng.judging.result import Verdict
from junheng.reports.words import subject_of
from junheng.web.evaluation.criteria import items_of, policy_of
from junheng.web.evaluation.effects.basis import frozen_of, same_data
from junheng.web.evaluation.materials import judged
from junheng.web.evaluation.opinion import fingerprint, issued
from junheng.web.evaluation.parameters import PUBLICITY_DAYS
from junheng.web.evaluation.published import published
from junheng.web.evaluation.satisfaction import satisfaction_of
from junheng.web.evaluation.visited import on_site
from junheng.web.flow.errors import Refused
from junheng.web.flow.process import Taken
from junheng.web.publicity.actions import announce, proclaim, withdraw


def publicise(evaluation: Any, taken: Taken) -> Mapping[str, Any]:
    """A pass needs a passing verdict of the frozen release and a satisfied public; what machines and people found stands."""
    frozen = same_data(evaluation, taken)
    _heard(evaluation)
    conclusion = str(taken.data["conclusion"])
    if conclusion == "pass" and evaluation.release.verdict != "pass":
        raise Refused("测算结论不是达标，不能公示为通过", why=f"冻结版本的结论是“{Verdict(evaluation.release.verdict).label}”",
                      remedy="请核对；数据有误的退回县里更正后重报", fields={"conclusion": "与测算结论不符"})  # fmt: skip
    public = satisfaction_of(evaluation.satisfaction, policy_of(evaluation))
    if conclusion == "pass" and public.passes is None:
        raise Refused("社会认可度待定，不能公示为通过", why=str(public), remedy="请补做缺少的对象，再“补登社会认可度”", fields={"conclusion": "社会认可度待定"})
    if conclusion == "pass" and not public.passes:
        raise Refused(f"社会认可度没有达到 {public.limit_words}，不能公示为通过", why=str(public), fields={"conclusion": "社会认可度未达到"})
    failed = [each for each in judged(evaluation).values() if each.outcome != "pass"]
    if conclusion == "pass" and failed:
        raise Refused("材料审核有未达标的条目，不能公示为通过", why=_titles(evaluation, failed), remedy="请核对；整改后可以重新审核这些条目",
                      fields={"conclusion": "与材料审核不符"})  # fmt: skip
    _weigh_visits(evaluation, conclusion, str(taken.data["weighed"] or ""))
    evaluation.conclusion = conclusion
    evaluation.opinion = issued(evaluation)
    evaluation.announcement = announce(
        by=taken.by, unit=evaluation.unit, round=evaluation.round, about=evaluation.reference,
        title=f"{evaluation.unit.name}义务教育{subject_of(policy_of(evaluation))}发展省级评估验收结论公示（{'通过' if conclusion == 'pass' else '未通过'}）",
        body=str(taken.data["text"]), result=published(evaluation), hashes=frozen,
        days=evaluation.days(PUBLICITY_DAYS), conclusion=conclusion,
    )  # fmt: skip
    return {**frozen, "公示": evaluation.announcement.reference, "督导意见书": fingerprint(evaluation.opinion)}


def _heard(evaluation: Any) -> None:
    """The county had its time to state its case, or said it needs no more; all it said is answered."""
    waiting = evaluation.statements.filter(decision="").count()
    if waiting:
        raise Refused(f"还有 {waiting} 条申辩没有答复", why="结论要在答复申辩以后公示", remedy="请在评估页面逐条答复")
    due_on = evaluation.statement_due_on
    if evaluation.statements_closed_on is None and due_on is not None and timezone.localdate() <= due_on:
        raise Refused("申辩期限还没有到", why=f"县里可以申辩到 {due_on:%Y-%m-%d}", remedy="请在期限以后公示；县里表示没有其他意见的，可以提前")


def _weigh_visits(evaluation: Any, conclusion: str, weighed: str) -> None:
    """A county may pass with something found at a school that is still to be mended, but not without anybody saying why."""
    failed = {id: each for id, each in on_site(evaluation.visits).items() if each.open}
    if conclusion == "pass" and failed and not weighed:
        items = items_of(evaluation)
        listed = "；".join(f"{items[id].title if id in items else id}：{each.words}" for id, each in failed.items())
        raise Refused("实地核查有未达标、还没有整改销号的，不能就这样公示为通过", why=listed, remedy="请更正有误的判断，或等整改销号；确实不影响结论的，写明理由",
                      fields={"weighed": "请写明为什么不影响结论"})  # fmt: skip


def _titles(evaluation: Any, found: Sequence[Any]) -> str:
    items = items_of(evaluation)
    return "、".join(items[each.criterion].title for each in found if each.criterion in items)


def proclaim_pass(evaluation: Any, taken: Taken) -> Mapping[str, Any]:
    return _proclaim(evaluation, taken, "pass")


def proclaim_fail(evaluation: Any, taken: Taken) -> Mapping[str, Any]:
    return _proclaim(evaluation, taken, "fail")


def _proclaim(evaluation: Any, taken: Taken, conclusion: str) -> Mapping[str, Any]:
    if evaluation.conclusion != conclusion:
        raise Refused("与公示的结论不一致", why=f"公示的是“{'通过' if evaluation.conclusion == 'pass' else '未通过'}”", remedy="请撤回公示后重新形成结论")
    if evaluation.announcement.state != "in_force":
        proclaim(evaluation.announcement, by=taken.by)
    return {**frozen_of(evaluation.release), "公示": evaluation.announcement.reference}


def reopened(evaluation: Any, taken: Taken) -> Mapping[str, Any]:
    """The 公示 is withdrawn, and with it the conclusion and the opinion as issued; both stay in the steps."""
    announcement, opinion = evaluation.announcement, fingerprint(evaluation.opinion)
    if announcement.state != "withdrawn":
        withdraw(announcement, by=taken.by, data={"reason": taken.data["reason"]})
    evaluation.announcement = evaluation.opinion = None
    evaluation.conclusion = ""
    return {"撤回的公示": announcement.reference, "撤回的督导意见书": opinion}


def forget_release(evaluation: Any, taken: Taken) -> Mapping[str, Any]:
    """A new application starts with new data, a new review, a new sample; what was decided stays in the steps."""
    before = evaluation.release.hash if evaluation.release else ""
    evaluation.release = evaluation.satisfaction = evaluation.announcement = evaluation.opinion = None
    evaluation.statement_due_on = evaluation.statements_closed_on = None
    evaluation.conclusion = ""
    evaluation.application += 1
    return {"上次数据版本": before, "第几次申报": evaluation.application}
