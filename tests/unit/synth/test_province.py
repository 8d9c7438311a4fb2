"""The synthetic province: repeatable, plausible, consistent with itself, and honest about its defects."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from junheng.common.stages import Stage
from junheng.engine.measure import measure
from junheng.intake.assemble import read_folder
from junheng.intake.checks import run_checks
from junheng.judging.county import judge
from junheng.policy import resolve
from junheng.synth.census import counties
from junheng.synth.people import write_registers
from junheng.synth.province import POLICY, SyntheticCounty, synthesise
from junheng.synth.write import checked, write_forms, write_release, write_truth


@pytest.fixture(scope="module")
def province() -> list[SyntheticCounty]:
    return synthesise(8, seed=7)


def test_liaoning_has_a_hundred_counties_with_their_census() -> None:
    assert len(counties()) == 100
    assert sum(county.age_5_9 + county.age_10_14 for county in counties()) == 1_660_365 + 1_640_931


def test_the_same_seed_gives_the_same_releases(tmp_path: Path) -> None:
    first, second = (write_release(checked(synthesise(1, seed=3)[0]), tmp_path / name).hash for name in "ab")
    assert first == second
    assert write_release(checked(synthesise(1, seed=4)[0]), tmp_path / "c").hash != first


def test_pupils_follow_the_census(province: list[SyntheticCounty]) -> None:
    planned = sum(school.pupils(Stage.PRIMARY) for county in province for school in county.plan.schools)
    assert planned == pytest.approx(sum(county.population.primary_age for county in province), rel=0.12)


def test_every_school_reports_each_class_once(province: list[SyntheticCounty]) -> None:
    for county in province:
        spoiled = {planted.school_code for planted in county.planted}
        for school, row in zip(county.plan.schools, county.facts.school, strict=True):
            if school.code not in spoiled:
                assert row["classes"] == len(school.classes)


def test_names_and_codes_say_that_they_are_made_up(province: list[SyntheticCounty]) -> None:
    rows = [row for county in province for row in county.facts.school]
    assert all(str(row["school_name"]).startswith("仿真") for row in rows)
    assert len({row["school_code"] for row in rows}) == len(rows)


def test_registers_hold_as_many_people_as_the_schools_report(province: list[SyntheticCounty], tmp_path: Path) -> None:
    write_registers(province[:2], tmp_path)
    reported = sum(
        sum(int(row[f"students_{stage}"] or 0) for stage in Stage)  # type: ignore[call-overload]
        for county in province[:2] for row in county.facts.school
    )  # fmt: skip
    pupils = pl.read_parquet(tmp_path / "pupil.parquet")
    assert pupils.height == reported
    assert pupils["pupil_id"].n_unique() == reported
    assert pupils["pupil_id"].str.starts_with("S").all()


def test_the_truth_file_lists_what_was_planted(province: list[SyntheticCounty], tmp_path: Path) -> None:
    write_truth(province, tmp_path / "truth.json")
    truth = json.loads((tmp_path / "truth.json").read_text("utf-8"))
    assert len(truth["planted"]) == sum(len(county.planted) for county in province)
    assert set(truth["counties"]) == {county.population.code for county in province}


def test_every_planted_defect_is_found_in_the_official_forms(province: list[SyntheticCounty], tmp_path: Path) -> None:
    spoiled = next(county for county in province if any(each.expect.startswith("finding:") for each in county.planted))
    write_forms(spoiled, tmp_path)
    intake = read_folder([tmp_path])
    found = {(each.rule, each.school_code, each.field) for each in [*intake.findings, *run_checks(intake.facts)]}
    planted = [each for each in spoiled.planted if each.expect.startswith("finding:")]
    assert [each for each in planted if (each.expect.removeprefix("finding:"), each.school_code, each.field) not in found] == []


def test_every_planted_defect_decides_its_criterion(province: list[SyntheticCounty]) -> None:
    for county in province:
        code = county.population.code
        policy = resolve(POLICY, code, date(2025, 9, 1))
        verdict = judge(measure(county.facts, policy, 2025), lambda _, policy=policy: policy).county(code)
        for planted in county.planted:
            criterion, _, expected = planted.expect.partition(":")
            if criterion != "finding":
                assert verdict.criteria[criterion].verdict == expected, planted
