"""The commitments quote the plan: every phrase of a text stands in the document."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from junheng.policy import resolve

PLAN = Path(__file__).parents[3] / ".." / "shared" / "domain" / "辽教发2023-10号.txt"


@pytest.mark.skipif(not PLAN.exists(), reason="the text of the plan is not beside the repository")
def test_every_phrase_of_every_commitment_stands_in_the_plan() -> None:
    plan = _bare(PLAN.read_text(encoding="utf-8"))
    strangers = [
        (target.id, phrase)
        for target in resolve("quality_balance_2017", "21", date(2025, 9, 1)).targets
        for phrase in re.split(r"[，、；：]", target.text)
        if _bare(phrase) not in plan
    ]
    assert strangers == []


def _bare(text: str) -> str:
    return re.sub(r"[\s,，、;；:：.。()（）“”\"]", "", text)
