"""What a published version says, read back from its files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.http import Http404

from junheng.web.portal.models import DataRelease
from junheng.web.store import content


def file_of(release: DataRelease, dataset: str, format: str) -> Mapping[str, Any]:
    """Raises Http404 for one that the version does not have."""
    found: Mapping[str, Any] | None = next((each for each in release.files if (each["dataset"], each["format"]) == (dataset, format)), None)
    if found is None:
        raise Http404
    return found


def rows_in(release: DataRelease) -> dict[str, list[dict[str, Any]]]:
    """Dataset → rows, from the JSON files."""
    return {each["dataset"]: json.loads(content(each["sha256"]))["rows"] for each in release.files if each["format"] == "json"}
