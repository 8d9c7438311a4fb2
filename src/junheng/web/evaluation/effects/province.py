"""The steps of the province: 资格审查, 材料审核, 社会认可度, 实地核查."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from junheng.web.evaluation.criteria import Item, items_of, policy_of
from junheng.web.evaluation.effects.basis import same_data
from junheng.web.evaluation.materials import judged, unjudged
from junheng.web.evaluation.parameters import STATEMENT_DAYS
from junheng.web.evaluation.satisfaction import GROUPS, Satisfaction, satisfaction_of
from junheng.web.flow.errors import Refused
from junheng.web.flow.process import Taken

_YEARS_RECOGNISED = 3
"""教督〔2017〕6号 第四条: 基本均衡 recognised for three years."""


def qualified(evaluation: Any, taken: Taken) -> Mapping[str, Any]:
    on: date = taken.data["recognised_on"]
    full = on.replace(year=on.year + _YEARS_RECOGNISED) if (on.month, on.day) != (2, 29) else date(on.year + _YEARS_RECOGNISED, 3, 1)
    if full > timezone.localdate():
        raise Refused("基本均衡认定还不满三年", why=f"{on:%Y-%m-%d} 认定，{full:%Y-%m-%d} 满三年", remedy="满三年后再审查",
                      fields={"recognised_on": "不满三年"})  # fmt: skip
    evaluation.recognised_on = on
    return same_data(evaluation, taken)


def materials_judged(evaluation: Any, taken: Taken) -> Mapping[str, Any]:
    """Every criterion that no number shows has been judged by somebody, and nothing is asked for any more."""
    frozen = same_data(evaluation, taken)
    items, found = items_of(evaluation, evaluation.release.result), judged(evaluation)
    waiting = unjudged(items, found)
    if waiting:
        raise Refused(f"还有 {len(waiting)} 条没有数字可以说明的条目没有审核", why=_listed(waiting), remedy="请在“材料审核”页面逐条审核")
    asked = [items[id] for id, each in found.items() if each.outcome == "more" and id in items]
    if asked:
        raise Refused(f"还有 {len(asked)} 条等县里补充材料", why=_listed(asked), remedy="请在补充后重新审核；到期不补的判为未达标")
    counts = {label: sum(each.outcome == outcome for each in found.values()) for outcome, label in (("pass", "审核达标"), ("fail", "审核未达标"))}
    return {**frozen, **counts}


def _listed(items: Sequence[Item]) -> str:
    names = "、".join(item.title for item in items[:5])
    return f"{names}等" if len(items) > 5 else names


def recognition_counted(evaluation: Any, taken: Taken) -> Mapping[str, Any]:
    """Counts of questionnaires and interviews; below the limit the county cannot pass, and everything is still recorded."""
    counted = satisfaction_of(taken.data, policy_of(evaluation))
    for each, part in zip((counted.questionnaires, counted.interviews, *counted.groups), _PARTS, strict=True):
        if (each.satisfied is None) != (each.of is None):
            raise Refused(f"{each.label}只填了一个数", why="有效数和满意数要么都填，要么都不填", fields={part: "两个数都要填"})
        if each.quota is not None and each.of is None:
            raise Refused(f"{each.label}只填了配额", why="没有有效问卷数，配额没有意义", fields={part: "请填有效和满意问卷，或把配额也留空"})
        if each.satisfied is not None and each.of is not None and each.satisfied > each.of:
            raise Refused(f"{each.label}的满意数多于总数", why=f"满意 {each.satisfied}，总数 {each.of}", remedy="请核对两个数", fields={part: "多于总数"})
    _sum_up(counted)
    evaluation.satisfaction = dict(taken.data)
    return {"问卷": str(counted.questionnaires), "走访": str(counted.interviews), "分组": "、".join(map(str, counted.groups)),
            f"社会认可度达到 {counted.limit_words}": counted.passes}  # fmt: skip


def recognition_completed(evaluation: Any, taken: Taken) -> Mapping[str, Any]:
    """The same again where a group was missing; a verdict that stands is not written over."""
    known = satisfaction_of(evaluation.satisfaction, policy_of(evaluation))
    if known.passes is not None:
        raise Refused("社会认可度已经登记完整，不能改登", why=str(known), remedy="登记有误的，退回县里重报后重新登记")
    return recognition_counted(evaluation, taken)


_PARTS = ("satisfied", "visited_satisfied", *(f"{name}_satisfied" for name, _ in GROUPS))


def _sum_up(counted: Satisfaction) -> None:
    """The groups are parts of the whole: never more, and exactly as many once all of them are counted."""
    known = [each for each in counted.groups if each.is_counted]
    of, satisfied = sum(each.of or 0 for each in known), sum(each.satisfied or 0 for each in known)
    whole = counted.questionnaires
    assert whole.of is not None
    assert whole.satisfied is not None
    complete = len(known) == len(counted.groups)
    if of > whole.of or satisfied > whole.satisfied or (complete and (of, satisfied) != (whole.of, whole.satisfied)):
        raise Refused("分组的份数与全部问卷不符", why=f"各组合计满意 {satisfied}、有效 {of}，全部为满意 {whole.satisfied}、有效 {whole.of}",
                      remedy="请核对各组的数；没有统计的组留空，不要填 0", fields={"valid": "与各组合计不符"})  # fmt: skip
    # The rest, which belongs to groups not counted, cannot hold more contented answers than answers.
    if whole.satisfied - satisfied > whole.of - of:
        raise Refused("分组的份数与全部问卷不符", why=f"未分组的满意 {whole.satisfied - satisfied} 份，多于未分组的有效 {whole.of - of} 份",
                      remedy="请核对各组的数", fields={"satisfied": "与各组合计不符"})  # fmt: skip


def visits_done(evaluation: Any, taken: Taken) -> Mapping[str, Any]:
    """Every school drawn has been visited; the county's time to answer the draft opinion begins."""
    sample = evaluation.sample
    if sample is None:
        raise Refused("还没有抽取学校", remedy="请先抽取要核查的学校")
    seen = {visit.school.code for visit in evaluation.visits.filter(on__isnull=False).select_related("school")}
    missing = [code for code in sample.drawn if code not in seen]
    if missing:
        raise Refused(f"还有 {len(missing)} 所抽中的学校没有核查", why="、".join(missing[:5]), remedy="请核查后再结束")
    frozen = same_data(evaluation, taken)
    evaluation.statement_due_on = timezone.localdate() + timedelta(days=evaluation.days(STATEMENT_DAYS))
    evaluation.statements_closed_on = None
    return {**frozen, "抽样种子": sample.seed, "核查学校": len(seen), "申辩截止": str(evaluation.statement_due_on)}
