"""What a plan was asked with, in words."""

from __future__ import annotations

from junheng.web.desk.forms import release_words, value_words
from junheng.web.desk.models import Plan
from junheng.web.desk.offered import OFFERED
from junheng.web.desk.questions import values_of
from junheng.web.reporting.models import CountyRelease


def values_said(plan: Plan) -> list[tuple[str, str, bool]]:
    """Label, value in words, whether it was chosen; in the planner's order."""
    planner = OFFERED.get(plan.planner)
    if planner is None:
        return [(id, text, True) for id, text in plan.values.items()]
    values = values_of(planner, plan.values)
    return [(each.label, value_words(each, values[each.id]), each.id in plan.values) for each in planner.parameters]


def releases_said(plan: Plan) -> list[tuple[CountyRelease, str]]:
    found = CountyRelease.objects.filter(pk__in=plan.releases).select_related("unit", "round").defer("result", "detail").order_by("unit__code")
    return [(each, release_words(each)) for each in found]
