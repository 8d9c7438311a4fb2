"""After the acceptance: 年度监测, and what is reported to the state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.apps import apps

from junheng.web.evaluation.effects.basis import frozen_of
from junheng.web.flow.errors import Refused
from junheng.web.flow.process import Taken
from junheng.web.reporting.queries import latest_release


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
