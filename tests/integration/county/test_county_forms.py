"""The county's own form as counties change it: other words, other sheets, other counties, gaps."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from .filled_forms import FORMS, county, good_county
from .judged import not_passing, result, results, rules

pytestmark = pytest.mark.skipif(not FORMS.is_dir(), reason="the public forms are not beside this checkout")

FORM = "区县填报表格.xlsx"
VETOES = ("存在以考试方式招生", "存在违规择校行为", "存在重点学校或重点班", "存在“有编不补”或长期聘用编外教师的情况",
          "教育系统存在重大安全责任事故和严重违纪违规事件", "有弄虚作假行为", "规范治理校外培训机构及减轻中小学课外负担不力")  # fmt: skip
SHORT_VETOES = ("以考试方式招生", "违规择校", "设重点校、重点班", "有编不补", "教育系统重大安全责任事故/严重违纪违规", "弄虚作假",
                "校外培训治理及减负不力")  # fmt: skip
RULEBOOK_WORDS = {
    "符合交流条件教师总数": "符合交流条件数", "实际交流轮岗教师数": "交流数", "实际交流骨干教师数量": "骨干交流数",
    "优质高中招生计划总人数": "优质高中计划", "优质高中招生分配指标数": "优质高中分配", "向农村学校分配指标数": "农村分配",
    "符合条件的随迁子女总人数": "随迁符合条件", "在县域内公办学校就读的随迁子女人数": "随迁公办",
    "在政府购买服务的民办学校就读随迁子女人数": "随迁购买", "适龄残疾儿童少年总数": "适龄残疾", "适龄残疾儿童少年入学总人数": "残疾入学",
    "问卷总数": "问卷发放", "回收有效问卷数": "问卷有效", "满意问卷数": "问卷满意", "实地走访人数": "走访", "实地走访满意人数": "走访满意",
    "上年度义务教育学校教师年平均工资收入水平（不含民办学校）": "教师平均工资", "当地公务员年平均工资收入": "公务员平均工资",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    good_county(tmp_path)
    return tmp_path


def edit(folder: Path, change: Callable[[openpyxl.Workbook], None]) -> None:
    book = openpyxl.load_workbook(folder / FORM)
    change(book)
    book.save(folder / FORM)


def reword(folder: Path, words: Mapping[str, str]) -> None:
    def change(book: openpyxl.Workbook) -> None:
        for row in book.worksheets[0].iter_rows(min_row=2):
            row[2].value = words.get(str(row[2].value), row[2].value)

    edit(folder, change)


def append(folder: Path, *lines: tuple[str, str, Any]) -> None:
    def change(book: openpyxl.Workbook) -> None:
        for label, unit, value in lines:
            book.worksheets[0].append([None, None, label, unit, value])

    edit(folder, change)


@pytest.mark.parametrize("prefix", ["是否", "一票否决：", "（3）", "一票否决事项—是否"])
def test_veto_lines_are_known_by_prefix_and_number(folder: Path, prefix: str) -> None:
    reword(folder, {label: prefix + label for label in VETOES})
    assert result(folder)["verdict"] == "pass"


@pytest.mark.parametrize("number", range(6))
def test_each_veto_item_is_known_by_short_words_and_fails_the_county_alone(folder: Path, number: int) -> None:
    county(folder, vetoes={VETOES[number]: "是"})
    reword(folder, dict(zip(VETOES, (f"是否{each}" for each in SHORT_VETOES), strict=True)))
    document = result(folder)
    assert (document["verdict"], not_passing(document)) == ("fail", {"veto": "fail"})


def test_a_line_that_denies_a_veto_item_answers_nothing(folder: Path) -> None:
    reword(folder, {"有弄虚作假行为": "无弄虚作假行为"})
    assert not_passing(result(folder)) == {"veto": "insufficient"}


def test_the_words_of_the_rulebook_do_as_well_as_the_form_s(folder: Path) -> None:
    reword(folder, RULEBOOK_WORDS)
    assert result(folder)["verdict"] == "pass"


def test_parents_answers_are_never_taken_for_the_whole(folder: Path) -> None:
    append(folder, ("其中：家长问卷总数", "份", 300), ("家长有效问卷数", "份", 300), ("其中：家长满意问卷数", "份", 3),
           ("实地走访人数（其中：家长）", "人", 50), ("家长走访满意人数", "人", 5), ("学生满意问卷数", "份", 1))  # fmt: skip
    assert result(folder)["criteria"]["recognition"] | {"clause": ""} == {
        "clause": "", "value": pytest.approx(900 / 950), "failing": [], "verdict": "pass"}  # fmt: skip


def test_parents_answers_alone_leave_recognition_open(folder: Path) -> None:
    reword(folder, {"问卷总数": "家长问卷总数", "回收有效问卷数": "回收有效问卷数（家长）", "满意问卷数": "其中：家长满意问卷数"})
    assert not_passing(result(folder)) == {"recognition": "insufficient"}


def test_the_category_says_which_subject_a_line_is_about(folder: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        for row in book.worksheets[0].iter_rows(min_row=2):
            for item in ("学业水平等级", "校际差异率"):
                if str(row[2].value).endswith(item):
                    row[1].value, row[2].value = str(row[2].value).removesuffix(item), item

    edit(folder, change)
    assert result(folder)["verdict"] == "pass"


@pytest.mark.parametrize("repeated", [0, 2, 3], ids=["unnamed", "name and code again", "name, code and year again"])
def test_a_form_that_goes_on_over_a_second_sheet_is_one_form(folder: Path, repeated: int) -> None:
    def change(book: openpyxl.Workbook) -> None:
        first = book.worksheets[0]
        rows = list(first.iter_rows(values_only=True))
        first.delete_rows(11, first.max_row)
        second = book.create_sheet("续表")
        for row in [rows[0], *rows[1 : 1 + repeated], *rows[10:]]:
            second.append(row)

    edit(folder, change)
    assert result(folder)["verdict"] == "pass"


def test_two_copies_of_the_county_form_are_an_error_and_one_is_used(folder: Path) -> None:
    shutil.copy(folder / FORM, folder / "副本.xlsx")
    document = result(folder)
    assert document["verdict"] == "pass"
    assert rules(document)["E-duplicate-county"].startswith(FORM)


def test_schools_without_a_county_form_are_assessed_and_the_county_is_open(folder: Path) -> None:
    (folder / FORM).unlink()
    document = result(folder)
    assert (document["unit"], document["verdict"]) == ({"code": "", "name": ""}, "insufficient")
    assert {"E-no-county-form", "E-no-school-year"} <= rules(document).keys()
    assert {each["verdict"] for each in document["stages"]["primary"]["schools"]} == {"pass"}


def test_counties_in_folders_of_their_own_stay_apart(tmp_path: Path) -> None:
    for name, code, wants in (("和平区", "210102", "pass"), ("沈河区", "210103", "fail")):
        (tmp_path / name).mkdir()
        good_county(tmp_path / name)
        county(tmp_path / name, **{"区县名称": name, "区县代码": code, "实际交流轮岗教师数": 12 if wants == "pass" else 9})
        for path in (tmp_path / name).glob("*.xlsx"):
            if code == "210103" and path.name != FORM:
                book = openpyxl.load_workbook(path)
                book.worksheets[0]["E4"] = str(book.worksheets[0]["E4"].value).replace("99", "98")
                book.save(path)
    assert {code: document["verdict"] for code, document in results(tmp_path).items()} == {"210102": "pass", "210103": "fail"}


@pytest.mark.parametrize(
    ("code", "primary", "junior", "verdict"),
    [("210404", 935, 1155, "pass"), ("210404", 934.99, 1155, "fail"), ("210404", 935, 1154, "fail"), ("210102", 1149, 1350, "fail"),
     ("130102", 650, 850, "pass")],
)  # fmt: skip
def test_the_quota_asked_for_is_that_of_the_county_s_city_and_province(
    folder: Path, code: str, primary: float, junior: float, verdict: str
) -> None:
    county(folder, **{"区县代码": code, "规定的小学生均公用经费标准": primary, "规定的初中生均公用经费标准": junior})
    assert result(folder)["criteria"]["unified_standards"]["verdict"] == verdict


@pytest.mark.parametrize("code", ["210102000000", "210102003", 210102003004])
def test_a_statistical_division_code_is_read_as_its_county_with_a_warning(folder: Path, code: str | int) -> None:
    county(folder, 区县代码=code)
    document = result(folder)
    assert document["unit"]["code"] == "210102"
    assert "W-division-long" in rules(document)
    assert not [rule for rule in rules(document) if rule.startswith("E-")]
    assert document["verdict"] == "pass"
