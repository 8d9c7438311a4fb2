"""What must hold before a submission moves, and what a move changes on it besides the state. `take` saves it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from junheng.web.flow.errors import Refused
from junheng.web.flow.process import Taken

_SHOWN = 5


def begun(submission: Any, taken: Taken) -> None:
    _in_open_round(submission)


def submitted(submission: Any, taken: Taken) -> Mapping[str, Any]:
    """Frozen: the version handed in. Raises Refused while errors stand, and for warnings without a word about them."""
    _in_open_round(submission)
    version = submission.latest
    if version is None:
        raise Refused("还没有数据，不能提交", remedy="请先上传填好的表，或在网页上填报")
    errors = [each for each in version.read_findings() if each.level == "error"]
    if errors:
        named = "；".join(f"{each.place.cell or each.place.sheet} {each.message}".strip() for each in errors[:_SHOWN])
        more = f"等 {len(errors):,} 处" if len(errors) > _SHOWN else ""
        raise Refused(f"还有 {len(errors):,} 处错误，不能提交", why=named.rstrip("。") + more, remedy="请改正后再提交")
    unexplained = version.warning_count - submission.explanations.filter(key__in=version.warning_keys()).count()
    if unexplained > 0 and not taken.data["explanation"]:
        wrong = f"有 {unexplained} 处提醒没有说明，请核对后写一句说明（例如：均已核对，数据属实）"
        raise Refused("提醒需要说明", why=wrong, fields={"explanation": wrong})
    return {"version": version.pk, "sha256": version.content_sha256}


def withdrawn(submission: Any, taken: Taken) -> None:
    _before_deadline(submission)


def accepted(submission: Any, taken: Taken) -> Mapping[str, Any]:
    return {"version": submission.latest_id, "sha256": submission.latest.content_sha256}


def returned(submission: Any, taken: Taken) -> None:
    _before_deadline(submission)


def locked(submission: Any, taken: Taken) -> None:
    submission.locked_from = submission.state


def unlocked(submission: Any, taken: Taken) -> None:
    _in_open_round(submission)
    until = taken.data.get("until")
    if until is not None and until < timezone.localdate():
        wrong = "这一天已经过去，请填今天或以后的日期"
        raise Refused("日期不对", why=wrong, fields={"until": wrong})
    submission.locked_from = ""


def _in_open_round(submission: Any) -> None:
    if not submission.round.is_open:
        raise Refused("现在不能填报", why=f"“{submission.round}”{submission.round.state_shown.label}")


def _before_deadline(submission: Any) -> None:
    _in_open_round(submission)
    if submission.fill_until < timezone.localdate():
        raise Refused("填报已经截止，改不了了", remedy="确需更正的，请先办理“截止后例外”，写明准许到哪一天")
