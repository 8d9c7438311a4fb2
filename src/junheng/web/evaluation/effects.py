"""What happens besides, inside the transaction of a transition: what is frozen, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.apps import apps
from django.utils import timezone

from junheng.web.evaluation.parameters import PUBLICITY_DAYS
from junheng.web.flow.errors import Refused
from junheng.web.flow.process import Taken
from junheng.web.publicity.actions import announce, proclaim
from junheng.web.reporting.queries import latest_release

_YEARS_RECOGNISED = 3
"""教督〔2017〕6号 第四条: 基本均衡 recognised for three years."""


def frozen_of(release: Any) -> dict[str, Any]:
    """What a decision rests on: anybody can recompute it from these."""
    policy = release.detail.get("policy", {})
    return {"数据版本": release.hash, "标准": release.policy, "基准日": str(release.as_of), "地方叠加": "、".join(policy.get("overlays", [])) or "无",
            "测算引擎": release.engine, "软件版本": release.engine_version, "测算结论": release.verdict}  # fmt: skip


def sign_off(evaluation: Any, taken: Taken) -> Mapping[str, Any]:
    """The county signs the release it froze last; it must be formal."""
    release = latest_release(evaluation.round, evaluation.unit)
    if release is None:
        raise Refused("还没有冻结数据版本", remedy="请先在“填报进度”页面冻结本县数据版本")
    if not release.is_formal:
        raise Refused("最新的数据版本不是正式版本", why="冻结时还有错误级发现", remedy="请改正错误后重新冻结")
    evaluation.release = release
    return frozen_of(release)


def same_data(evaluation: Any, taken: Taken) -> Mapping[str, Any]:
    """Nothing may have changed since the county signed."""
    latest = latest_release(evaluation.round, evaluation.unit)
    if evaluation.release is None or latest is None:
        raise Refused("没有县里签署的数据版本", remedy="请退回县里重新提交自评")
    if latest.pk != evaluation.release.pk:
        raise Refused("县里在提交自评以后又冻结了新的数据版本", why=f"签署的是第 {evaluation.release.number} 版，最新是第 {latest.number} 版",
                      remedy="请退回县里，用最新版本重新提交自评")  # fmt: skip
    return frozen_of(evaluation.release)


def qualified(evaluation: Any, taken: Taken) -> Mapping[str, Any]:
    on: date = taken.data["recognised_on"]
    full = on.replace(year=on.year + _YEARS_RECOGNISED) if (on.month, on.day) != (2, 29) else date(on.year + _YEARS_RECOGNISED, 3, 1)
    if full > timezone.localdate():
        raise Refused("基本均衡认定还不满三年", why=f"{on:%Y-%m-%d} 认定，{full:%Y-%m-%d} 满三年", remedy="满三年后再审查",
                      fields={"recognised_on": "不满三年"})  # fmt: skip
    evaluation.recognised_on = on
    return same_data(evaluation, taken)


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


def publicise(evaluation: Any, taken: Taken) -> Mapping[str, Any]:
    """A pass needs a passing verdict of the frozen release and a satisfied public; what machines and people found stands."""
    frozen = same_data(evaluation, taken)
    conclusion = str(taken.data["conclusion"])
    if conclusion == "pass" and evaluation.release.verdict != "pass":
        raise Refused("测算结论不是达标，不能公示为通过", why=f"冻结版本的结论是“{_WORDS[evaluation.release.verdict]}”",
                      remedy="请核对；数据有误的退回县里更正后重报", fields={"conclusion": "与测算结论不符"})  # fmt: skip
    if conclusion == "pass" and not satisfied(evaluation.satisfaction):
        raise Refused("社会认可度没有达到 85%，不能公示为通过", fields={"conclusion": "社会认可度未达到 85%"})
    evaluation.conclusion = conclusion
    evaluation.announcement = announce(
        by=taken.by, unit=evaluation.unit, round=evaluation.round, about=evaluation.reference,
        title=f"{evaluation.unit.name}义务教育优质均衡发展省级评估验收结论公示（{'通过' if conclusion == 'pass' else '未通过'}）",
        body=str(taken.data["text"]), result=published_result(evaluation.release.result), hashes=frozen,
        days=evaluation.days(PUBLICITY_DAYS),
    )  # fmt: skip
    return {**frozen, "公示": evaluation.announcement.reference}


_WORDS = {"pass": "达标", "fail": "未达标", "insufficient": "待定"}


def published_result(result: Mapping[str, Any]) -> list[dict[str, Any]]:
    """result.json as the public sees it: the county and its criteria; no school's pupils, nobody's name."""
    lines = [{"title": "测算结论", "verdict": result["verdict"], "words": ""}]
    for name, stage in result.get("stages", {}).items():
        over = [code for code, each in stage.get("balance", {}).items() if each["verdict"] != "pass"]
        word = "小学" if name == "primary" else "初中"
        verdict = "pass" if not over else "fail" if any(stage["balance"][code]["verdict"] == "fail" for code in over) else "insufficient"
        lines.append({"title": f"{word}校际差异系数", "verdict": verdict, "words": "、".join(over) if over else "7 项均在限值以内"})
    return lines


def proclaim_pass(evaluation: Any, taken: Taken) -> Mapping[str, Any]:
    return _proclaim(evaluation, taken, "pass")


def proclaim_fail(evaluation: Any, taken: Taken) -> Mapping[str, Any]:
    return _proclaim(evaluation, taken, "fail")


def _proclaim(evaluation: Any, taken: Taken, conclusion: str) -> Mapping[str, Any]:
    if evaluation.conclusion != conclusion:
        raise Refused("与公示的结论不一致", why=f"公示的是“{'通过' if evaluation.conclusion == 'pass' else '未通过'}”", remedy="请撤回公示后重新形成结论")
    proclaim(evaluation.announcement, by=taken.by)
    return {**frozen_of(evaluation.release), "公示": evaluation.announcement.reference}


def forget_release(evaluation: Any, taken: Taken) -> Mapping[str, Any]:
    """A new application starts with new data; what was decided stays in the steps."""
    before = evaluation.release.hash if evaluation.release else ""
    evaluation.release = evaluation.satisfaction = evaluation.announcement = None
    evaluation.conclusion = ""
    return {"上次数据版本": before}


def monitored(evaluation: Any, taken: Taken) -> Mapping[str, Any]:
    latest = latest_release(evaluation.round, evaluation.unit)
    if latest is None or latest.verdict != "pass":
        raise Refused("最新数据版本的结论不是达标", remedy="请责令限期整改；整改不到位的，经批准撤销")
    return frozen_of(latest)


def accepted_first(recognition: Any, taken: Taken) -> Mapping[str, Any]:
    """Only a county that passed 省级评估验收 is reported to the state."""
    passed = apps.get_model("evaluation", "Evaluation").objects.filter(unit=recognition.unit, state__in=("accepted", "monitoring")).select_related("release").last()
    if passed is None or passed.release is None:
        raise Refused("这个县还没有通过省级评估验收", remedy="通过验收并公告后再报送国家")
    return frozen_of(passed.release)
