"""The bounds of the CV hold for every completion, are reached, and decide the verdict."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from judging_builders import INF, Span, ends, fraction, measurements, policy, school_stage

from junheng.judging.county import judge
from junheng.judging.result import BalanceVerdict, Verdict
from junheng.judging.spread import greatest, least

HUGE = Fraction(10) ** 14

figure = st.one_of(
    st.none(),
    st.integers(0, 40),
    st.integers(0, 40),
    st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: (min(pair), max(pair))),
    st.integers(0, 40).map(lambda low: (low, INF)),
    st.integers(0, 40).map(lambda high: (-INF, high)),
)
schools = st.lists(st.tuples(st.integers(1, 30), figure), min_size=1, max_size=4)
LEVELS = [Fraction(n, 8) for n in (0, 1, 2, 3, 4, 6, 8, 10, 12, 16, 20, 24, 32, 40, 64, 100)]


def cv_squared(den: list[int], x: tuple[Fraction, ...]) -> Fraction | None:
    total = sum(x)
    if total <= 0:
        return None
    return sum(den) * sum(value * value / d for value, d in zip(x, den, strict=True)) / total**2 - 1


def points(span: Span, den: int) -> list[Fraction]:
    low, high = (fraction(end) for end in ends(span))
    if low == high and low is not None:
        return [low]
    found = [level * den for level in LEVELS] + [Fraction(-50), HUGE]
    found += [end for end in (low, high) if end is not None]
    return sorted({p for p in found if (low is None or p >= low) and (high is None or p <= high)})


def completions(rows: list[tuple[int, Span]]) -> set[Fraction | None]:
    spans = [points(span, den) for den, span in rows]
    assume(np.prod([len(each) for each in spans]) <= 20000)
    return {cv_squared([den for den, _ in rows], x) for x in product(*spans)}


def judged(rows: list[tuple[int, Span]], limit: str) -> BalanceVerdict:
    stage_rows = [school_stage(f"s{n}", den, {"a": span}) for n, (den, span) in enumerate(rows)]
    judgement = judge(measurements(stage_rows), lambda _: policy({"a": "0"}, cv=limit))
    return judgement.county("210102").stages["primary"].balance[0]


@given(schools, st.sampled_from(["0.1", "0.45", "0.5", "1"]))
@example([(15, None), (14, 1), (29, 0)], "1")
@settings(max_examples=250, deadline=None)
def test_the_verdict_holds_for_every_completion(rows: list[tuple[int, Span]], limit: str) -> None:
    square = Fraction(limit) ** 2
    outcomes = {found is not None and found <= square for found in completions(rows)}
    verdict = judged(rows, limit).verdict
    if verdict is Verdict.PASS:
        assert outcomes == {True}
    elif verdict is Verdict.FAIL:
        assert outcomes == {False}
    elif len(outcomes) == 1:
        # The grid need not meet the completion that differs: the bounds must then show one off the grid. They are floats for
        # display, a hair off where a completion meets the limit exactly.
        bound, hair = judged(rows, limit), 1e-12
        assert bound.cv_lo is None or bound.cv_hi is None or bound.cv_lo * (1 - hair) <= float(limit) <= bound.cv_hi * (1 + hair)


@given(schools)
@settings(max_examples=250, deadline=None)
def test_the_bounds_enclose_every_completion(rows: list[tuple[int, Span]]) -> None:
    found = [float(each) for each in completions(rows) if each is not None]
    den, lo, hi = _arrays(rows)
    low, high = least(den, lo, hi), greatest(den, lo, hi)
    if found:
        assert low.value is not None
        assert low.value <= min(found) + 1e-9
        assert high.value is None or high.value >= max(found) - 1e-9


@given(schools)
@settings(max_examples=200, deadline=None)
def test_the_lower_bound_is_reached_by_a_completion(rows: list[tuple[int, Span]]) -> None:
    den, lo, hi = _arrays(rows)
    bound = least(den, lo, hi)
    levels = np.concatenate([np.geomspace(1e-3, 1e12, 20001), [0.0]])
    x = np.clip(levels[:, None] * den, lo, hi)
    total = x.sum(axis=1)
    squares = np.where(total > 0, den.sum() * (x * x / den).sum(axis=1) / np.where(total > 0, total, 1) ** 2 - 1, np.inf)
    if bound.value is None:
        assert np.isinf(squares).all()
    else:
        assert bound.value == pytest.approx(squares.min(), abs=1e-4)


@given(schools)
@settings(max_examples=200, deadline=None)
def test_the_upper_bound_is_approached_by_a_completion(rows: list[tuple[int, Span]]) -> None:
    den, lo, hi = _arrays(rows)
    bound = greatest(den, lo, hi)
    assume(bound.value is not None)
    corners = np.array(list(product(*(sorted({low, min(high, 1e13)}) for low, high in zip(lo, hi, strict=True)))))
    squares = den.sum() * (corners**2 / den).sum(axis=1) / corners.sum(axis=1) ** 2 - 1
    assert bound.value == pytest.approx(squares.max(), rel=1e-6, abs=1e-9)


def _arrays(rows: list[tuple[int, Span]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    den = np.array([float(den) for den, _ in rows])
    low, high = (np.array([float(ends(span)[end]) for _, span in rows]) for end in (0, 1))
    return den, low, high


def test_a_bound_exactly_at_the_limit_is_decided_in_fractions() -> None:
    # The missing school holds 4/5 of the pupils: at most CV² = 5/4 − 1 = 1/4, approached and never reached.
    assert judged([(80, (10, INF)), (20, 0)], "0.5").verdict is Verdict.PASS
    assert judged([(80, (10, INF)), (20, 0)], "0.499999999999").verdict is Verdict.FAIL
    # A missing figure that may be 0 beside a school with nothing leaves the mean at 0: undefined, hence open.
    assert judged([(80, None), (20, 0)], "0.5").verdict is Verdict.INSUFFICIENT


def test_a_cv_that_rounds_to_the_limit_fails() -> None:
    # Two equal schools, 1 ± 0.5000000001: CV = 0.5000000001.
    assert judged([(1, Fraction(15000000001, 10**10)), (1, Fraction(4999999999, 10**10))], "0.5").verdict is Verdict.FAIL
    assert judged([(1, 1.5), (1, 0.5)], "0.5").verdict is Verdict.PASS


def test_one_school_has_cv_zero_and_says_so() -> None:
    alone = judged([(50, 10)], "0.5")
    assert (alone.cv, alone.verdict, alone.note) == (0.0, Verdict.PASS, "单校")


def test_a_mean_of_zero_has_no_cv_and_fails() -> None:
    nothing = judged([(50, 0), (20, 0)], "0.5")
    assert (nothing.cv, nothing.verdict) == (None, Verdict.FAIL)


def test_a_missing_pupil_count_leaves_the_cv_open() -> None:
    rows = [school_stage("a", 100, {"a": 50}), school_stage("b", None, {"a": 50})]
    judgement = judge(measurements(rows), lambda _: policy({"a": "0"}))
    balance = judgement.county("210102").stages["primary"].balance[0]
    assert (balance.verdict, balance.cv, balance.cv_hi) == (Verdict.INSUFFICIENT, None, None)


@pytest.mark.parametrize(("doubtful", "verdict"), [(50, Verdict.PASS), (5000, Verdict.INSUFFICIENT)])
def test_a_school_of_unknown_inclusion_is_judged_both_ways(doubtful: int, verdict: Verdict) -> None:
    rows = [school_stage("a", 100, {"a": 50}), school_stage("b", 100, {"a": 60}),
            school_stage("c", 100, {"a": doubtful}, included=np.nan)]  # fmt: skip
    balance = judge(measurements(rows), lambda _: policy({"a": "0"})).county("210102").stages["primary"].balance[0]
    assert balance.verdict is verdict
