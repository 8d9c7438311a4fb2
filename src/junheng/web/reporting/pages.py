"""URLs of reporting."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from junheng.web.areas.models import Unit
from junheng.web.flow.pages import process_pages
from junheng.web.pages.table import Page
from junheng.web.reporting.actions.moves import ACTIONS
from junheng.web.reporting.models import CountyRelease, Submission
from junheng.web.reporting.permissions import (
    ACCEPT,
    BULK_UPLOAD,
    EXCEPT,
    FILL,
    FREEZE,
    OVERSEE,
    REMIND,
    SEE_RELEASES,
    VIEW,
)
from junheng.web.reporting.queries import UnitInRound
from junheng.web.reporting.views.boards import reporting, reporting_unit
from junheng.web.reporting.views.campus import submission_campus
from junheng.web.reporting.views.county import (
    reporting_accept,
    reporting_freeze,
    reporting_remind,
    reporting_upload,
    reporting_uploaded,
    submission_exception,
)
from junheng.web.reporting.views.filling import submission_form, submission_save
from junheng.web.reporting.views.findings import reporting_findings, reporting_findings_file
from junheng.web.reporting.views.live import county_release_trace, reporting_live, reporting_trace
from junheng.web.reporting.views.releases import (
    county_release,
    county_release_build,
    county_release_changes,
    county_release_documents,
    county_release_recompute,
    county_releases,
)
from junheng.web.reporting.views.submission import (
    submission,
    submission_annotated,
    submission_changes,
    submission_explain,
    submission_file,
    submission_template,
    submission_upload,
)
from junheng.web.rounds.models import Round


def _submission(pk: int) -> Submission:
    return Submission.objects.select_related("unit", "round", "latest").get(pk=pk)


def _back(subject: Any) -> str:
    return reverse("submission", kwargs={"pk": subject.pk})


def _place(round_id: int, code: str) -> UnitInRound:
    return UnitInRound(Round.objects.select_related("unit").exclude(state="planned").get(pk=round_id), Unit.objects.select_related("parent").get(code=code))


def _release(pk: int) -> CountyRelease:
    return CountyRelease.objects.select_related("unit", "round").get(pk=pk)


_BOARD = "reporting/<int:round_id>/<slug:code>/"

PAGES = (
    Page("reporting/", "reporting", reporting, VIEW, nav="填报", order=20),
    Page(_BOARD, "reporting_unit", reporting_unit, OVERSEE, _place),
    Page(f"{_BOARD}remind/", "reporting_remind", reporting_remind, REMIND, _place, ("POST",)),
    Page(f"{_BOARD}accept/", "reporting_accept", reporting_accept, ACCEPT, _place, ("POST",)),
    Page(f"{_BOARD}upload/", "reporting_upload", reporting_upload, BULK_UPLOAD, _place, ("GET", "POST")),
    Page(f"{_BOARD}upload/<uuid:job_id>/", "reporting_uploaded", reporting_uploaded, BULK_UPLOAD, _place),
    Page(f"{_BOARD}findings/", "reporting_findings", reporting_findings, OVERSEE, _place),
    Page(f"{_BOARD}findings/file/", "reporting_findings_file", reporting_findings_file, OVERSEE, _place),
    Page(f"{_BOARD}live/", "reporting_live", reporting_live, OVERSEE, _place),
    Page(f"{_BOARD}live/<slug:item>/", "reporting_trace", reporting_trace, OVERSEE, _place),
    Page(f"{_BOARD}freeze/", "reporting_freeze", reporting_freeze, FREEZE, _place, ("POST",)),
    Page(f"{_BOARD}releases/", "county_releases", county_releases, SEE_RELEASES, _place),
    Page("releases/<int:pk>/", "county_release", county_release, SEE_RELEASES, _release),
    Page("releases/<int:pk>/build/", "county_release_build", county_release_build, SEE_RELEASES, _release, ("POST",)),
    Page("releases/<int:pk>/documents/", "county_release_documents", county_release_documents, SEE_RELEASES, _release),
    Page("releases/<int:pk>/recompute/", "county_release_recompute", county_release_recompute, SEE_RELEASES, _release, ("POST",)),
    Page("releases/<int:pk>/changes/<int:other>/", "county_release_changes", county_release_changes, SEE_RELEASES, _release),
    Page("releases/<int:pk>/trace/<slug:item>/", "county_release_trace", county_release_trace, SEE_RELEASES, _release),
    Page("submissions/<int:pk>/", "submission", submission, VIEW, _submission),
    Page("submissions/<int:pk>/template/", "submission_template", submission_template, VIEW, _submission),
    Page("submissions/<int:pk>/upload/", "submission_upload", submission_upload, FILL, _submission, ("POST",)),
    Page("submissions/<int:pk>/annotated/", "submission_annotated", submission_annotated, VIEW, _submission),
    Page("submissions/<int:pk>/versions/<int:number>/file/", "submission_file", submission_file, VIEW, _submission),
    Page("submissions/<int:pk>/changes/", "submission_changes", submission_changes, VIEW, _submission),
    Page("submissions/<int:pk>/explain/", "submission_explain", submission_explain, FILL, _submission, ("POST",)),
    Page("submissions/<int:pk>/form/", "submission_form", submission_form, VIEW, _submission),
    Page("submissions/<int:pk>/form/<slug:section>/", "submission_save", submission_save, FILL, _submission, ("POST",)),
    Page("submissions/<int:pk>/campus/<int:number>/remove/", "submission_campus", submission_campus, FILL, _submission, ("GET", "POST")),
    Page("submissions/<int:pk>/exception/", "submission_exception", submission_exception, EXCEPT, _submission, ("GET", "POST")),
    *process_pages(Submission, "submissions/", ACTIONS, _back),
)
