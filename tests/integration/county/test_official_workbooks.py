"""From the public official forms, filled by hand, to result.json: what a county clerk gets."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from junheng.cli.app import cli

from .filled_forms import FORMS, county, good_county, school

pytestmark = pytest.mark.skipif(not FORMS.is_dir(), reason="the public forms are not beside this checkout")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    forms = tmp_path / "和平区"
    forms.mkdir()
    good_county(forms)
    return forms


def assess(folder: Path, exit_code: int = 0) -> dict[str, Any]:
    out = folder.parent / "结果"
    done = CliRunner().invoke(cli, ["assess", str(folder), "--out", str(out)], catch_exceptions=False)
    assert done.exit_code == exit_code, done.output
    document: dict[str, Any] = json.loads((out / "result.json").read_text("utf-8"))
    return document


def schools(result: dict[str, Any], stage: str) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for each in result["stages"][stage]["schools"]}


def test_a_county_in_order_passes_with_every_document_written(folder: Path) -> None:
    result = assess(folder)
    assert (result["verdict"], result["unit"], result["school_year"]) == ("pass", {"code": "210102", "name": "和平区"}, 2025)
    assert [id for id, each in result["criteria"].items() if each["verdict"] != "pass"] == []
    out = folder.parent / "结果"
    for name in ("index.html", "申报表.xlsx", "申报表.docx", "自评报告.docx", "问题清单.xlsx", "任务清单.xlsx", "责任清单.xlsx", "detail.json"):
        assert (out / name).stat().st_size > 500, name
    assert len(list((out / "学校自评表").glob("*.xlsx"))) == 8


def test_the_cv_is_the_pupil_weighted_one_computed_by_hand(folder: Path) -> None:
    primary = schools(assess(folder), "primary")
    pupils = {name: each["students"] for name, each in primary.items()}
    values = {name: each["values"]["L2"] for name, each in primary.items()}
    total = sum(pupils.values())
    mean = sum(pupils[name] * values[name] for name in pupils) / total
    sd = math.sqrt(sum(pupils[name] / total * (values[name] - mean) ** 2 for name in pupils))
    assert assess(folder)["stages"]["primary"]["balance"]["L2"] == pytest.approx(
        {"mean": mean, "sd": sd, "cv": sd / mean, "limit": 0.5, "verdict": "pass"}
    )


def test_a_nine_year_school_is_two_rows_split_by_one_to_one_point_one(folder: Path) -> None:
    result = assess(folder)
    area = round((300 + 1.1 * 200) * 7.5 + 50, 1) - 50
    weight = 300 / (300 + 1.1 * 200)
    assert schools(result, "primary")["己学校"]["values"]["L4"] == pytest.approx(area * weight / 300)
    assert schools(result, "junior")["己学校"]["values"]["L4"] == pytest.approx(area * (1 - weight) / 200)


def test_a_complete_middle_school_gives_its_junior_part_only(folder: Path) -> None:
    result = assess(folder)
    area = round((1.1 * 300 + 1.32 * 300) * 7.5 + 50, 1) - 50
    assert "辛中学" not in schools(result, "primary")
    assert schools(result, "junior")["辛中学"]["values"]["L4"] == pytest.approx(area * 300 / (300 + 1.2 * 300) / 300)


def test_assertion_06_a_point_of_49_is_left_out_and_one_of_50_is_in(folder: Path) -> None:
    result = assess(folder)
    assert result["excluded"] == [{"code": "2121990007", "reason": "teaching_point_under_50"}]
    school(folder, "庚教学点", "小学教学点", "2121990007", primary=50)
    result = assess(folder)
    assert result["excluded"] == []
    assert "庚教学点" in schools(result, "primary")


def test_assertion_09_equipment_of_12_5_wan_for_100_pupils_fails(folder: Path) -> None:
    school(folder, "丙小学", "小学", "2121990003", primary=100, **{"教学仪器设备资产值（账面原值）": "12.5万元"})
    third = schools(assess(folder), "primary")["丙小学"]
    assert third["values"]["L6"] == 1250
    assert "L6" not in third["met"]
    assert third["verdict"] == "fail"


def test_assertion_08_one_class_of_46_fails_the_primary_school_only(folder: Path) -> None:
    school(folder, "甲小学", "小学", "2121990001", primary=400, **{"每班36-40人班级个数": 9, "每班46-50人班级个数": 1})
    school(folder, "丁初中", "初中", "3121990004", junior=600, **{"每班36-40人班级个数": 14, "每班46-50人班级个数": 1})
    class_size = assess(folder)["criteria"]["class_size"]
    assert (class_size["verdict"], class_size["failing"]) == ("fail", ["2121990001"])


def test_assertion_17_a_blank_is_not_zero(folder: Path) -> None:
    school(folder, "乙小学", "小学", "2121990002", primary=600, **{"教学仪器设备资产值（账面原值）": None})
    result = assess(folder)
    second = schools(result, "primary")["乙小学"]
    assert (second["values"]["L6"], second["verdict"]) == (None, "insufficient")
    balance = result["stages"]["primary"]["balance"]["L6"]
    assert (balance["mean"], balance["sd"], balance["cv"], balance["verdict"]) == (None, None, None, "insufficient")
    assert result["verdict"] == "insufficient"
    finding = next(each for each in result["findings"] if each["field"] == "equipment_value_yuan")
    assert (finding["level"], finding["file"], finding["cell"]) == ("warning", "乙小学.xlsx", "E52")


def test_assertion_15_one_veto_fails_the_county_and_everything_is_still_computed(folder: Path) -> None:
    county(folder, vetoes={"存在重点学校或重点班": "是"})
    result = assess(folder)
    assert result["verdict"] == "fail"
    assert [id for id, each in result["criteria"].items() if each["verdict"] != "pass"] == ["veto"]
    assert result["stages"]["primary"]["balance"]["L1"]["verdict"] == "pass"


def test_what_people_did_not_judge_leaves_the_county_undecided(folder: Path) -> None:
    county(folder, judged=("layout",))
    result = assess(folder)
    assert result["verdict"] == "insufficient"
    assert result["criteria"]["layout"]["verdict"] == "pass"
    assert result["criteria"]["curriculum"]["verdict"] == "insufficient"
    assert result["criteria"]["teacher_pay"]["verdict"] == "pass"
    assert result["criteria"]["teacher_pay"]["evidence"]["verdict"] == "insufficient"


def test_an_unreadable_file_is_named_and_the_rest_is_assessed(folder: Path) -> None:
    (folder / "坏.xlsx").write_bytes((folder / "甲小学.xlsx").read_bytes()[:2000])
    result = assess(folder, exit_code=1)
    assert [each["file"] for each in result["findings"] if each["rule"] == "E-unreadable"] == ["坏.xlsx"]
    assert len(result["stages"]["primary"]["schools"]) == 4


def test_the_same_folder_gives_the_same_release_and_the_same_result(folder: Path) -> None:
    assert assess(folder) == assess(folder)


def test_a_folder_without_any_school_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    done = CliRunner().invoke(cli, ["assess", str(tmp_path / "空"), "--out", str(tmp_path / "结果")], catch_exceptions=False)
    assert done.exit_code == 1
    assert not (tmp_path / "结果").exists()
    assert "Traceback" not in done.output
