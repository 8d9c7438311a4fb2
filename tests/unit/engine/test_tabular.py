"""Columns of text as the engines hand them over."""

from __future__ import annotations

import numpy as np

from junheng.engine.tabular import texts


def test_a_null_text_is_empty_in_every_kind_of_array() -> None:
    masked = np.ma.MaskedArray(np.array(["甲", "乙"], dtype=object), mask=[False, True])
    assert list(texts(masked)) == ["甲", ""]
    assert list(texts(np.array(["甲", None, float("nan")], dtype=object))) == ["甲", "", ""]
