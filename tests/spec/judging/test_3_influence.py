"""哪所学校拉开了差距

差异系数未达标时，逐校算两个数：把这所学校补到限值后的差异系数，和去掉这所学校后的差异系数。
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from judging.judged_counties import Row, school, verdict
from junheng.judging.influence import influences
from junheng.judging.result import BalanceVerdict


def cv(num: list[float], den: list[float]) -> float:
    mean = sum(num) / sum(den)
    return math.sqrt(sum(d * (x / d - mean) ** 2 for x, d in zip(num, den, strict=True)) / sum(den)) / mean


def test_both_methods_agree_with_computing_the_cv_again() -> None:
    """两种算法都与重新计算全县差异系数的结果一致：补齐法把一所学校补到限值，剔除法去掉一所学校。已经达到限值的学校只有剔除法。"""
    rng = np.random.default_rng(7)
    num, den, limit = rng.uniform(0, 100, 30), rng.integers(20, 900, 30).astype(float), np.full(30, 0.1)
    found = influences(num, den, limit)
    for k in range(30):
        others = [j for j in range(30) if j != k]
        assert found.left_out[k] == pytest.approx(cv(list(num[others]), list(den[others])))
        raised = num.copy()
        raised[k] = limit[k] * den[k]
        if num[k] < raised[k]:
            assert found.brought[k] == pytest.approx(cv(list(raised), list(den)))
        else:
            assert np.isnan(found.brought[k])


def equipment(rows: list[Row]) -> BalanceVerdict:
    return verdict([*rows, school("9", "junior")]).stages["primary"].balance[5]


def test_the_one_school_that_flips_the_verdict_comes_first() -> None:
    """三所学校设备值相同，第四所很少：差异系数超过 0.50。把第四所补到限值，或者去掉它，全县就达标；它排在第一位。"""
    even = [school(str(n), equipment_value_yuan=2_000_000.0) for n in range(1, 4)]
    found = equipment([*even, school("8", equipment_value_yuan=10_000.0)])
    assert found.cv is not None
    assert found.cv > 0.5
    first = found.influence[0]
    assert (first.code, first.flips_if_brought_to_limit, first.flips_if_left_out) == ("8", True, True)
    assert first.cv_if_brought_to_limit == pytest.approx(0)
    assert [each.code for each in found.influence if each.flips_if_brought_to_limit] == ["8"]


def test_a_school_above_its_limit_is_only_left_out() -> None:
    """拉开差距的是设备特别多的学校：它已达到限值，不能再补，只说去掉它以后如何。"""
    even = [school(str(n), equipment_value_yuan=2_000_000.0) for n in range(1, 4)]
    found = equipment([*even, school("8", equipment_value_yuan=20_000_000.0)])
    rich = next(each for each in found.influence if each.code == "8")
    assert (rich.cv_if_brought_to_limit, rich.flips_if_left_out) == (None, True)


def test_a_cv_that_passes_names_no_school() -> None:
    """差异系数达标的，不列影响校。"""
    assert equipment([school("1"), school("2")]).influence == ()
