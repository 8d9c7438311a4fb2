"""Save a synthetic province: releases, official forms, and the truth about what was planted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from junheng.intake.checks import run_checks
from junheng.intake.model import Intake, sorted_findings
from junheng.intake.official_forms import write_county_form, write_school_form
from junheng.intake.release import Release, freeze
from junheng.synth.province import SyntheticCounty

FROZEN_AT = datetime(2025, 10, 20, tzinfo=UTC)
"""Stands in every synthetic manifest, so that the same province is the same to the last byte."""


def folder_name(county: SyntheticCounty) -> str:
    """210102和平区: sorts by code, and a person can find it."""
    return f"{county.population.code}{county.population.name}"


def checked(county: SyntheticCounty) -> Intake:
    """What the county reports, checked like anything handed in."""
    return Intake(county.facts, sorted_findings(run_checks(county.facts)))


def write_release(intake: Intake, store: Path) -> Release:
    """Freeze it without going through workbooks."""
    return freeze(intake, store, by="junheng synth", when=FROZEN_AT)


def write_forms(county: SyntheticCounty, folder: Path) -> list[Path]:
    """One official workbook per school and one for the county with its 评定表; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, row in enumerate(county.facts.school, 1):
        paths.append(folder / f"{number:03d}{row['school_name']}.xlsx")
        write_school_form(paths[-1], row)
    paths.append(folder / f"区县填报表格（{county.population.name}）.xlsx")
    write_county_form(paths[-1], county.facts.county[0], county.facts.judgement)
    return paths


def write_truth(counties: Sequence[SyntheticCounty], path: Path) -> None:
    """真值表: every planted defect, with what a good reader, check or judge must say about it."""
    document = {
        "schema": "junheng.truth/1",
        "counties": {each.population.code: {"name": each.population.name, "character": str(each.plan.character),
                                            "schools": len(each.facts.school)} for each in counties},
        "planted": [planted.to_dict() for each in counties for planted in each.planted],
    }  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1), "utf-8")
