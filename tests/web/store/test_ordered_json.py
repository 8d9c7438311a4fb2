"""JSON comes back in the order it was written, on either database."""

from __future__ import annotations

import pytest

from junheng.web.flow.models import Step

WRITTEN = {"数据版本": "sha256:ab", "标准": {"z": 1, "a": [None, 0, "0", 1.5]}, "a": ""}


@pytest.mark.django_db
def test_keys_stay_in_the_order_they_were_written_and_null_is_not_zero():
    Step.objects.create(subject="acceptance:1", transition="x", label="试", from_state="a", to_state="b", by_name="甲", by_role="乙", frozen=WRITTEN)
    read = Step.objects.get().frozen
    assert read == WRITTEN
    assert list(read) == list(WRITTEN)
    assert list(read["标准"]) == ["z", "a"]
