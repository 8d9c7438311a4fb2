"""The whole way of a county: upload, findings, submit, accept, freeze, verdict — and it is what `junheng assess` says."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from django.urls import reverse

from junheng.reports.assess import Request, assess
from junheng.web.reporting.actions import freeze_county
from junheng.web.rights.roles import Role


def test_what_schools_upload_is_frozen_and_judged_as_the_command_line_does(world, tmp_path):
    world.hand_in_all()
    reviewer = world.signed_in(Role.COUNTY_REVIEWER)
    for unit in (*world.schools, world.unit):
        submission = world.submission(unit)
        reviewer.post(reverse("submission_do", args=[submission.pk, "accept"]), {"seen_moves": submission.moves})
        assert world.submission(unit).state == "accepted"
    frozen = freeze_county(world.round, world.unit, by=world.person(Role.COUNTY_ADMIN))

    folder = tmp_path / "in"
    folder.mkdir()
    for unit in (*world.schools, world.unit):
        (folder / f"{unit.name}.xlsx").write_bytes(world.workbook(unit))
    request = Request((folder,), tmp_path / "out", world.round.policy, "duckdb", 2025, "某人", datetime.now(UTC))
    assess(request, lambda *said: None, lambda name: None)
    assert frozen.result == json.loads((tmp_path / "out" / "result.json").read_text("utf-8"))
    assert frozen.is_formal
    assert frozen.verdict == "pass"
