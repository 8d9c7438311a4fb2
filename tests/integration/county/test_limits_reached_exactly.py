"""A limit reached to the last digit is reached; the next digit is not. Judged unrounded, from a county's own forms."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .filled_forms import FORMS, county, school
from .judged import result

pytestmark = pytest.mark.skipif(not FORMS.is_dir(), reason="the public forms are not beside this checkout")

BONE, MM, EQUIPMENT = "县级及以上骨干教师数", "网络多媒体教室间数", "教学仪器设备资产值（账面原值）"


def only(folder: Path, **changes: Any) -> dict[str, Any]:
    """A primary school of 1000 that misses nothing, and a junior one; the county's result."""
    school(folder, "甲小学", "小学", "2121990001", primary=1000, **changes)
    school(folder, "丁初中", "初中", "3121990004", junior=600)
    county(folder)
    return result(folder)


@pytest.mark.parametrize(
    ("label", "value", "code", "met"),
    [("本科学历教师人数（小学）", 41, "L1", True), ("本科学历教师人数（小学）", 40, "L1", False), (BONE, 10, "L2", True), (BONE, 9, "L2", False),
     ("教学及辅助用房总面积", 4550, "L4", True), ("教学及辅助用房总面积", 4549.9, "L4", False), ("校内体育场面积", 7500, "L5", True),
     ("校内体育场面积", 7499.99, "L5", False), (EQUIPMENT, 200, "L6", True), (EQUIPMENT, 199.9999, "L6", False), (MM, 23, "L7", True),
     (MM, 22, "L7", False)],
)  # fmt: skip
def test_a_limit_is_met_from_its_very_value_on(tmp_path: Path, label: str, value: float, code: str, met: bool) -> None:
    (first,) = only(tmp_path, **{label: value})["stages"]["primary"]["schools"]
    assert (code in first["met"], code in first["near"]) == (met, not met)


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [({EQUIPMENT: 170}, "pass"), ({EQUIPMENT: 169.9999}, "fail"), ({"教学及辅助用房总面积": 3875}, "pass"),
     ({"教学及辅助用房总面积": 3874.99}, "fail"), ({EQUIPMENT: 199, "教学及辅助用房总面积": 4549}, "fail")],
)  # fmt: skip
def test_six_met_and_85_percent_of_the_seventh_pass(tmp_path: Path, changes: dict[str, float], verdict: str) -> None:
    (first,) = only(tmp_path, **changes)["stages"]["primary"]["schools"]
    assert first["verdict"] == verdict


@pytest.mark.parametrize(
    ("stage", "few", "many", "cv", "verdict"),
    [("primary", 10, 30, 0.50, "pass"), ("primary", 10, 31, 0.5122, "fail"), ("junior", 11, 29, 0.45, "pass"), ("junior", 11, 30, 0.4634, "fail")],
)  # fmt: skip
def test_a_cv_of_exactly_the_limit_passes(tmp_path: Path, stage: str, few: int, many: int, cv: float, verdict: str) -> None:
    kind, code = {"primary": ("小学", "21"), "junior": ("初中", "31")}[stage]
    for name, number in (("甲校", few), ("乙校", many)):
        school(tmp_path, name, kind, f"{code}2199000{number}"[:10], **{stage: 1000, BONE: number})  # type: ignore[arg-type]
    county(tmp_path)
    balance = result(tmp_path)["stages"][stage]["balance"]["L2"]
    assert (balance["cv"], balance["verdict"]) == (pytest.approx(cv, abs=1e-4), verdict)


@pytest.mark.parametrize(
    ("criterion", "label", "passes", "fails", "share"),
    [("rotation", "实际交流轮岗教师数", 10, 9, 0.10), ("senior_high_quota", "优质高中招生分配指标数", 100, 99, 0.50),
     ("migrant_children", "在县域内公办学校就读的随迁子女人数", 83, 82, 0.85), ("disabled_enrolment", "适龄残疾儿童少年入学总人数", 95, 94, 0.95),
     ("special_education_funding", "特殊教育学校经费总额", 800000, 799999, 8000), ("teacher_pay", "当地公务员年平均工资收入", 10.5, 10.51, 1)],
)  # fmt: skip
def test_a_share_of_exactly_the_limit_passes_and_is_given_as_a_fraction(
    tmp_path: Path, criterion: str, label: str, passes: float, fails: float, share: float
) -> None:
    only(tmp_path)
    for value, verdict in ((passes, "pass"), (fails, "fail")):
        county(tmp_path, **{label: value})  # type: ignore[arg-type]
        found = result(tmp_path)["criteria"][criterion]
        assert found["verdict"] == verdict
        assert (found["value"] == pytest.approx(share)) == (verdict == "pass")


@pytest.mark.parametrize(("pupils", "budget", "verdict"), [(60, 11.5, "pass"), (60, 11.4999, "fail"), (99, 11.5, "pass"), (99, 11.49, "fail"), (100, 1, "pass")])
def test_a_school_under_100_is_funded_as_if_it_had_100(tmp_path: Path, pupils: int, budget: float, verdict: str) -> None:
    school(tmp_path, "村小", "小学", "2121990009", primary=pupils, 上一年度公用经费预算总额=budget, 上一年度教师培训经费预算总额=budget)
    found = only(tmp_path)["criteria"]["small_school_funding"]
    assert (found["verdict"], found["failing"]) == (verdict, [] if verdict == "pass" else ["2121990009"])


def test_a_small_nine_year_school_is_funded_by_the_quota_of_each_stage(tmp_path: Path) -> None:
    needed = (40 * 1150 + 20 * 1350) / 60 * 100 / 10000
    for budget, verdict in ((round(needed + 0.00005, 4), "pass"), (round(needed - 0.0001, 4), "fail")):
        school(tmp_path, "九年", "九年一贯制", "3121990010", primary=40, junior=20, 上一年度公用经费预算总额=budget, 上一年度教师培训经费预算总额=1)
        assert only(tmp_path)["criteria"]["small_school_funding"]["verdict"] == verdict


def test_one_teacher_without_a_certificate_fails_the_county_and_names_the_school(tmp_path: Path) -> None:
    document = only(tmp_path, 持有教师资格证的专任教师人数=85)
    assert (document["criteria"]["teacher_certificates"]["verdict"], document["criteria"]["teacher_certificates"]["failing"]) == ("fail", ["2121990001"])
