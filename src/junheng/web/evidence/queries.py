"""What is asked of evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Max, QuerySet
from django.urls import reverse

from junheng.web.areas.models import Unit, counts_within
from junheng.web.evidence.models import Evidence, EvidenceVersion
from junheng.web.rounds.models import Round


@dataclass(frozen=True)
class Shown:
    """An evidence as a list shows it, its newest file. preview: URL of a small picture, "" = none; page: its own page."""

    pk: int
    title: str
    name: str
    url: str
    preview: str
    page: str
    size: int
    media_type: str
    by: str
    at: datetime
    number: int


def evidence_of(subject: str) -> list[Shown]:
    """What is attached to a subject ("problem:12"), oldest first."""
    return shown(_newest().filter(evidence__subject=subject).order_by("evidence_id"))


def evidence_of_each(subjects: Iterable[str]) -> dict[str, list[Shown]]:
    """Subject → what is attached to it, oldest first; one query. A subject with nothing attached is not there."""
    found = list(_newest().filter(evidence__subject__in=list(subjects)).order_by("evidence_id"))
    out: dict[str, list[Shown]] = {}
    for version, one in zip(found, shown(found), strict=True):
        out.setdefault(version.evidence.subject, []).append(one)
    return out


def counts_by_subject(subjects: Iterable[str]) -> Counter[str]:
    """Subject → how many pieces are attached; one query."""
    return Counter(Evidence.objects.filter(subject__in=list(subjects)).values_list("subject", flat=True))


def evidence_for(round: Round, unit: Unit, criterion: str) -> list[Shown]:
    """What a unit shows for a criterion."""
    return shown(_newest().filter(evidence__round=round, evidence__unit=unit, evidence__criterion=criterion, evidence__subject=""))


def counts_by_criterion(round: Round, unit: Unit) -> dict[str, int]:
    """Criterion → how many are shown at and below a unit."""
    counts: dict[str, int] = {}
    for criterion in Evidence.objects.filter(counts_within(unit.path), round=round, subject="").values_list("criterion", flat=True):
        counts[criterion] = counts.get(criterion, 0) + 1
    return counts


def newest_by_criterion(round: Round, unit: Unit) -> dict[str, datetime]:
    """Criterion → when the last file was handed in for it at and below a unit."""
    below = EvidenceVersion.objects.filter(counts_within(unit.path, unit="evidence__unit__"), evidence__round=round, evidence__subject="")
    return dict(below.order_by().values_list("evidence__criterion").annotate(Max("at")))


def evidence_below(round: Round, unit: Unit, criterion: str) -> QuerySet[EvidenceVersion]:
    """The newest files of what a unit and everything below it show for a criterion, the unit's own first."""
    of = _newest().filter(counts_within(unit.path, unit="evidence__unit__"), evidence__round=round, evidence__criterion=criterion, evidence__subject="")
    return of.order_by("evidence__unit__path", "evidence_id")


def evidence_at(round: Round, unit: Unit) -> QuerySet[EvidenceVersion]:
    """The newest files of everything a unit shows for criteria, itself alone."""
    return _newest().filter(evidence__round=round, evidence__unit=unit, evidence__subject="")


def shown(versions: Iterable[EvidenceVersion]) -> list[Shown]:
    return [
        Shown(
            each.evidence_id, each.evidence.title, each.name, reverse("evidence_file", args=[each.pk]),
            reverse("evidence_preview", args=[each.pk]) if each.preview else "", reverse("evidence_one", args=[each.evidence_id]),
            each.size, each.media_type, each.by_name, each.at, each.number,
        )
        for each in versions
    ]  # fmt: skip


def _newest() -> QuerySet[EvidenceVersion]:
    return EvidenceVersion.objects.filter(number=F("evidence__latest")).select_related("evidence__unit")
