"""The county conclusion never contradicts a completion, and uses what the parts together exclude."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from judging_builders import (
    Row,
    Span,
    criterion,
    demand,
    ends,
    fraction,
    limit,
    measurements,
    policy,
    school_stage,
)

from junheng.judging.county import judge
from junheng.judging.result import Verdict
from junheng.policy.in_force import Compare, PolicyInForce, Scope, WhenEmpty

HUGE = Fraction(10) ** 14
LEVELS = [Fraction(n, 20) for n in (0, 10, 16, 17, 18, 20, 24, 30, 40, 60, 100, 200, 1000)]
COUNTY = "210102"

figure = st.one_of(st.none(), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))


def points(span: Span, den: Fraction) -> list[Fraction]:
    low, high = (fraction(end) for end in ends(span))
    if low is not None and low == high:
        return [low]
    found = [*(level * den for level in LEVELS), HUGE, *(end for end in (low, high) if end is not None)]
    return sorted({p for p in found if (low is None or p >= low) and (high is None or p <= high)})


def spread_passes(den: list[Fraction], x: list[Fraction], square: Fraction) -> bool:
    total = sum(x)
    return total > 0 and sum(den) * sum(v * v / d for v, d in zip(x, den, strict=True)) <= (1 + square) * total**2


@given(
    st.lists(st.tuples(st.sampled_from([10, 20, 50]), figure, figure), min_size=1, max_size=3),
    st.sampled_from(["0.1", "0.3", "0.5"]),
    st.sampled_from([1, 2]),
)
@settings(max_examples=200, deadline=None)
def test_the_county_conclusion_agrees_with_every_completion(
    schools: list[tuple[int, Span, Span]], cv: str, min_met: int
) -> None:
    rules = policy({"a": "1", "b": "1"}, min_met=min_met, cv=cv)
    rows = [school_stage(f"s{n}", den, {"a": a, "b": b}, stage=stage) for stage in ("primary", "junior")
            for n, (den, a, b) in enumerate(schools)]  # fmt: skip
    verdict = judge(measurements(rows), lambda _: rules).verdicts()[COUNTY]
    den = [Fraction(each) for each, _, _ in schools]
    spans = [points(span, d) for d, (_, *both) in zip(den, schools, strict=True) for span in both]
    assume(np.prod([len(each) for each in spans]) <= 4000)
    outcomes = set()
    for chosen in product(*spans):
        a, b = list(chosen[0::2]), list(chosen[1::2])
        values = [(x / d, y / d) for x, y, d in zip(a, b, den, strict=True)]
        rule = all(sum(v >= 1 for v in pair) >= min_met and min(pair) >= Fraction(85, 100) for pair in values)
        outcomes.add(rule and all(spread_passes(den, each, Fraction(cv) ** 2) for each in (a, b)))
    if verdict is Verdict.PASS:
        assert outcomes == {True}
    elif verdict is Verdict.FAIL:
        assert outcomes == {False}
    if True in outcomes and False in outcomes:
        assert verdict is Verdict.INSUFFICIENT


@given(
    st.lists(st.tuples(st.sampled_from([10, 20, 50]), figure, figure), min_size=1, max_size=4),
    st.sampled_from(["0.45", "0.5"]),
)
@settings(max_examples=200, deadline=None)
def test_a_county_that_is_left_open_has_a_completion_that_passes(schools: list[tuple[int, Span, Span]], cv: str) -> None:
    # The completion of the proof in `columns`: every missing value at the level of least CV, or at its limit if higher.
    rows = [school_stage(f"s{n}", den, {"a": a, "b": b}, stage=stage) for stage in ("primary", "junior")
            for n, (den, a, b) in enumerate(schools)]  # fmt: skip
    assume(judge(measurements(rows), lambda _: policy({"a": "1", "b": "1"}, min_met=2, cv=cv)).verdicts()[COUNTY] is not Verdict.FAIL)
    den = [Fraction(each) for each, _, _ in schools]
    for each in (1, 2):
        known = [(Fraction(school[each]), d) for school, d in zip(schools, den, strict=True) if school[each] is not None]
        total = sum(x for x, _ in known)
        level = max(sum(x * x / d for x, d in known) / total if total else Fraction(0), Fraction(1))
        x = [level * d if school[each] is None else Fraction(school[each]) for school, d in zip(schools, den, strict=True)]
        assert all(value >= d for value, d in zip(x, den, strict=True))
        assert spread_passes(den, x, Fraction(cv) ** 2)


def sums_policy(how: Compare, empty: WhenEmpty) -> PolicyInForce:
    asked = criterion("share", demand("share", Scope.COUNTY_TOTAL, how, when_empty=empty))
    return policy({"a": "0"}, school_rule=False, criteria=[asked], limits=[limit("share", any="0.95")])


member = st.sampled_from([1.0, 0.0, np.nan])


@given(
    st.lists(st.tuples(figure, st.one_of(st.none(), st.integers(1, 60)), member), min_size=1, max_size=3),
    st.sampled_from(Compare),
)
@settings(max_examples=200, deadline=None)
def test_sums_over_a_county_agree_with_every_completion(schools: list[tuple[Span, Span, float]], how: Compare) -> None:
    rules = sums_policy(how, WhenEmpty.NOT_APPLICABLE)
    rows = [Row(f"s{n}", figures={"share": each}) for n, each in enumerate(schools)]
    verdict = judge(measurements(schools=rows, stage_rows=[school_stage("s", 10, {"a": 10})]), lambda _: rules)
    found = verdict.county(COUNTY).criteria["share"].verdict
    limit_ = Fraction(95, 100)
    cases = [
        [(x, d) for x in points(num, Fraction(20)) for d in points(den, Fraction(20))] if m == 1
        else [(Fraction(0), Fraction(0))] if m == 0
        else [(Fraction(0), Fraction(0)), *((x, d) for x in points(num, Fraction(20)) for d in points(den, Fraction(20)))]
        for num, den, m in schools
    ]  # fmt: skip
    assume(np.prod([float(len(each)) for each in cases]) <= 20000)
    outcomes = set()
    for chosen in product(*cases):
        slack = sum(x for x, _ in chosen) - limit_ * sum(d for _, d in chosen)
        if all(d == 0 for _, d in chosen):
            outcomes.add(True)
        else:
            outcomes.add({Compare.AT_LEAST: slack >= 0, Compare.AT_MOST: slack <= 0, Compare.LESS_THAN: slack < 0,
                          Compare.EQUAL: slack == 0}[how])  # fmt: skip
    if found is Verdict.PASS:
        assert outcomes == {True}
    elif found is Verdict.FAIL:
        assert outcomes == {False}
    if outcomes == {True, False}:
        assert found is Verdict.INSUFFICIENT


def test_a_county_total_at_its_limit_passes_however_it_is_split() -> None:
    rules = sums_policy(Compare.AT_LEAST, WhenEmpty.INSUFFICIENT)
    exact = [Row(f"s{n}", figures={"share": (Fraction(19, 7), Fraction(20, 7), 1.0)}) for n in range(7)]
    below = [Row(f"s{n}", figures={"share": (Fraction(18999999999999, 7 * 10**12), Fraction(20, 7), 1.0)}) for n in range(7)]
    stage = [school_stage("s", 10, {"a": 10})]
    assert judge(measurements(stage, exact), lambda _: rules).county(COUNTY).criteria["share"].verdict is Verdict.PASS
    assert judge(measurements(stage, below), lambda _: rules).county(COUNTY).criteria["share"].verdict is Verdict.FAIL
