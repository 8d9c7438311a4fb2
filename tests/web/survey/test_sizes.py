"""Sample sizes and intervals against what they are defined by."""

from __future__ import annotations

from math import comb, isclose, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.web.survey.sizes import interval, sample_size, shared_out, to_hand_out, z_of

CONFIDENCE = st.sampled_from([0.9, 0.95, 0.99])
MARGIN = st.sampled_from([0.01, 0.02, 0.03, 0.05, 0.1])


def _margin(n: int, population: int, confidence: float) -> float:
    """Half the width for a share of one half, by the textbook: z·√(p(1−p)/n · (N−n)/(N−1))."""
    return z_of(confidence) * sqrt(0.25 / n * (population - n) / (population - 1)) if population > 1 else 0.0


@given(st.integers(2, 10**6), CONFIDENCE, MARGIN)
def test_the_size_is_the_least_that_keeps_the_margin(population, confidence, margin):
    n = sample_size(population, confidence, margin)
    assert 1 <= n <= population
    assert _margin(n, population, confidence) <= margin * (1 + 1e-9)
    assert n == 1 or _margin(n - 1, population, confidence) > margin * (1 - 1e-9)


@pytest.mark.parametrize(("population", "size"), [(0, 0), (1, 1), (10, 10), (100, 80), (400, 197), (1000, 278), (10_000, 370), (1_000_000, 384), (10_000_000, 385)])
def test_sizes_that_stand_in_every_textbook(population, size):
    assert sample_size(population, 0.95, 0.05) == size


@given(st.integers(0, 5000), st.dictionaries(st.integers(0, 99).map(str), st.integers(1, 2000), min_size=1, max_size=40))
def test_quotas_are_whole_in_proportion_and_add_up(total, sizes):
    people = sum(sizes.values())
    out = shared_out(total, sizes)
    assert list(out) == list(sizes)
    assert sum(out.values()) == min(total, people)
    for key, quota in out.items():
        assert quota <= sizes[key]
        if total < people:
            assert abs(quota - total * sizes[key] / people) < 1


@given(st.integers(0, 500), st.integers(1, 100_000), st.sampled_from([0.3, 0.5, 0.7, 1.0]))
def test_enough_codes_are_handed_out_for_the_answers_wanted(size, population, response):
    codes = to_hand_out(size, population, response)
    assert codes <= population
    assert codes == population or codes * response >= size - 1e-9


@given(st.integers(1, 2000), st.data(), CONFIDENCE, st.none() | st.integers(2, 10**5))
def test_the_interval_is_where_the_score_test_turns(of, data, confidence, population):
    """Wilson's bounds are the shares π with |p̂ − π| = z·√(π(1−π)/n*)."""
    satisfied = data.draw(st.integers(0, of))
    found = interval(satisfied, of, confidence, population)
    share = satisfied / of
    assert 0 <= found.low <= share <= found.high <= 1
    if population is not None and population <= of:
        assert found == (share, share)
        return
    n = of if population is None else of * (population - 1) / (population - of)
    for bound in found:
        assert isclose(abs(share - bound), z_of(confidence) * sqrt(bound * (1 - bound) / n), rel_tol=1e-6, abs_tol=1e-7)


@given(st.integers(1, 300), st.data())
def test_the_more_of_the_people_answered_the_narrower_the_interval(of, data):
    satisfied = data.draw(st.integers(0, of))
    small, large = sorted(data.draw(st.lists(st.integers(of + 1, 10**6), min_size=2, max_size=2)))
    narrow, wide, widest = (interval(satisfied, of, 0.95, people) for people in (small, large, None))
    assert narrow.high - narrow.low <= wide.high - wide.low + 1e-12
    assert wide.high - wide.low <= widest.high - widest.low + 1e-12


def test_nobody_answered_is_no_interval():
    assert interval(0, 0, 0.95) is None


@pytest.mark.parametrize(("satisfied", "of", "low", "high"), [(9, 10, 0.5958, 0.9821), (170, 200, 0.7939, 0.8929), (10, 10, 0.7225, 1.0)])
def test_known_intervals(satisfied, of, low, high):
    found = interval(satisfied, of, 0.95)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(("population", "content", "n"), [(60, 51, 30), (200, 170, 80), (400, 380, 100)])
def test_the_interval_covers_the_truth_about_as_often_as_it_says(population, content, n):
    """Over every sample that can be drawn without putting back (hypergeometric), not over some."""
    covered = 0.0
    for hits in range(max(0, n - (population - content)), min(n, content) + 1):
        found = interval(hits, n, 0.95, population)
        if found.low <= content / population <= found.high:
            covered += comb(content, hits) * comb(population - content, n - hits) / comb(population, n)
    assert covered >= 0.92
