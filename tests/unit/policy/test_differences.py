"""Differences between two policies are told in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from pack_files import VARIANT, write

from junheng.policy import resolve
from junheng.policy.differences import differences

DAY = date(2025, 9, 1)


def test_a_policy_does_not_differ_from_itself() -> None:
    policy = resolve("quality_balance_2017", "210102", DAY)
    assert differences(policy, policy) == ()


def test_a_changed_value_says_from_what_to_what_and_by_how_much(tmp_path: Path) -> None:
    base, variant = resolve("quality_balance_2017", "", DAY), resolve(write(tmp_path, VARIANT), "", DAY)
    assert differences(base, variant) == (
        "校际差异系数（小学）：0.50 → 0.40，降低 0.10",
        "校际差异系数（初中）：0.45 → 0.40，降低 0.05",
    )


def test_what_an_area_adds_is_named() -> None:
    nation, city = (resolve("quality_balance_2017", area, DAY) for area in ("", "2101"))
    lines = differences(nation, city)
    assert "小学生均公用经费基准定额：新增 1150 元" in lines
    assert "条目“一票否决”的可计算要求有变：6 项 → 7 项" in lines
    assert "小学生均公用经费基准定额：取消（原为 1150 元）" in differences(city, nation)


def test_another_shape_of_rule_is_named() -> None:
    lines = differences(resolve("quality_balance_2017", "", DAY), resolve("basic_balance_2012", "", DAY))
    assert "逐校规则：取消" in lines
    assert "校际均衡：逐项判差异系数 → 判各项差异系数的平均数" in lines
    assert "不纳入的学校“民办学校”：新增" in lines


def test_an_exception_that_gets_an_end_is_named() -> None:
    base = resolve("quality_balance_2017", "", DAY)
    first, *others = base.exceptions
    ended = replace(base, exceptions=(replace(first, end=date(2026, 8, 31)), *others))
    (line,) = differences(base, ended)
    assert line.endswith("的起止：待核 至 待核 → 待核 至 2026-08-31")
