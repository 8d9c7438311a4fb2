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
    [("考试招生问题", "veto_entrance_exam"), ("是否“有编不补”", "veto_unfilled_posts"), ("语文监测所达等级（级）", "level_chinese"),
     ("违规择校问题", "veto_school_choice")],
)  # fmt: skip
def test_keywords_are_the_last_resort_and_say_so(label: str, column: str) -> None:
    match = label_index("county").find(label)
    assert match is not None
    assert (match.column.name, match.by_keywords) == (column, True)


@pytest.mark.parametrize(
    ("table", "label", "column"),
    [
        ("county", "符合交流条件的教师人数", "rotation_eligible"), ("county", "交流骨干教师数", "rotated_backbone_teachers"),
        ("county", "在县域内公办学校就读的随迁子女数", "migrant_in_public"), ("county", "有效问卷份数", "questionnaires_valid"),
        ("county", "其中：家长有效问卷", "parent_questionnaires_valid"), ("county", "人均地区生产总值", "gdp_per_head_yuan"),
        ("county", "满意问卷数（其中：家长）", "parent_questionnaires_satisfied"), ("county", "特教学校学生人数", "special_school_pupils"),
        ("county", "是否存在以考试方式招生的情况", "veto_entrance_exam"), ("school", "小学部学生人数", "students_primary"),
        ("school", "本科学历教师数（初中）", "bachelor_teachers_junior"), ("school", "每班66人及以上班级数", "classes_from_66"),
        ("school", "单间面积≥96平方米的音乐教室数", "music_rooms_from_96_m2"), ("school", "寄宿制", "is_boarding"),
        ("school", "73≤单间面积<96㎡的音乐教室间数", "music_rooms_73_to_96_m2"), ("school", "本届毕业生人数", "graduates"),
    ],
)  # fmt: skip
def test_the_same_item_in_other_words_is_known_and_says_so(table: str, label: str, column: str) -> None:
    match = label_index(table).find(label)
    assert match is not None
    assert (match.column.name, match.reworded) == (column, True)


@pytest.mark.parametrize(
    ("table", "label"),
    [("school", label) for label in ("小学女学生人数", "2024年小学学生人数", "小学毕业学生人数", "市级骨干教师数", "教师总数", "最大班额",
                                     "男教师人数", "未满360学时专任教师人数", "生均教学及辅助用房面积", "教师培训经费决算总额")]
    + [("county", label) for label in ("学生问卷满意数", "教师问卷总数", "无效问卷数", "不满意问卷数", "家长满意度", "交流比例",
                                       "小学学生数", "小学教师人数", "适龄残疾儿童少年入学率", "优质高中农村分配比例", "重点工作")],
)  # fmt: skip
def test_a_word_that_distinguishes_is_never_passed_over(table: str, label: str) -> None:
    assert label_index(table).find(label) is None


@pytest.mark.parametrize("label", ["无弄虚作假行为", "不存在违规择校行为", "没有重点学校或重点班", "未发生重大安全责任事故"])
def test_a_line_that_denies_a_veto_item_is_not_taken_for_it(label: str) -> None:
    assert label_index("county").find(label) is None


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
