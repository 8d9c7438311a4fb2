"""校舍、场馆、设备：L4 至 L7

全校一个数的，一贯制学校、完全中学和有附设班的学校按比例拆到学段。
"""

from __future__ import annotations

from collections.abc import Callable

Spec = Callable[..., None]


def test_assertion_04_indoor_sport_rooms_are_taken_from_teaching_area_and_the_gym_counts_as_sport_area(spec: Spec) -> None:
    """L4 = 教学及辅助用房 − 室内体育用房：(5000 − 500) ÷ 1000 = 4.5 ㎡。"""
    spec("""
        学校类型 | 小学学生人数 | 教学及辅助用房总面积 | 室内体育用房面积
        小学 | 1000 | 5000 | 500
    """, "teach_area_per_pupil", {"1 小学": 4.5})


def test_sport_area_is_gym_and_sports_ground_without_indoor_sport_rooms(spec: Spec) -> None:
    """L5 = 学校体育馆 + 校内体育场；室内体育用房不再加入：(800 + 6700) ÷ 1000 = 7.5 ㎡。"""
    spec("""
        学校类型 | 小学学生人数 | 室内体育用房面积 | 学校体育馆面积 | 校内体育场面积
        小学 | 1000 | 500 | 800 | 6700
    """, "sport_area_per_pupil", {"1 小学": 7.5})


def test_a_missing_subtrahend_leaves_no_lower_bound(spec: Spec) -> None:
    """室内体育用房面积未报：要扣的数可以是任何非负数，只有上限 5000 ㎡。"""
    spec("""
        学校类型 | 小学学生人数 | 教学及辅助用房总面积 | 室内体育用房面积
        小学 | 1000 | 5000 |
    """, "teach_area_per_pupil", {"1 小学": "-∞~5000/1000"})


def test_dense_urban_cores_add_leased_and_other_sports_grounds(spec: Spec) -> None:
    """人口密度过高的大城市中心城区学校可加校外租赁、校内其他场地；空白为不主张。填报的城乡分类不是城区的，不适用。"""
    spec("""
        学校代码 | 学校类型 | 初中学生人数 | is_dense_urban_core | 城乡分类 | 学校体育馆面积 | 校内体育场面积 | 校外租赁场馆面积 | 校内其他体育场面积
        1 | 初级中学 | 1000 | 是 | 主城区 | 200 | 8000 | 1500 | 500
        2 | 初级中学 | 1000 | 是 |  | 200 | 8000 | 1500 |
        3 | 初级中学 | 1000 | 否 | 主城区 | 200 | 8000 | 1500 | 500
        4 | 初级中学 | 1000 | 是 | 村庄 | 200 | 8000 | 1500 | 500
    """, "sport_area_per_pupil", {"1 初中": 10.2, "2 初中": 9.7, "3 初中": 8.2, "4 初中": 8.2})


def test_assertion_09_equipment_of_12_5_wan_yuan_for_100_pupils_is_1250_yuan_each(spec: Spec) -> None:
    """设备值按账面原值、以万元填报：12.5 万元 ÷ 100 人 = 1250 元。"""
    spec("""
        学校类型 | 小学学生人数 | 教学仪器设备资产值（账面原值）
        小学 | 100 | 12.5万元
    """, "equipment_value_per_pupil", {"1 小学": 1250.0})


def test_multimedia_rooms_are_counted_per_100_pupils(spec: Spec) -> None:
    """23 间 ÷ 1000 人 × 100 = 2.3 间。"""
    spec("""
        学校类型 | 小学学生人数 | 网络多媒体教室间数
        小学 | 1000 | 23
    """, "multimedia_rooms_per100", {"1 小学": 2.3})
