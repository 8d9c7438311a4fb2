"""No suppressed cell is worked out: not from totals, not from earlier versions."""

from __future__ import annotations

import pytest
from attacker import Attacker, every_table
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from junheng.opendata.count_table import TOTAL, CountTable
from junheng.opendata.guessing import Unproven
from junheng.opendata.knowledge import Published
from junheng.opendata.rule import Rule, least_count
from junheng.opendata.suppress import protect, prove

RULE = Rule(10)


def _table(rows: list[list[int | None]], groups: list[int] | None = None) -> CountTable:
    """groups: how many rows each group has."""
    columns = tuple("abcdef"[: len(rows[0])])
    names = [f"r{number}" for number in range(len(rows))]
    taken, made = 0, {}
    for number, size in enumerate(groups or [len(rows)]):
        made[f"g{number}"] = tuple(names[taken : taken + size])
        taken += size
    return CountTable(made, columns, {(name, column): value for name, row in zip(names, rows, strict=True) for column, value in zip(columns, row, strict=True)})


def _safe(versions: list[Published], rule: Rule = RULE) -> None:
    """As an attacker sees it, with a solver of his own."""
    attacker = Attacker(versions)
    for number, key in attacker.hidden:
        value = versions[number].table.values[key]
        assert value is not None
        least, most = attacker.interval((number, key))
        if rule.is_small(value):
            assert least <= versions[number].table.inhabited[key], (number, key)
            assert most >= rule.least, (number, key)
        assert most - least >= rule.width, (number, key)


def test_a_small_cell_alone_in_its_row_and_column_takes_others_with_it():
    published = protect(_table([[3, 50, 60], [40, 50, 60], [70, 80, 90]]), RULE)
    assert ("r0", "a") in published.held
    assert len(published.held) >= 4
    _safe([published])


def test_a_table_without_small_cells_is_published_whole():
    assert protect(_table([[30, 50], [40, 0]]), RULE).held == frozenset()


def test_zeros_and_missing_cells_are_not_held_and_zero_is_not_missing():
    published = protect(_table([[3, 0, 60], [40, None, 60], [70, 80, 90]]), RULE)
    assert ("r0", "b") not in published.held
    assert ("r1", "b") not in published.held
    assert published.table.values["r1", TOTAL] is None
    assert published.table.values[TOTAL, "b"] is None
    _safe([published])


def test_totals_are_held_only_where_no_cells_would_do():
    held = protect(_table([[3, 50, 60], [40, 50, 60], [70, 80, 90]]), RULE).held
    assert not [key for key in held if TOTAL in key or key[0].startswith("g")]
    alone = protect(_table([[3, 0, 0], [0, 50, 60], [0, 80, 90]]), RULE)
    assert ("r0", TOTAL) in alone.held
    _safe([alone])


def test_a_table_of_small_cells_alone_is_held_whole_and_still_hides_them():
    published = protect(_table([[1, 2], [3, 1]]), RULE)
    assert published.held == frozenset(published.table.values)
    _safe([published])


def test_what_leaves_one_cell_open_is_not_proven():
    table = _table([[3, 50], [40, 50]])
    with pytest.raises(Unproven):
        prove(Published(table, frozenset({("r0", "a")})), RULE)
    with pytest.raises(Unproven, match="published"):
        prove(Published(table, frozenset()), RULE)


counts = st.one_of(st.integers(0, 12), st.integers(0, 12), st.integers(0, 400))


@st.composite
def tables(draw: st.DrawFn, most_rows: int = 6, most_columns: int = 4) -> CountTable:
    columns = draw(st.integers(2, most_columns))
    groups = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3).filter(lambda sizes: sum(sizes) <= most_rows))
    rows = draw(st.lists(st.lists(counts, min_size=columns, max_size=columns), min_size=sum(groups), max_size=sum(groups)))
    return _table(rows, groups)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(tables())
def test_an_attacker_with_a_solver_cannot_tell_a_small_cell_and_recovers_none(table):
    _safe([protect(table, RULE)])


@settings(max_examples=15)
@given(st.lists(st.lists(st.integers(0, 5), min_size=2, max_size=2), min_size=2, max_size=2))
def test_among_all_tables_are_some_in_which_the_cell_is_least_and_some_in_which_it_is_not_small(rows):
    rule = Rule(3)
    published = protect(_table(rows), rule)
    possible = every_table(published, 7)
    for key in published.held:
        values = {each[key] for each in possible}
        assert len(values) > 1
        if rule.is_small(published.table.values[key] or 0):
            assert min(values) <= published.table.inhabited[key]
            assert max(values) >= rule.least


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_two_versions_of_a_table_held_against_each_other_give_nothing_away(data):
    """A county joins, some figures are corrected, the rest stays."""
    first = data.draw(tables(most_rows=5, most_columns=3))
    counts_now = {key: data.draw(counts) if data.draw(st.integers(0, 4)) == 0 else value for key, value in first.counts.items()}
    groups = dict(first.groups)
    groups["g0"] = (*groups["g0"], "joined")
    counts_now |= {("joined", column): data.draw(counts) for column in first.columns}
    before = protect(first, RULE)
    after = protect(CountTable(groups, first.columns, counts_now), RULE, [before])
    _safe([before, after])


def test_the_difference_of_two_totals_does_not_tell_the_county_that_joined():
    """Each version alone would be safe with its total shown: 150 − 147 is the county that joined."""
    first = _table([[40, 50], [107, 80]])
    before = protect(first, RULE)
    assert before.held == frozenset()
    joined = CountTable({"g0": ("r0", "r1", "r2")}, first.columns, first.counts | {("r2", "a"): 3, ("r2", "b"): 30})
    after = protect(joined, RULE, [before])
    assert ("g0", "a") in after.held
    _safe([before, after])


def test_what_was_held_once_stays_held_while_it_stays_the_same():
    first = _table([[3, 50, 60], [40, 50, 60], [70, 80, 90]])
    before = protect(first, RULE)
    after = protect(CountTable(first.groups, first.columns, first.counts | {("r2", "c"): 91}), RULE, [before])
    unchanged = {key for key in before.held if first.values[key] == after.table.values[key]}
    assert unchanged <= after.held
    _safe([before, after])


def test_the_rule_says_its_number_and_where_it_comes_from():
    assert "少于 10 人" in RULE.words
    assert least_count().unverified
