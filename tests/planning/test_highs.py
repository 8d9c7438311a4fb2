"""The way to HiGHS that leaves columns out comes to the same as the way that keeps them all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from junheng.planning import highs
from junheng.planning.highs import Model, minimise, minimise_narrowed


def packing(seed: int, columns: int = 14, rows: int = 4) -> Model:
    """A small program with whole columns and one that is not; sometimes without an answer."""
    rng = np.random.default_rng(seed)
    matrix = csr_array(rng.integers(0, 9, (rows, columns)).astype(float))
    whole = np.ones(columns, dtype=bool)
    whole[-1] = False
    return Model(rng.integers(-9, 20, columns).astype(float), matrix, rng.integers(0, 40, rows).astype(float), np.full(rows, 60.0), np.zeros(columns), np.ones(columns), whole)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([1, 5, 3_000]))
def test_leaving_out_what_is_dear_by_the_relaxation_changes_no_optimum(seed: int, cheapest: int) -> None:
    model = packing(seed)
    whole = minimise(model, seconds=10)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(highs, "_CHEAPEST", cheapest)
        narrowed = minimise_narrowed(model, seconds=10)

    assert (narrowed.values is None) == (whole.values is None)
    if whole.values is not None:
        assert narrowed.objective == pytest.approx(whole.objective, abs=1e-6)
        assert narrowed.bound <= narrowed.objective + 1e-6
        assert narrowed.bound == pytest.approx(whole.objective, abs=1e-5)
