"""The policy library, and how the open data are made."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from junheng.opendata.datasets import DATASETS
from junheng.opendata.rule import least_count, the_rule
from junheng.opendata.schools import PUBLISHED_BASIS, WITHHELD
from junheng.policy.in_force import Document
from junheng.web.portal.kept import kept, shown
from junheng.web.portal.policy_library import anchor_of, documents, lines_of

ASSUMPTION = "assumption"
"""What a what-if cites; no document."""


def document_of(id: str) -> Document:
    found = documents().get(id)
    if found is None or id == ASSUMPTION:
        raise Http404
    return found


@kept
def policies(request: HttpRequest) -> HttpResponse:
    rows = [(document, sum(len(lines) for _, lines in lines_of(id))) for id, document in documents().items() if id != ASSUMPTION]
    return shown(request, "portal/policies.html", {"rows": rows})


@kept
def policy(request: HttpRequest, document: Document) -> HttpResponse:
    return shown(request, "portal/policy.html", {"document": document, "clauses": [(clause, anchor_of(clause), lines) for clause, lines in lines_of(document.id)]})


@kept
def methods(request: HttpRequest) -> HttpResponse:
    return shown(request, "portal/methods.html", {"datasets": DATASETS, "rule": the_rule(), "least": least_count(), "basis": PUBLISHED_BASIS, "withheld": WITHHELD})
