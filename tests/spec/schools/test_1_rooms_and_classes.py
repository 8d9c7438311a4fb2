"""音乐美术教室、学校规模、班额"""

from __future__ import annotations

from collections.abc import Callable

Spec = Callable[..., None]


def test_assertion_07_25_classes_need_3_rooms_and_13_need_2(spec: Spec) -> None:
    """每 12 个班级各 1 间以上：应有间数 = 班数 ÷ 12 向上取整。"""
    spec("""
        学校代码 | 学校类型 | 小学学生人数 | 班级总数 | built_by_2016 | is_small_rural_class_under_30 | 音乐教室总间数 | music_rooms_from_96_m2 | music_rooms_73_to_96_m2 | music_rooms_61_to_73_m2
        25 | 小学 | 1000 | 25 | 否 | 否 | 3 | 3 | 0 | 0
        13 | 小学 | 500 | 13 | 否 | 否 | 2 | 1 | 1 | 0
        12 | 小学 | 480 | 12 | 否 | 否 | 1 | 1 | 0 | 0
    """, "music_rooms", {"25": "3/3", "13": "1/2", "12": "1/1"})


def test_schools_built_by_2016_may_count_smaller_rooms(spec: Spec) -> None:
    """2016 年及之前建成的学校，美术教室 67 ㎡ 起算；填“是”而建校时间是 2017 年的，与数据不符，不适用；未填的两种可能都在。"""
    spec("""
        学校代码 | 学校类型 | 小学学生人数 | 班级总数 | 建校时间 | built_by_2016 | is_small_rural_class_under_30 | 美术教室总间数 | art_rooms_from_90_m2 | art_rooms_67_to_90_m2 | art_rooms_61_to_67_m2
        1 | 小学 | 500 | 13 | 1998 | 是 | 否 | 3 | 1 | 1 | 1
        2 | 小学 | 500 | 13 | 2017 | 是 | 否 | 3 | 1 | 1 | 1
        3 | 小学 | 500 | 13 | 1998 |  | 否 | 3 | 1 | 1 | 1
    """, "art_rooms", {"1": "2/2", "2": "1/2", "3": "1~2/2"})


def test_small_rural_schools_with_classes_under_30_need_54_or_61_square_metres(spec: Spec) -> None:
    """最大班额低于 30 人的农村小规模学校：小学 54 ㎡、初中 61 ㎡。表中没有 54—61 ㎡ 一档，不在各档中的教室面积未知，可能达标。有 31 人以上班级的不适用。"""
    spec("""
        学校代码 | 学校类型 | 小学学生人数 | 初中学生人数 | 班级总数 | 每班26-30人班级个数 | 每班31-35人班级个数 | is_small_rural_class_under_30 | built_by_2016 | 音乐教室总间数 | music_rooms_from_96_m2 | music_rooms_73_to_96_m2 | music_rooms_61_to_73_m2
        1 | 小学 | 150 |  | 6 | 6 | 0 | 是 | 否 | 2 | 0 | 0 | 1
        2 | 初级中学 |  | 150 | 6 | 6 | 0 | 是 | 否 | 2 | 0 | 0 | 1
        3 | 小学 | 150 |  | 6 | 5 | 1 | 是 | 否 | 2 | 0 | 0 | 1
        4 | 九年一贯制学校 | 150 | 100 | 10 | 10 | 0 | 是 | 否 | 2 | 0 | 0 | 1
    """, "music_rooms", {"1": "1~2/1", "2": "1/1", "3": "0/1", "4": "1~2/1"})


def test_a_missing_band_may_hold_every_room_not_accounted_for(spec: Spec) -> None:
    """96 ㎡ 以上一档未报：总数 5 间减去已报 3 间，至多 2 间达标；总数也未报时没有上限。"""
    spec("""
        学校代码 | 学校类型 | 小学学生人数 | 班级总数 | built_by_2016 | is_small_rural_class_under_30 | 音乐教室总间数 | music_rooms_from_96_m2 | music_rooms_73_to_96_m2 | music_rooms_61_to_73_m2
        1 | 小学 | 500 | 12 | 否 | 否 | 5 |  | 2 | 1
        2 | 小学 | 500 | 12 | 否 | 否 |  |  | 2 | 1
    """, "music_rooms", {"1": "0~2/1", "2": "0~∞/1"})


def test_classes_of_a_school_with_senior_pupils_are_only_bounded_by_the_total(spec: Spec) -> None:
    """完全中学只报全校 30 个班：义务教育班数在 1 与 30 之间；分学段填报的为准。"""
    spec("""
        学校代码 | 学校类型 | 初中学生人数 | 高中学生人数 | 班级总数 | 班级总数（初中） | built_by_2016 | is_small_rural_class_under_30 | music_rooms_from_96_m2 | music_rooms_73_to_96_m2 | music_rooms_61_to_73_m2
        1 | 完全中学 | 500 | 800 | 30 |  | 否 | 否 | 2 | 0 | 0
        2 | 完全中学 | 500 | 800 | 30 | 13 | 否 | 否 | 2 | 0 | 0
    """, "music_rooms", {"1": "2/1~3", "2": "2/2"})


def test_school_size_counts_compulsory_pupils_only(spec: Spec) -> None:
    """规模按义务教育阶段在校生计：十二年一贯制学校的高中生不计。"""
    spec("""
        学校代码 | 学校类型 | 小学学生人数 | 初中学生人数 | 高中学生人数
        1 | 十二年一贯制学校 | 1200 | 900 | 800
        2 | 九年一贯制学校 | 1200 |  |
    """, "school_size", {"1": 2100.0, "2": "1200~∞/1"})


def test_assertion_08_every_class_is_judged_by_its_own_size(spec: Spec) -> None:
    """小学 45 人的班合格，46 人的班超标，平均班额不算数；56 人以上的班同样是超标班。初中 46—50 人的班合格。"""
    spec("""
        学校代码 | 学校类型 | 小学学生人数 | 初中学生人数 | classes_to_25 | classes_26_30 | classes_31_35 | classes_36_40 | classes_41_45 | classes_46_50 | classes_51_55 | classes_56_60 | classes_61_65 | classes_from_66
        1 | 小学 | 45 |  | 0 | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 0 | 0
        2 | 小学 | 90 |  | 0 | 0 | 0 | 0 | 1 | 1 | 0 | 0 | 0 | 0
        3 | 小学 | 56 |  | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 1 | 0 | 0
        4 | 初级中学 |  | 50 | 0 | 0 | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 0
    """, "oversize_classes", {"1": 0.0, "2": 1.0, "3": 1.0, "4": 0.0})


def test_whole_school_bands_of_combined_schools_leave_46_to_50_open(spec: Spec) -> None:
    """只有全校分档而学段未分：46—50 人档可能是小学班也可能是初中班；51 人以上的档，无高中部时一定超标，有高中部时可能是高中班。"""
    spec("""
        学校代码 | 学校类型 | 小学学生人数 | 初中学生人数 | 高中学生人数 | 每班46-50人班级个数 | 每班51-55人班级个数 | 每班56-60人班级个数 | 每班61-65人班级个数 | classes_from_66
        1 | 九年一贯制学校 | 500 | 500 |  | 2 | 1 | 0 | 0 | 0
        2 | 完全中学 |  | 500 | 500 | 2 | 1 | 0 | 0 | 0
    """, "oversize_classes", {"1": "1~3/1", "2": "0~1/1"})


def test_stage_bands_settle_which_classes_are_oversize(spec: Spec) -> None:
    """分学段填报：小学 2 个 46—50 人的班超标，初中的不超标。未报的一档没有上限。"""
    spec("""
        学校代码 | 学校类型 | 小学学生人数 | 初中学生人数 | 每班46-50人班级个数（小学） | 每班46-50人班级个数（初中） | 每班51-55人班级个数 | 每班56-60人班级个数 | 每班61-65人班级个数 | classes_from_66
        1 | 九年一贯制学校 | 500 | 500 | 2 | 9 | 0 | 0 | 0 | 0
        2 | 九年一贯制学校 | 500 | 500 | 2 | 9 | 0 | 0 | 0 |
    """, "oversize_classes", {"1": 2.0, "2": "2~∞/1"})
