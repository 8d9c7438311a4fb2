"""A folder to the public result document, without writing any report."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from junheng.common.school_years import as_of_date
from junheng.engine.measure import measure
from junheng.intake.assemble import read_folder
from junheng.intake.checks import run_checks
from junheng.intake.model import Intake, sorted_findings
from junheng.intake.release import freeze
from junheng.intake.release_split import split_by_county
from junheng.intake.unassessed import unassessed
from junheng.judging.county import judge
from junheng.policy import resolve_many
from junheng.reports.result_json import result_document


def read(*paths: Path, school_year: int | None = None) -> Intake:
    intake = read_folder(paths, school_year)
    intake.findings = sorted_findings([*intake.findings, *run_checks(intake.facts, None)])
    return intake


def results(*paths: Path, school_year: int | None = None) -> dict[str, dict[str, Any]]:
    """County code → result.json as `junheng assess` writes it."""
    with tempfile.TemporaryDirectory() as store:
        frozen = {
            code: (part, freeze(part, Path(store), by="测试", when=datetime(2025, 10, 1, tzinfo=UTC)))
            for code, part in split_by_county(read(*paths, school_year=school_year)).items()
        }
        year = next(part.facts.school_year for part, _ in frozen.values())
        policies = resolve_many("quality_balance_2017", tuple(frozen), as_of_date(year))
        left_out = {code: what for code, (part, _) in frozen.items() if (what := unassessed(part.findings, part.sources))}
        judgement = judge(measure([release.path for _, release in frozen.values()], policies, year), policies.__getitem__, left_out)
        return {
            code: result_document(judgement.county(code), [*part.findings, *judgement.findings(code)])
            for code, (part, _) in frozen.items()
        }


def result(*paths: Path) -> dict[str, Any]:
    """The only county of a folder."""
    (document,) = results(*paths).values()
    return document


def not_passing(document: dict[str, Any]) -> dict[str, str]:
    """Criterion → verdict, where it or its evidence is not pass."""
    worst = {id: (each["verdict"], each.get("evidence", {}).get("verdict", "pass")) for id, each in document["criteria"].items()}
    return {id: verdict if verdict != "pass" else evidence for id, (verdict, evidence) in worst.items() if (verdict, evidence) != ("pass",) * 2}


def rules(document: dict[str, Any]) -> dict[str, str]:
    """Rule id → the file and cell it points at, of the findings."""
    return {each["rule"]: f"{each['file']} {each['cell']}".strip() for each in document["findings"]}
