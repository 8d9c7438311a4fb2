"""What was found on site, as pages show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from junheng.web.evaluation.criteria import Item
from junheng.web.evidence.queries import Shown, evidence_of_each

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from junheng.web.evaluation.models import Visit, VisitJudgement


@dataclass(frozen=True)
class Judged:
    """One judgement. item: its criterion, or the bare id where the standard no longer has it."""

    item: Item | str
    judgement: VisitJudgement
    photos: list[Shown]


@dataclass(frozen=True)
class Visited:
    """A school an expert went to."""

    visit: Visit
    judged: list[Judged]

    @property
    def failing(self) -> int:
        return sum(each.judgement.outcome == "fail" for each in self.judged)

    @property
    def photos(self) -> int:
        return sum(len(each.photos) for each in self.judged)


def visits_of(visits: QuerySet[Visit], items: Mapping[str, Item]) -> list[Visited]:
    """Visits with their judgements and the photographs of these; three queries, whatever their number."""
    found = list(visits.select_related("school", "expert").prefetch_related("judgements"))
    photos = evidence_of_each(each.reference for visit in found for each in visit.judgements.all())
    return [Visited(visit, [_judged(each, items, photos) for each in visit.judgements.all()]) for visit in found]


def _judged(judgement: VisitJudgement, items: Mapping[str, Item], photos: Mapping[str, list[Shown]]) -> Judged:
    return Judged(items.get(judgement.criterion, judgement.criterion), judgement, photos.get(judgement.reference, []))
