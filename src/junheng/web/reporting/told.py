"""Findings of a unit as pages list them: with the field of the form they are about, and the unit's word on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from django.urls import reverse

from junheng.common.findings import Finding
from junheng.web.reporting import stored
from junheng.web.reporting.form import input_name
from junheng.web.reporting.models import Submission, Version


@dataclass(frozen=True)
class Told:
    """field: anchor of its field in the form, "" = none; explained: the word about it."""

    finding: Finding
    key: str
    field: str
    explained: str


def told(submission: Submission, version: Version | None) -> list[Told]:
    if version is None:
        return []
    explained = dict(submission.explanations.values_list("key", "words"))
    numbers = numbers_of(version, is_county=submission.is_county)
    out = []
    for each in version.read_findings():
        key = stored.finding_key(each)
        out.append(Told(with_short_place(each), key, field_of(each, numbers, is_county=submission.is_county), explained.get(key, "")))
    return out


def numbers_of(version: Version, *, is_county: bool) -> dict[str, int]:
    """Campus → the number of its row in the form."""
    return {row.get("campus", ""): number for number, row in enumerate(version.rows.get("county" if is_county else "school", ()))}


def field_of(found: Finding, numbers: Mapping[str, int], *, is_county: bool) -> str:
    """The anchor of the field a finding is about, "" = none."""
    number = 0 if is_county else numbers.get(found.campus)
    return input_name("county" if is_county else "school", number, found.field) if found.field and number is not None else ""


def field_url(submission_id: int, field: str) -> str:
    """Where the field stands in the form; without one, where the unit's findings are listed."""
    if not field:
        return f"{reverse('submission', args=[submission_id])}#errors"
    return f"{reverse('submission_form', args=[submission_id])}?at={field}#{field}"


def with_short_place(found: Finding) -> Finding:
    """Without the folder that tells schools' files apart: on a school's own page all are its own."""
    return replace(found, place=replace(found.place, file=PurePosixPath(found.place.file).name))
