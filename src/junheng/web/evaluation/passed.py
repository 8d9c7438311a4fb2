"""A county that passed is not evaluated again by the same standard, as long as its 公告 holds: it is monitored year by year.

Once a monitoring failed, or the conclusion was revoked, it may be evaluated anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Exists, OuterRef

from junheng.web.pages.templatetags.marks import chinese_date

if TYPE_CHECKING:
    from junheng.web.evaluation.models import Evaluation
    from junheng.web.rounds.models import Round

HOLDS = ("accepted", "monitoring")
"""States in which a county has passed and nothing is held against it."""


def passed_in_other_rounds(round: Round) -> dict[int, Evaluation]:
    """Unit → the evaluation by which it has passed, by the round's standard. One query."""
    found = _holding().filter(round__policy=round.policy).exclude(round=round).select_related("round", "unit", "announcement").order_by("round__school_year", "pk")
    return {each.unit_id: each for each in found}


def passed_in_another(evaluation: Evaluation) -> Evaluation | None:
    return passed_in_other_rounds(evaluation.round).get(evaluation.unit_id)


def is_needless() -> Exists:
    """Of evaluations in a query: whether the county has passed in another round."""
    return Exists(_holding().filter(unit=OuterRef("unit"), round__policy=OuterRef("round__policy")).exclude(round=OuterRef("round")))


def why_not_again(passed: Evaluation) -> str:
    """"和平区已在“2025 年评估”通过省级评估验收（2026年3月1日公告）"."""
    proclaimed = passed.announcement.proclaimed_on if passed.announcement else None
    return f"{passed.unit.name}已在“{passed.round.name}”通过省级评估验收（{f'{chinese_date(proclaimed)}公告' if proclaimed else '已公告'}）"


def _holding() -> Any:
    return apps.get_model("evaluation", "Evaluation").objects.filter(state__in=HOLDS, announcement__state="in_force")
