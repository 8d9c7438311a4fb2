"""What happens besides, when an announcement or an objection moves on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from junheng.web.flow.errors import Refused
from junheng.web.flow.process import Taken
from junheng.web.publicity.guard import refuse_personal
from junheng.web.rectification.actions import raise_problem


def proclaimed(announcement: Any, taken: Taken) -> Mapping[str, Any]:
    """公告 only after the window, and after every objection is answered."""
    if announcement.closes_on and timezone.localdate() <= announcement.closes_on:
        raise Refused("公示期还没有满", why=f"公示到 {announcement.closes_on:%Y-%m-%d}", remedy="请在期满后办理")
    open_ones = [each.receipt for each in announcement.objections.filter(state__in=("received", "reviewing"))]
    if open_ones:
        raise Refused(f"还有 {len(open_ones)} 件异议没有答复", why="、".join(open_ones[:5]), remedy="请先核查并答复")
    announcement.proclaimed_on = timezone.localdate()
    return {"objections": announcement.objections.count()}


def ended(announcement: Any, taken: Taken) -> Mapping[str, Any]:
    """Withdrawn or revoked: the public reads why."""
    refuse_personal(str(taken.data["reason"]), "reason")
    announcement.ended_on = timezone.localdate()
    announcement.ended_reason = taken.data["reason"]
    announcement.ended_document = taken.data.get("document") or ""
    return {}


def answered(objection: Any, taken: Taken) -> Mapping[str, Any]:
    refuse_personal(str(taken.data["answer"]), "answer")
    objection.answer = taken.data["answer"]
    return {}


def upheld(objection: Any, taken: Taken) -> Mapping[str, Any]:
    answered(objection, taken)
    announcement = objection.announcement
    problem = raise_problem(
        by=taken.by, unit=announcement.unit, round=announcement.round, title=str(taken.data["problem"]), criterion="", clause="",
        current="", required="", gap="", source=objection.reference,
    )  # fmt: skip
    return {"problem": problem.reference}
