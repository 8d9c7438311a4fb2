"""评定表 as counties hand it in: beside the form or apart, by id or by the clause's words, with gaps."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from .filled_forms import EVIDENCED, FORMS, county, good_county
from .judged import not_passing, result, rules

pytestmark = pytest.mark.skipif(not FORMS.is_dir(), reason="the public forms are not beside this checkout")

CLAUSES = {
    "layout": "县域内义务教育学校规划布局合理，符合国家规定要求",
    "unified_standards": "城乡“四统一”", "special_education_funding": "特教学校和随班就读残疾学生生均公用经费不低于8000元",
    "teacher_pay": "8.全县义务教育学校教师平均工资收入水平不低于当地公务员，按规定足额核定教师绩效工资总量",
    "staffing_allocation": "县级教育行政部门在核定的教职工编制总额和岗位总量内，统筹分配各校教职工编制和岗位数量",
    "migrant_children": "留守儿童关爱体系健全", "charters_and_it": "所有学校制定章程，实现学校管理与教学信息化",
    "it_use": "教师能熟练运用信息化手段组织教学，设施设备利用率达到较高水平", "moral_and_culture": "德育、校园文化建设",
    "curriculum": "课程开齐开足，教学秩序规范", "workload": "无过重课业负担",
}  # fmt: skip
Rows = list[list[Any]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    good_county(tmp_path)
    county(tmp_path, judged=())
    return tmp_path


def judged_apart(folder: Path, rows: Rows) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [["和平区评定结果"], [], *rows]:
        sheet.append(row)
    book.save(folder / "评定.xlsx")


@pytest.mark.parametrize("header", [("条目编号", "结论"), ("criterion", "verdict"), ("指标", "达标/未达标"), ("指标内容", "是否达标")])
@pytest.mark.parametrize("words", [dict(zip(EVIDENCED, EVIDENCED, strict=True)), CLAUSES], ids=["ids", "clauses"])
def test_a_sheet_of_its_own_is_known_by_ids_and_by_words(folder: Path, header: tuple[str, str], words: dict[str, str]) -> None:
    judged_apart(folder, [list(header), *([words[each], "达标"] for each in EVIDENCED)])
    assert result(folder)["verdict"] == "pass"


def test_a_gbk_csv_does_too(folder: Path) -> None:
    with (folder / "评定.csv").open("w", encoding="gbk", newline="") as stream:
        csv.writer(stream).writerows([["条目", "结论"], *([each, "√"] for each in EVIDENCED)])
    assert result(folder)["verdict"] == "pass"


def test_an_id_beside_the_title_is_enough(folder: Path) -> None:
    rows = [[number, "某条目", each, "达标"] for number, each in enumerate(EVIDENCED, 1)]
    judged_apart(folder, [["序号", "条目", "条目编号", "结论"], *rows])
    assert result(folder)["verdict"] == "pass"


@pytest.mark.parametrize("outcome", [None, "待定", "基本可以"])
def test_an_outcome_that_is_no_outcome_leaves_the_criterion_open(folder: Path, outcome: str | None) -> None:
    judged_apart(folder, [["条目", "结论", "佐证"], *([each, outcome if each == "curriculum" else "达标", "材料"] for each in EVIDENCED)])
    document = result(folder)
    assert (document["verdict"], not_passing(document)) == ("insufficient", {"curriculum": "insufficient"})
    assert ("E-unknown-code" in rules(document)) == (outcome == "基本可以")


def test_a_criterion_judged_not_to_be_met_fails_the_county(folder: Path) -> None:
    judged_apart(folder, [["条目", "结论"], *([each, "未达标" if each == "teacher_pay" else "达标"] for each in EVIDENCED)])
    document = result(folder)
    assert (document["verdict"], not_passing(document)) == ("fail", {"teacher_pay": "fail"})
    assert document["criteria"]["teacher_pay"]["verdict"] == "pass"


def test_a_line_that_names_no_criterion_is_an_error_even_when_its_outcome_is_unreadable(folder: Path) -> None:
    judged_apart(folder, [["条目", "结论"], ["其它事项", "还行"], *([each, "达标"] for each in EVIDENCED)])
    assert rules(result(folder))["E-no-criterion"] == "评定.xlsx A4"
