"""Open data: the versions, one version, its files, the dictionary, the methods."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from junheng.opendata.datasets import DATASETS, PUPILS
from junheng.opendata.formats import MEDIA_TYPES
from junheng.opendata.rule import the_rule, unverified_words
from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.jobs.actions import enqueue
from junheng.web.portal.kept import kept, shown, unchanging
from junheng.web.portal.making import what_would_change
from junheng.web.portal.models import DataRelease
from junheng.web.portal.people import wide
from junheng.web.portal.reading import file_of, rows_in
from junheng.web.store import content

_FORMAT_NAMES = {"csv": "CSV", "json": "JSON", "parquet": "Parquet"}


@kept
def versions(request: HttpRequest) -> HttpResponse:
    return shown(request, "portal/data.html", {"releases": DataRelease.objects.all(), "datasets": DATASETS})


@kept
def version(request: HttpRequest, release: DataRelease) -> HttpResponse:
    """One version at its permalink; a later one is pointed to, this one stays as it is."""
    tables = [(dataset, [{**each, "label": _FORMAT_NAMES[each["format"]]} for each in release.files if each["dataset"] == dataset.id])
              for dataset in DATASETS]  # fmt: skip
    latest = DataRelease.objects.first()
    context = {"release": release, "rule": the_rule(), "unverified": unverified_words(), "people": wide(rows_in(release).get(PUPILS.id, ())), "tables": [each for each in tables if each[1]], "latest": latest,
               "is_latest": latest is None or latest.pk == release.pk}  # fmt: skip
    return shown(request, "portal/data_version.html", context)


def data_file(request: HttpRequest, release: DataRelease, dataset: str, format: str) -> HttpResponseBase:
    """The bytes as they were published. Never changed, so whoever has them need not ask again."""
    found = file_of(release, dataset, format)
    response = HttpResponse(content(found["sha256"]), content_type=MEDIA_TYPES[format])
    response["Content-Disposition"] = f'attachment; filename="junheng-v{release.number}-{dataset}.{format}"'
    return unchanging(response, request, found["sha256"])


@kept
def dictionary(request: HttpRequest) -> HttpResponse:
    return shown(request, "portal/dictionary.html", {"datasets": DATASETS})


def publish(request: HttpRequest) -> HttpResponse:
    """What a new version would change, and the button that publishes it."""
    if request.method == "POST":
        user: User = request.user  # type: ignore[assignment]
        job = enqueue("portal.publish", "发布开放数据", by=user, unit=Unit.objects.get(parent=None), leads_to=reverse("open_data"))
        return redirect("job", job.pk)
    latest = DataRelease.objects.first()
    return render(request, "portal/publish.html", {"latest": latest, "changes": what_would_change(latest)})
