"""A limit reached to the last digit is reached; the next digit is not. Judged unrounded, from a county's own forms."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .filled_forms import FORMS, county, school
from .judged import result

pytestmark = pytest.mark.skipif(not FORMS.is_dir(), reason="the public forms are not beside this checkout")

BONE, MM, EQUIPMENT, AREA = "县级及以上骨干教师数", "网络多媒体教室间数", "教学仪器设备资产值（账面原值）", "教学及辅助用房总面积"


def only(folder: Path, **changes: Any) -> dict[str, Any]:
    """A primary school of 1000 that misses nothing, and a junior one; the county's result."""
    school(folder, "甲小学", "小学", "2121990001", primary=1000, **changes)
    school(folder, "丁初中", "初中", "3121990004", junior=600)
    county(folder)
    return result(folder)


LIMITS = {
    "L1": ("本科学历教师人数（小学）", 41, 40), "L2": (BONE, 10, 9), "L4": (AREA, 4550, 4549.9), "L5": ("校内体育场面积", 7500, 7499.99),
    "L6": (EQUIPMENT, 200, 199.9999), "L7": (MM, 23, 22),
}  # fmt: skip
"""For 1000 pupils: the line, its value at the limit, and the next lower one."""


def test_a_limit_is_met_from_its_very_value_on(tmp_path: Path) -> None:
    for number, (label, at, below) in enumerate(LIMITS.values()):
        school(tmp_path, f"到{number}", "小学", f"212199010{number}", primary=1000, **{label: at})
        school(tmp_path, f"差{number}", "小学", f"212199020{number}", primary=1000, **{label: below})
    primary = {each["name"]: each for each in only(tmp_path)["stages"]["primary"]["schools"]}
    for number, code in enumerate(LIMITS):
        assert (code in primary[f"到{number}"]["met"], code in primary[f"到{number}"]["near"]) == (True, False)
        assert (code in primary[f"差{number}"]["met"], code in primary[f"差{number}"]["near"]) == (False, True)


def test_six_met_and_85_percent_of_the_seventh_pass(tmp_path: Path) -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        ({EQUIPMENT: 170}, "pass"), ({EQUIPMENT: 169.9999}, "fail"), ({AREA: 3875}, "pass"), ({AREA: 3874.99}, "fail"),
        ({EQUIPMENT: 199, AREA: 4549}, "fail"),
    ]  # fmt: skip
    for number, (changes, _) in enumerate(cases):
        school(tmp_path, f"校{number}", "小学", f"212199010{number}", primary=1000, **changes)
    primary = {each["name"]: each["verdict"] for each in only(tmp_path)["stages"]["primary"]["schools"]}
    assert {number: primary[f"校{number}"] for number in range(len(cases))} == dict(enumerate(verdict for _, verdict in cases))


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


def test_a_share_of_exactly_the_limit_passes_and_is_given_as_a_fraction(tmp_path: Path) -> None:
    cases = {
        "rotation": ("实际交流轮岗教师数", 10, 9, 0.10), "senior_high_quota": ("优质高中招生分配指标数", 100, 99, 0.50),
        "migrant_children": ("在县域内公办学校就读的随迁子女人数", 83, 82, 0.85), "teacher_pay": ("当地公务员年平均工资收入", 10.5, 10.51, 1),
        "disabled_enrolment": ("适龄残疾儿童少年入学总人数", 95, 94, 0.95), "special_education_funding": ("特殊教育学校经费总额", 800000, 799999, 8000),
    }  # fmt: skip
    only(tmp_path)
    for number, verdict in enumerate(("pass", "fail"), 1):
        county(tmp_path, **{case[0]: case[number] for case in cases.values()})  # type: ignore[arg-type]
        found = result(tmp_path)["criteria"]
        assert {id: found[id]["verdict"] for id in cases} == dict.fromkeys(cases, verdict)
        assert all((found[id]["value"] == pytest.approx(case[3])) == (verdict == "pass") for id, case in cases.items())


def test_a_school_under_100_is_funded_as_if_it_had_100(tmp_path: Path) -> None:
    for code, (pupils, budget) in {"1": (60, 11.5), "2": (60, 11.4999), "3": (99, 11.5), "4": (99, 11.49), "5": (100, 1)}.items():
        school(tmp_path, f"村小{code}", "小学", f"212199001{code}", primary=pupils, 上一年度公用经费预算总额=budget, 上一年度教师培训经费预算总额=budget)
    found = only(tmp_path)["criteria"]["small_school_funding"]
    assert (found["verdict"], found["failing"]) == ("fail", ["2121990012", "2121990014"])


def test_a_small_nine_year_school_is_funded_by_the_quota_of_each_stage(tmp_path: Path) -> None:
    needed = (40 * 1150 + 20 * 1350) / 60 * 100 / 10000
    for budget, verdict in ((round(needed + 0.00005, 4), "pass"), (round(needed - 0.0001, 4), "fail")):
        school(tmp_path, "九年", "九年一贯制", "3121990010", primary=40, junior=20, 上一年度公用经费预算总额=budget, 上一年度教师培训经费预算总额=1)
        assert only(tmp_path)["criteria"]["small_school_funding"]["verdict"] == verdict


def test_one_teacher_without_a_certificate_fails_the_county_and_names_the_school(tmp_path: Path) -> None:
    document = only(tmp_path, 持有教师资格证的专任教师人数=85)
    assert (document["criteria"]["teacher_certificates"]["verdict"], document["criteria"]["teacher_certificates"]["failing"]) == ("fail", ["2121990001"])
