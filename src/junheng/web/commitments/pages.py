"""The URLs of the ledger of commitments."""

from __future__ import annotations

from django.urls import reverse

from junheng.web.commitments.actions import COMMITMENT_ACTIONS
from junheng.web.commitments.models import Commitment
from junheng.web.commitments.permissions import REPORT, SEE
from junheng.web.commitments.views import ledger
from junheng.web.flow.pages import process_pages
from junheng.web.pages.table import Page


def _commitment(pk: int) -> Commitment:
    return Commitment.objects.select_related("unit").get(pk=pk)


PAGES = (
    Page("commitments/", "commitments", ledger.commitments, SEE, methods=("GET", "POST"), nav="政策落实", order=12),
    Page("commitments/report.docx", "commitments_report", ledger.report, SEE),
    Page("commitments/<int:pk>/", "commitment", ledger.commitment, SEE, _commitment),
    Page("commitments/<int:pk>/evidence/", "commitment_evidence", ledger.commitment_evidence, REPORT, _commitment, ("POST",)),
    *process_pages(Commitment, "commitments/", COMMITMENT_ACTIONS, lambda subject: reverse("commitment", kwargs={"pk": subject.pk})),
)
