"""Which item a label or a header speaks of."""

from __future__ import annotations

from collections import defaultdict

import pytest

from junheng.intake.headers import match_stack
from junheng.intake.labels import label_index, normalise
from junheng.tables import TABLES


@pytest.mark.parametrize(
    ("label", "column", "sign"),
    [
        ("1.学校名称", "school_name", ""), ("（一）学校名称", "school_name", ""), ("一、学校名称：", "school_name", ""),
        ("①学校 代码", "school_code", ""), ("*学校\n代码", "school_code", ""),
        ("教学及辅助用房面积（㎡）", "teach_aux_area_m2", "m2"),
        ("教学仪器设备资产值（账面原值）（万元）", "equipment_value_yuan", "万元"),
        ("教学仪器设备资产值（单位：元）", "equipment_value_yuan", "元"),
        ("县级及以上骨干教师数（小学）", "backbone_teachers_primary", ""),
        ("每班２６～３０人班级个数", "classes_26_30", ""), ("73㎡<=单间面积<96㎡的音乐教室间数", "music_rooms_73_to_96_m2", ""),
        ("73㎡≦单间面积＜96㎡的音乐教室间数", "music_rooms_73_to_96_m2", ""),
        ("体育交流轮岗&兼职&走教教师人数", "visiting_pe_teachers", ""), ("2010年及之前规划并建成", "built_by_2010", ""),
    ],
)  # fmt: skip
def test_a_label_is_known_in_the_spellings_people_use(label: str, column: str, sign: str) -> None:
    match = label_index("school").find(label)
    assert match is not None
    assert (match.column.name, match.sign, match.by_keywords) == (column, sign, False)


@pytest.mark.parametrize(
    ("label", "column"),
    [("是否存在以考试方式招生的情况", "veto_entrance_exam"), ("语文监测所达等级（级）", "level_chinese"),
     ("违规择校问题", "veto_school_choice")],
)  # fmt: skip
def test_keywords_are_the_last_resort_and_say_so(label: str, column: str) -> None:
    match = label_index("county").find(label)
    assert match is not None
    assert (match.column.name, match.by_keywords) == (column, True)


def test_keywords_that_point_at_two_items_point_at_none() -> None:
    assert label_index("county").find("教育系统存在重大安全责任事故；有弄虚作假行为") is None


@pytest.mark.parametrize("label", ["", "学校简介", "小学", "合计", "学生"])
def test_other_words_are_no_item(label: str) -> None:
    assert label_index("school").find(label) is None


def test_no_two_columns_of_a_table_share_a_spelling() -> None:
    for each in TABLES.values():
        spellings = defaultdict(set)
        for column in each.columns:
            for text in (column.label, *column.variants):
                spellings[normalise(text)].add(column.name)
        assert {text: names for text, names in spellings.items() if len(names) > 1} == {}


@pytest.mark.parametrize(
    ("stack", "column"),
    [
        (("在校学生数（人）", "小学"), "students_primary"), (("小学", "在校生数"), "students_primary"),
        (("专任教师数", "计"), "full_time_teachers"), (("专任教师", "初中部"), "full_time_teachers_junior"),
        (("校舍建筑面积（㎡）", "计"), "building_area_m2"), (("校舍建筑面积（㎡）", "其中：教学及\n辅助用房"), "teach_aux_area_m2"),
        (("教职工数", "其中：专任教师"), "full_time_teachers"), (("学校", "学校 名称"), "school_name"),
        (("占地面积", "其中", "运动场地面积"), "sport_field_area_m2"),
    ],
)  # fmt: skip
def test_a_stack_of_merged_headers_is_read_as_a_whole_or_by_its_last_words(stack: tuple[str, ...], column: str) -> None:
    found = match_stack("school", stack)
    assert found is not None
    assert found.match.column.name == column


def test_a_stage_in_the_stack_never_falls_back_to_the_whole_school() -> None:
    assert match_stack("school", ("占地面积", "小学")) is None
