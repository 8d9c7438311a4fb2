"""How many people there are to ask, as far as the county's release tells it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from junheng.web.areas.models import Unit
from junheng.web.evaluation.models import Evaluation
from junheng.web.reporting.queries import latest_release
from junheng.web.rights.levels import UnitKind

BY_PUPILS = ("students", "parents")
"""Groups whose number at a school is that of its pupils: one parent for each."""


def pupils_of(evaluation: Evaluation) -> dict[str, int]:
    """School code → pupils of both stages, for schools of the county's release that are still open here. {} without a release; a
    school that did not report its pupils is left out."""
    release = evaluation.release or latest_release(evaluation.round, evaluation.unit)
    if release is None:
        return {}
    pupils = _pupils(release.result)
    known = Unit.objects.counted_within(evaluation.unit.path).filter(kind=UnitKind.SCHOOL, closed_on=None, code__in=pupils).order_by("code")
    return {code: pupils[code] for code in known.values_list("code", flat=True)}


def _pupils(result: dict[str, Any]) -> dict[str, int]:
    out: Counter[str] = Counter()
    for stage in result["stages"].values():
        for school in stage["schools"]:
            if school.get("students"):
                out[school["code"]] += int(school["students"])
    return dict(out)
