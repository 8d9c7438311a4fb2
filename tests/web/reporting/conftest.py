"""A round in 和平区 with four synthetic schools, and the real workbooks they fill in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from junheng.intake.official_forms import write_county_form, write_school_form
from junheng.synth.province import SyntheticCounty, synthesise
from junheng.web.accounts.models import User
from junheng.web.areas.actions import ensure_unit
from junheng.web.areas.models import Unit
from junheng.web.reporting.actions import make_submissions
from junheng.web.reporting.models import Submission
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import Role
from junheng.web.rounds.models import Participation, Round

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass
class World:
    """round: open, 和平区 takes part. county: its facts. schools: its units, the first two primary schools."""

    round: Round
    unit: Unit
    county: SyntheticCounty
    schools: list[Unit]
    signed_in: Callable[..., Client]
    person: Callable[..., User]
    run_jobs: Callable[[], list[Any]]
    folder: Path
    rows: dict[str, dict[str, object]] = field(default_factory=dict)
    clients: dict[int, Client] = field(default_factory=dict)

    @property
    def school(self) -> Unit:
        return self.schools[0]

    def submission(self, unit: Unit | None = None) -> Submission:
        return Submission.objects.select_related("unit", "round", "latest").get(round=self.round, unit=unit or self.school)

    def clerk(self, unit: Unit | None = None) -> User:
        return self.person(Role.SCHOOL_CLERK, unit or self.school)

    def client(self, unit: Unit | None = None) -> Client:
        """Signed in as whoever fills in the form of this unit."""
        unit = unit or self.school
        if unit.pk not in self.clients:
            self.clients[unit.pk] = self.signed_in(Role.COUNTY_ADMIN if unit.kind == UnitKind.COUNTY else Role.SCHOOL_CLERK, unit)
        return self.clients[unit.pk]

    def workbook(self, unit: Unit | None = None, **changes: object) -> bytes:
        """The official form of a school (or of the county, with its 评定表), filled in; changes overwrite figures."""
        unit = unit or self.school
        path = self.folder / f"{unit.code}.xlsx"
        if unit.kind == UnitKind.COUNTY:
            write_county_form(path, {**self.county.facts.county[0], **changes}, self.county.facts.judgement)
        else:
            write_school_form(path, {**self.rows[unit.code], **changes})
        return path.read_bytes()

    def upload(self, unit: Unit | None = None, data: bytes | None = None, name: str = "学校填报表格.xlsx", **changes: object) -> Any:
        """Upload a workbook through the page and let the job run; returns the job, None when the page refused."""
        unit = unit or self.school
        file = SimpleUploadedFile(name, data if data is not None else self.workbook(unit, **changes), XLSX)
        self.client(unit).post(reverse("submission_upload", args=[self.submission(unit).pk]), {"file": file})
        done = self.run_jobs()
        return done[-1] if done else None

    def hand_in(self, unit: Unit | None = None, **changes: object) -> Submission:
        """Upload, explain and submit."""
        self.upload(unit, **changes)
        submission = self.submission(unit)
        url = reverse("submission_do", args=[submission.pk, "submit"])
        self.client(unit).post(url, {"seen_moves": submission.moves, "explanation": "均已核对，数据属实"})
        return self.submission(unit)

    def hand_in_all(self) -> None:
        for unit in (*self.schools, self.unit):
            assert self.hand_in(unit).state == "submitted", unit


@pytest.fixture(scope="session")
def synthetic() -> SyntheticCounty:
    """和平区 at a twentieth of its size: two primary schools, a nine-year school and a junior school; it passes."""
    (county,) = synthesise(1, scale=0.05)
    return county


@pytest.fixture
def world(tree, signed_in, person, run_jobs, synthetic, tmp_path) -> World:
    Unit.objects.filter(pk__in=(tree.school.pk, tree.school_beside.pk)).update(closed_on="2020-01-01")
    schools = [ensure_unit(row["school_code"], row["school_name"], UnitKind.SCHOOL, tree.county) for row in synthetic.facts.school]
    today = timezone.localdate()
    round = Round.objects.create(unit=tree.province, name="2025 年度监测", school_year=2025, state="open", opens_on=today,
                                 reports_due_on=today + timedelta(days=10))  # fmt: skip
    Participation.objects.create(round=round, unit=tree.county)
    make_submissions(round)
    rows = {row["school_code"]: row for row in synthetic.facts.school}
    return World(round, tree.county, synthetic, schools, signed_in, person, run_jobs, tmp_path, rows)
