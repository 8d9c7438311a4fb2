"""What every decision rests on: the release the county signed, and nothing newer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from junheng.judging.result import Verdict
from junheng.web.evaluation.passed import passed_in_another, why_not_again
from junheng.web.flow.errors import Refused
from junheng.web.flow.process import Taken
from junheng.web.reporting.queries import latest_release


def frozen_of(release: Any) -> dict[str, Any]:
    """What a decision rests on: anybody can recompute it from these."""
    policy = release.detail.get("policy", {})
    return {"数据版本": release.hash, "标准": release.policy, "基准日": str(release.as_of), "地方叠加": "、".join(policy.get("overlays", [])) or "无",
            "测算引擎": release.engine, "软件版本": release.engine_version, "测算结论": Verdict(release.verdict).label}  # fmt: skip


def not_passed_already(evaluation: Any, taken: Taken) -> Mapping[str, Any]:
    """A county that passed in another round is monitored, and not evaluated again."""
    passed = passed_in_another(evaluation)
    if passed is not None:
        raise Refused("这个县不必再作评估", why=f"{why_not_again(passed)}，公告有效，按年度监测", remedy="年度监测不合格或结论撤销以后，才重新评估；本轮照常填报、冻结数据，供年度监测使用")
    return {}


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
