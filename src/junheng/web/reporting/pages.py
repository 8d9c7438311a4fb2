"""URLs of reporting."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from junheng.web.flow.pages import process_pages
from junheng.web.pages.table import Page
from junheng.web.reporting.actions.moves import ACTIONS
from junheng.web.reporting.models import Submission
from junheng.web.reporting.permissions import FILL, VIEW
from junheng.web.reporting.views.filling import submission_form, submission_save
from junheng.web.reporting.views.submission import (
    submission,
    submission_annotated,
    submission_changes,
    submission_explain,
    submission_file,
    submission_template,
    submission_upload,
)


def _submission(pk: int) -> Submission:
    return Submission.objects.select_related("unit", "round", "latest").get(pk=pk)


def _back(subject: Any) -> str:
    return reverse("submission", kwargs={"pk": subject.pk})


PAGES = (
    Page("submissions/<int:pk>/", "submission", submission, VIEW, _submission),
    Page("submissions/<int:pk>/template/", "submission_template", submission_template, VIEW, _submission),
    Page("submissions/<int:pk>/upload/", "submission_upload", submission_upload, FILL, _submission, ("POST",)),
    Page("submissions/<int:pk>/annotated/", "submission_annotated", submission_annotated, VIEW, _submission),
    Page("submissions/<int:pk>/versions/<int:number>/file/", "submission_file", submission_file, VIEW, _submission),
    Page("submissions/<int:pk>/changes/", "submission_changes", submission_changes, VIEW, _submission),
    Page("submissions/<int:pk>/explain/", "submission_explain", submission_explain, FILL, _submission, ("POST",)),
    Page("submissions/<int:pk>/form/", "submission_form", submission_form, VIEW, _submission),
    Page("submissions/<int:pk>/form/<slug:section>/", "submission_save", submission_save, FILL, _submission, ("POST",)),
    *process_pages(Submission, "submissions/", ACTIONS, _back),
)
