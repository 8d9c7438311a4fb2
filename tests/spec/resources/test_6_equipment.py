"""L6 生均教学仪器设备值

教学仪器设备资产值（账面原值）除以在校生，填报用万元，计算用元。
"""

from __future__ import annotations

from drawn import Spec

L6 = "equipment_value_per_pupil"


def test_assertion_09_equipment_of_12_5_wan_yuan_for_100_pupils_is_1250_yuan_each(spec: Spec) -> None:
    """填“12.5万元”，100 名学生：每生 1250 元，小学不达标。"""
    spec("""
        学校类型 | 小学学生人数 | 教学仪器设备资产值（账面原值）
        小学 | 100 | 12.5万元
    """, L6, {"甲校 小学": 1250.0})


def test_a_bare_number_is_in_the_unit_of_the_form(spec: Spec) -> None:
    """只填 12.5，按表上印的单位万元读；表头写明“元”的，按元读。"""
    spec("""
        学校类型 | 小学学生人数 | 教学仪器设备资产值（账面原值）
        小学 | 100 | 12.5
    """, L6, {"甲校 小学": 1250.0})
    spec("""
        学校类型 | 小学学生人数 | 教学仪器设备资产值（元）
        小学 | 100 | 200000
    """, L6, {"甲校 小学": 2000.0})


def test_one_fen_short_is_short(spec: Spec) -> None:
    """1999999.99 元 ÷ 1000 人，比 2000 元少一点点，就是没有达到：金额按十进制精确计算，不舍入。"""
    spec("""
        学校类型 | 小学学生人数 | 教学仪器设备资产值（元）
        小学 | 1000 | 1999999.99
    """, L6, {"甲校 小学": "1999999.99/1000"})


def test_unreported_equipment_is_not_0_yuan(spec: Spec) -> None:
    """没有填的是未报，可以是任何数。"""
    spec("""
        学校类型 | 小学学生人数 | 教学仪器设备资产值（账面原值）
        小学 | 1000 |
    """, L6, {"甲校 小学": "0~∞/1000"})
