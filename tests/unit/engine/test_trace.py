"""The tree behind a number, on worked examples of the rules."""

from datetime import date
from fractions import Fraction

import pytest

from junheng.common.errors import UserError
from junheng.common.findings import Place
from junheng.common.stages import Stage
from junheng.engine.trace import TraceNode, trace_criterion, trace_indicator
from junheng.engine.trace_node import between, rounded, trimmed, unrounded
from junheng.intake.model import Facts, Row, SourceCell, school_key
from junheng.policy import resolve
from junheng.tables import table

POLICY = resolve("quality_balance_2017", "210102", date(2025, 9, 1))
BASIC = resolve("basic_balance_2012", "210102", date(2025, 9, 1))


def school(number: int, school_type: str, **reported: object) -> Row:
    row: Row = {column.name: None for column in table("school").columns}
    return row | {"county_code": "210102", "school_code": f"{number:010}", "campus": "", "school_name": f"第{number}小学",
                  "school_type": school_type, "sponsor": "7", "urban_rural": "111", **reported}  # fmt: skip


def facts_of(*rows: Row) -> Facts:
    facts = Facts(2025, school=list(rows))
    for row in rows:
        for at, (column, value) in enumerate(row.items(), start=1):
            if value is not None:
                place = Place(f"{row['school_name']}.xlsx", "学校填报数据", f"E{at}")
                facts.cells[("school", school_key(row), column)] = SourceCell(place, str(value))
    return facts


def find(tree: TraceNode, beginning: str) -> TraceNode:
    return next(node for node in tree.walk() if node.label.startswith(beginning))


def test_the_official_worked_example_opens_to_its_mean_deviation_and_five_schools() -> None:
    pupils, books = (45, 37, 89, 76, 55), (279, 137, 935, 160, 402)
    rows = [school(i, "211", students_primary=p, books=b) for i, (p, b) in enumerate(zip(pupils, books, strict=True), 1)]
    tree = trace_indicator(facts_of(*rows), BASIC, "210102", Stage.PRIMARY, "books_per_pupil")
    assert find(tree, "差异系数").value == "0.515"
    assert find(tree, "均值").value == "6.33"
    assert find(tree, "均值").detail == "Σx ÷ Σp = 1,913 ÷ 302"
    assert find(tree, "标准差").value == "3.264"
    assert len(find(tree, "各自的值").children) == 5
    leaf = find(tree, "图书册数")
    assert (leaf.value, leaf.raw, leaf.place.file) == ("279 册", "279", "第1小学.xlsx")


def test_a_split_shows_its_weight_its_formula_and_the_pupils_in_it() -> None:
    nine_year = school(1, "312", students_primary=166, students_junior=210, books=23226)
    tree = trace_indicator(facts_of(nine_year), BASIC, "210102", Stage.PRIMARY, "books_per_pupil", "0000000001")
    part, weight = find(tree, "图书册数：小学部分"), find(tree, "拆分权重")
    assert part.value == "9,711.63 册"
    assert part.detail == "23,226 册 × 0.418136"
    assert weight.detail == "1 × 166 ÷ （1 × 166 + 1.1 × 210）"
    assert weight.source is not None
    assert Fraction(weight.exact.split(" = ")[1]) == Fraction(166) / (166 + Fraction("1.1") * 210)
    assert [leaf.value for leaf in weight.children] == ["166 人", "210 人"]


def test_an_exception_that_applies_stands_in_the_numerator_with_its_source() -> None:
    village = school(1, "211", students_primary=60, pe_teachers=0, music_teachers=0, fine_art_teachers=0, art_teachers=0,
                     visiting_pe_teachers=2, is_small_rural_50_99=True, urban_rural="220")  # fmt: skip
    tree = trace_indicator(facts_of(village), POLICY, "210102", Stage.PRIMARY, "L3", "0000000001")
    exception = find(tree, "例外")
    assert exception.value == "适用"
    assert "待核" in str(exception.source)
    assert tree.value == "3.33 人/百名学生"
    assert find(tree, "体育交流轮岗").value == "2 人"


def test_an_exception_claimed_against_the_data_is_shown_and_adds_nothing() -> None:
    big = school(1, "211", students_primary=200, pe_teachers=1, music_teachers=1, fine_art_teachers=1, art_teachers=0,
                 visiting_pe_teachers=50, is_small_rural_50_99=True)  # fmt: skip
    tree = trace_indicator(facts_of(big), POLICY, "210102", Stage.PRIMARY, "L3", "0000000001")
    assert find(tree, "例外").value.startswith("不适用")
    assert tree.value == "1.5 人/百名学生"


def test_a_missing_cell_is_shown_as_missing_where_its_form_is_and_leaves_the_cv_open() -> None:
    rows = [school(1, "211", students_primary=100, gym_area_m2=0.0, sport_field_area_m2=800.5, is_dense_urban_core=False),
            school(2, "211", students_primary=100, gym_area_m2=0.0, is_dense_urban_core=False)]  # fmt: skip
    tree = trace_indicator(facts_of(*rows), POLICY, "210102", Stage.PRIMARY, "L5", conclusion="待定")
    assert tree.value == "待定"
    assert find(tree, "差异系数").value == "未定"
    assert "1 所学校未报全" in find(tree, "差异系数").detail
    missing = next(node for node in tree.walk() if node.value == "未报")
    assert missing.label == "校内体育场面积"
    assert str(missing.place) == "《第2小学.xlsx》学校填报数据"


def test_a_school_left_out_is_listed_with_the_reason_and_the_clause() -> None:
    rows = [school(1, "211", students_primary=100, multimedia_rooms=3), school(2, "218", students_primary=49, multimedia_rooms=1)]
    tree = trace_indicator(facts_of(*rows), POLICY, "210102", Stage.PRIMARY, "L7")
    (left_out,) = find(tree, "不纳入的学校").children
    assert "不足 50 人的教学点" in left_out.detail
    assert left_out.source is not None
    assert len(find(tree, "各自的值").children) == 1


def test_a_criterion_shows_each_schools_limit_replaced_by_an_exception() -> None:
    old = school(1, "211", students_primary=2300, built_by_2010=True, founded_year=1990)
    new = school(2, "211", students_primary=2300, built_by_2010=False, founded_year=2015)
    tree = trace_criterion(facts_of(old, new), POLICY, "210102", "school_size")
    first, second = find(tree, "各校的值").children
    assert first.detail == "达标"
    assert second.detail == "未达标"
    assert find(first, "本校限值").value == "2,400 人"
    assert find(second, "本校限值").value == "2,000 人"
    assert str(find(tree, "限值").source or find(tree, "小学").source).startswith("《县域义务教育优质均衡发展督导评估办法》")


def test_twenty_five_classes_need_three_rooms() -> None:
    row = school(1, "211", students_primary=1000, classes=25, music_rooms=3, music_rooms_from_96_m2=2,
                 music_rooms_73_to_96_m2=1, music_rooms_61_to_73_m2=0, built_by_2016=False)  # fmt: skip
    tree = trace_criterion(facts_of(row), POLICY, "210102", "music_art_rooms", "0000000001")
    needed = find(tree, "分母")
    assert needed.value == "3 间"
    assert needed.detail == "25 个 ÷ 12，进一取整"
    assert find(tree, "分子").value == "2 间"
    assert "未达标" in find(tree, "第1小学").detail


def test_a_trace_as_json_keeps_place_source_and_children() -> None:
    facts = facts_of(school(1, "211", students_primary=100, multimedia_rooms=3))
    document = trace_indicator(facts, POLICY, "210102", Stage.PRIMARY, "L7").to_dict()
    assert document["source"]["number"] == "教督〔2017〕6号"
    text = str(document)
    assert "'file': '第1小学.xlsx'" in text
    assert "'raw': '3'" in text


@pytest.mark.parametrize(("stage", "code", "school_code"), [(Stage.PRIMARY, "L9", None), (None, "L1", None),
                                                            (Stage.PRIMARY, "L1", "9"), (Stage.JUNIOR, "L1", "0000000001"),
                                                            (None, "rotation_share", None), (None, "training_hours", None)])  # fmt: skip
def test_what_does_not_exist_is_said_in_words(stage: Stage | None, code: str, school_code: str | None) -> None:
    facts = facts_of(school(1, "211", students_primary=100))
    with pytest.raises(UserError, match="请"):
        trace_indicator(facts, POLICY, "210102", stage, code, school_code)


def test_numbers_are_rounded_half_up_and_never_written_with_an_exponent() -> None:
    assert rounded(Fraction("0.0005"), 3) == "0.001"
    assert rounded(Fraction(10**12), 0) == "1,000,000,000,000"
    assert trimmed(Fraction("1200.50")) == "1,200.5"
    assert unrounded(Fraction(1, 3)) == "0.3333333333333333… = 1/3"
    assert unrounded(Fraction(10**20)) == "100000000000000000000"
    assert between(Fraction(1), float("inf"), 2, "间") == "未定（不低于 1 间）"
