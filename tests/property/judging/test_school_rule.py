"""The per-school rule is exact: 达标 iff every completion passes, 未达标 iff none does."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from judging_builders import Span, ends, fraction, measurements, policy, school_stage

from junheng.judging.county import judge
from junheng.judging.result import Verdict

LIMITS = {"a": "4", "b": "2", "c": "0.9"}
PUPILS = 100
HUGE = Fraction(10) ** 15

figure = st.one_of(
    st.none(),
    st.integers(0, 500),
    st.sampled_from([340, 400, 339.99, 170, 200, 76.5, 76.4, 90]),
    st.tuples(st.integers(0, 300), st.integers(0, 300)).map(lambda pair: (min(pair), max(pair))),
    st.integers(0, 300).map(lambda top: (-np.inf, top)),
)


def completions(span: Span, limit: Fraction) -> list[Fraction]:
    """Ends, the lines themselves and a hair to each side, and very large and very small numbers."""
    low, high = (fraction(end) for end in ends(span))
    lines = [limit * PUPILS, limit * PUPILS * Fraction(85, 100)]
    points = [line + step for line in lines for step in (-Fraction(1, 10**6), 0, Fraction(1, 10**6))]
    points += [-HUGE if low is None else low, HUGE if high is None else high]
    return sorted({p for p in points if (low is None or p >= low) and (high is None or p <= high)})


def passes(values: tuple[Fraction, ...], min_met: int) -> bool:
    limits = [Fraction(text) * PUPILS for text in LIMITS.values()]
    met = sum(value >= limit for value, limit in zip(values, limits, strict=True))
    return met >= min_met and all(v >= limit * Fraction(85, 100) for v, limit in zip(values, limits, strict=True))


@given(st.tuples(figure, figure, figure), st.integers(1, 3), st.sampled_from([1.0, 0.0, np.nan]))
@settings(max_examples=300, deadline=None)
def test_the_school_rule_agrees_with_every_completion(figures: tuple[Span, ...], min_met: int, included: float) -> None:
    row = school_stage("s1", PUPILS, dict(zip(LIMITS, figures, strict=True)), included=included)
    judged = judge(measurements([row]), lambda _: policy(LIMITS, min_met=min_met)).columns[0].schools
    limits = [Fraction(text) for text in LIMITS.values()]
    space = product(*(completions(span, limit) for span, limit in zip(figures, limits, strict=True)))
    outcomes = {passes(values, min_met) for values in space}
    if included == 0:
        outcomes = {True}
    elif np.isnan(included):
        outcomes.add(True)
    assert judged.verdict[0] == (0 if len(outcomes) == 2 else 1 if outcomes == {True} else -1)


def test_a_school_without_a_pupil_count_is_undecided_whatever_it_has() -> None:
    row = school_stage("s1", None, {"a": 0, "b": 10**9, "c": 10**9})
    judgement = judge(measurements([row]), lambda _: policy(LIMITS, min_met=1))
    school = judgement.county("210102").stages["primary"].schools[0]
    assert school.verdict is Verdict.INSUFFICIENT
    assert school.students is None


def test_only_figures_at_their_limit_are_asked_for_again() -> None:
    rows = [school_stage(f"s{n}", 100, {"a": 400 + n, "b": 250, "c": 100}) for n in range(50)]
    measured = measurements(rows)
    judge(measured, lambda _: policy(LIMITS, min_met=3))
    assert measured.exact.asked == 0  # type: ignore[attr-defined]
