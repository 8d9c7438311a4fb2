"""What was found on site, as pages show it, and what of it counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from junheng.web.evaluation.criteria import Item
from junheng.web.evidence.queries import Shown, evidence_of_each
from junheng.web.rectification.models import FINISHED

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from junheng.web.evaluation.models import Visit, VisitJudgement


@dataclass(frozen=True)
class Judged:
    """One judgement, standing or withdrawn. item: its criterion, or the bare id where the standard no longer has it; photos: those of
    the judgements it replaces among them."""

    item: Item | str
    judgement: VisitJudgement
    photos: list[Shown]


@dataclass(frozen=True)
class Visited:
    """A school an expert went to. judged: everything recorded there, in order."""

    visit: Visit
    judged: list[Judged]

    @property
    def standing(self) -> list[Judged]:
        """What counts: withdrawn judgements do not."""
        return [each for each in self.judged if each.judgement.stands]

    @property
    def failing(self) -> int:
        return sum(each.judgement.outcome == "fail" for each in self.standing)

    @property
    def photos(self) -> int:
        return sum(len(each.photos) for each in self.standing)


@dataclass(frozen=True)
class OnSite:
    """One criterion over the schools visited, by school, of what stands. failing: schools where it is 未达标; mended: those of them
    whose problem has been closed since."""

    schools: int
    failing: int
    mended: int

    @property
    def open(self) -> int:
        return self.failing - self.mended

    @property
    def verdict(self) -> str:
        return "fail" if self.open else "pass"

    @property
    def words(self) -> str:
        """"实地核查 6 所，未达标 2 所（1 所已整改销号）"."""
        if not self.failing:
            return f"实地核查 {self.schools} 所均达标"
        mended = f"（{self.mended} 所已整改销号）" if self.mended else ""
        return f"实地核查 {self.schools} 所，未达标 {self.failing} 所{mended}"


def visits_of(visits: QuerySet[Visit], items: Mapping[str, Item]) -> list[Visited]:
    """Visits with their judgements and the photographs of these; four queries at most, whatever their number."""
    found = list(visits.select_related("school", "expert").prefetch_related("judgements__replaced_by"))
    photos = evidence_of_each(each.reference for visit in found for each in visit.judgements.all())
    return [Visited(visit, _judged(list(visit.judgements.all()), items, photos)) for visit in found]


def _judged(judgements: list[VisitJudgement], items: Mapping[str, Item], photos: Mapping[str, list[Shown]]) -> list[Judged]:
    """A corrected judgement hands its photographs on: they show what was seen, whatever was made of it."""
    handed: dict[int | None, list[Shown]] = {}
    out = []
    for each in judgements:
        handed[each.pk] = [*handed.get(each.replaces_id, []), *photos.get(each.reference, [])]
        out.append(Judged(items.get(each.criterion, each.criterion), each, handed[each.pk]))
    return out


def on_site(visits: QuerySet[Visit]) -> dict[str, OnSite]:
    """Criterion → how it stands at the schools visited; one query. 不适用 counts nowhere."""
    from junheng.web.evaluation.models import VisitJudgement

    standing = VisitJudgement.objects.filter(visit__in=visits.order_by(), withdrawn_at=None).exclude(outcome="none")
    seen: dict[str, dict[int, list[tuple[str, bool]]]] = {}
    for criterion, school, outcome, state in standing.values_list("criterion", "visit__school_id", "outcome", "problem__state"):
        seen.setdefault(criterion, {}).setdefault(school, []).append((outcome, state == FINISHED[0]))
    return {criterion: _counted(schools.values()) for criterion, schools in seen.items()}


def _counted(schools: Iterable[list[tuple[str, bool]]]) -> OnSite:
    failing = [[closed for outcome, closed in of if outcome == "fail"] for of in schools]
    return OnSite(len(failing), sum(bool(each) for each in failing), sum(bool(each) and all(each) for each in failing))
