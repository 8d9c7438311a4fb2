"""After the acceptance: 年度监测, 撤销, and what is reported to the state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.apps import apps

from junheng.judging.result import Verdict
from junheng.web.evaluation.effects.basis import frozen_of
from junheng.web.flow.errors import Refused
from junheng.web.flow.process import Taken
from junheng.web.publicity.actions import revoke
from junheng.web.reporting.queries import later_release


def monitored(evaluation: Any, taken: Taken) -> Mapping[str, Any]:
    """A later school year's release meets the standard."""
    release = _to_monitor(evaluation)
    if release.verdict != Verdict.PASS:
        raise Refused(f"{release.round.year_label}的结论是“{Verdict(release.verdict).label}”，不能登记为合格", remedy="请登记为监测不合格，责令限期整改")
    return _frozen(release)


def warned(evaluation: Any, taken: Taken) -> Mapping[str, Any]:
    """A later school year's release does not meet the standard, or does not show that it does."""
    release = _to_monitor(evaluation)
    if release.verdict == Verdict.PASS:
        raise Refused(f"{release.round.year_label}的结论是“达标”，不能登记为不合格", remedy="请登记为监测合格")
    return _frozen(release)


def _to_monitor(evaluation: Any) -> Any:
    """The newest release of a later school year, judged by nobody yet."""
    release = later_release(evaluation.round, evaluation.unit)
    if release is None:
        raise Refused("还没有以后学年的数据版本", why=f"验收用的是 {evaluation.round.year_label}的数据，监测要看以后学年的",
                      remedy="请在以后学年的评估轮次里收齐并冻结这个县的数据后再监测")  # fmt: skip
    if not release.is_formal:
        raise Refused("最新的数据版本不是正式版本", why=f"{release.round.year_label}第 {release.number} 版冻结时还有错误级发现", remedy="请县里改正后重新冻结")
    if evaluation.monitorings.filter(release=release).exists():
        raise Refused("这一版数据已经监测过", why=f"{release.round.year_label}第 {release.number} 版", remedy="有新的数据版本后再监测")
    return release


def _frozen(release: Any) -> Mapping[str, Any]:
    return {"监测学年": release.round.year_label, **frozen_of(release)}


def revoked(evaluation: Any, taken: Taken) -> Mapping[str, Any]:
    """The public is told as well: the announcement in force says that and why it no longer holds."""
    announcement = evaluation.announcement
    if announcement is not None and announcement.state == "in_force":
        revoke(announcement, by=taken.by, data={"reason": taken.data["reason"], "document": taken.data["approval"]})
    return frozen_of(evaluation.release)


def accepted_first(recognition: Any, taken: Taken) -> Mapping[str, Any]:
    """Only a county that passed 省级评估验收 is reported to the state."""
    passed = apps.get_model("evaluation", "Evaluation").objects.filter(unit=recognition.unit, state__in=("accepted", "monitoring")).select_related("release").last()
    if passed is None or passed.release is None:
        raise Refused("这个县还没有通过省级评估验收", remedy="通过验收并公告后再报送国家")
    return frozen_of(passed.release)
