"""A process that contradicts itself is refused when it is declared."""

from __future__ import annotations

from datetime import date

import pytest

from junheng.common.errors import DeclarationError
from junheng.web.flow.errors import Refused
from junheng.web.flow.fields import cleaned, storable
from junheng.web.flow.process import Field, Input, Process, State, Tone, Transition
from junheng.web.rights.right import right
from junheng.web.rights.roles import Role

MAY = right("test.may", "试", Role.COUNTY_ADMIN)
A, B = State("a", "甲", Tone.TODO), State("b", "乙", Tone.GOOD)
GO = Transition("go", "去", ("a",), "b", MAY)


@pytest.mark.parametrize(
    ("states", "transitions", "said"),
    [
        ((A, A, B), (GO,), "declared twice"),
        ((A, B), (GO, GO), "declared twice"),
        ((A,), (GO,), "speaks of states"),
        ((A, B), (), "nothing leads to"),
        ((A, B), (Transition("go", "去", ("a",), "b", None),), "needs a right"),
        ((A, B), (Transition("go", "去", ("a",), "b", MAY, automatic=True),), "needs a right"),
        ((A, B), (Transition("go", "去", (), "b", MAY),), "speaks of states"),
        ((A, B), (Transition("go", "去", ("a",), "b", MAY, (Field("words", "意见"),), at_once=True),), "cannot be taken at once"),
    ],
)
def test_a_contradiction_is_refused(states, transitions, said):
    with pytest.raises(DeclarationError, match=said):
        Process("test", "试", states, transitions)


FIELDS = (
    Field("words", "意见"), Field("on", "日期", Input.DATE), Field("which", "选择", Input.CHOICE, choices={"x": "甲", "y": "乙"}),
    Field("sure", "我已核对", Input.FLAG), Field("more", "补充", required=False), Field("count", "份数", Input.COUNT, required=False),
)  # fmt: skip


def test_fields_are_read_as_what_they_are():
    entered = cleaned(FIELDS, {"words": " 同意 ", "on": "2026-09-01", "which": "x", "sure": "on", "more": ""})
    assert entered == {"words": "同意", "on": date(2026, 9, 1), "which": "x", "sure": True, "more": None, "count": None}
    assert storable(entered)["on"] == "2026-09-01"


def test_every_wrong_field_is_named_at_once():
    with pytest.raises(Refused) as refused:
        cleaned(FIELDS, {"words": "  ", "on": "明天", "which": "z"})
    assert set(refused.value.fields) == {"words", "on", "which", "sure"}


@pytest.mark.parametrize(("entered", "read"), [("0", 0), (" 12 ", 12), ("", None), (7, 7)])
def test_a_count_is_a_whole_number_and_a_blank_is_not_zero(entered, read):
    assert cleaned((FIELDS[-1],), {"count": entered}) == {"count": read}


@pytest.mark.parametrize("entered", ["-1", "1.5", "一百", "٣", "1e3"])
def test_what_is_no_whole_number_is_refused(entered):
    with pytest.raises(Refused, match="应是整数"):
        cleaned((FIELDS[-1],), {"count": entered})
