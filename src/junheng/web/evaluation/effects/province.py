"""The steps of the province: 资格审查, 材料审核, 社会认可度, 实地核查."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from junheng.web.evaluation.criteria import Item, items_of
from junheng.web.evaluation.effects.basis import same_data
from junheng.web.evaluation.materials import judged, unjudged
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
    """Counts of questionnaires and interviews; below 85 % the county cannot pass, and everything is still recorded."""
    counts = {name: _count(name, value) for name, value in taken.data.items()}
    for part, whole, word in (("satisfied", "valid", "满意问卷"), ("visited_satisfied", "visited", "走访满意")):
        share, of = counts[part], counts[whole]
        if share is not None and (of is None or share > of):
            raise Refused(f"{word}多于总数", remedy="请核对两个数", fields={part: "多于总数"})
    evaluation.satisfaction = counts
    return {"满意问卷": counts["satisfied"], "有效问卷": counts["valid"], "社会认可度达到 85%": satisfied(counts)}


def _count(name: str, value: Any) -> int | None:
    if value is None:
        return None
    if not str(value).isdigit():
        raise Refused("份数和人数应是整数", fields={name: "应是整数"})
    return int(value)


def satisfied(counts: Mapping[str, Any] | None) -> bool | None:
    """Whether both shares reach 85 %; None = not counted. An interview that was not held is not asked for."""
    if not counts or not counts.get("valid"):
        return None
    shares = [counts["satisfied"] * 100 >= 85 * counts["valid"]]
    if counts.get("visited"):
        shares.append((counts.get("visited_satisfied") or 0) * 100 >= 85 * counts["visited"])
    return all(shares)


def visits_done(evaluation: Any, taken: Taken) -> Mapping[str, Any]:
    """Every school drawn has been visited."""
    sample = getattr(evaluation, "sample", None)
    if sample is None:
        raise Refused("还没有抽取学校", remedy="请先抽取要核查的学校")
    seen = {visit.school.code for visit in evaluation.visits.filter(on__isnull=False).select_related("school")}
    missing = [code for code in sample.drawn if code not in seen]
    if missing:
        raise Refused(f"还有 {len(missing)} 所抽中的学校没有核查", why="、".join(missing[:5]), remedy="请核查后再结束")
    return {**same_data(evaluation, taken), "抽样种子": sample.seed, "核查学校": len(seen)}
