"""URLs of evidence."""

from __future__ import annotations

from junheng.web.areas.models import Unit
from junheng.web.evidence.models import Evidence, EvidenceVersion
from junheng.web.evidence.permissions import VIEW
from junheng.web.evidence.place import Place
from junheng.web.evidence.views import evidence, evidence_file, evidence_one, evidence_preview
from junheng.web.pages.table import Page
from junheng.web.rounds.models import Round


def _place(round_id: int, code: str) -> Place:
    return Place(Round.objects.get(pk=round_id), Unit.objects.get(code=code))


def _one(pk: int) -> Evidence:
    return Evidence.objects.select_related("unit", "round").get(pk=pk)


def _version(pk: int) -> EvidenceVersion:
    return EvidenceVersion.objects.select_related("evidence__unit").get(pk=pk)


PAGES = (
    Page("evidence/<int:round_id>/<slug:code>/", "evidence", evidence, VIEW, _place, ("GET", "POST")),
    Page("evidence/<int:pk>/", "evidence_one", evidence_one, VIEW, _one, ("GET", "POST")),
    Page("evidence/files/<int:pk>/", "evidence_file", evidence_file, VIEW, _version),
    Page("evidence/files/<int:pk>/preview/", "evidence_preview", evidence_preview, VIEW, _version),
)
