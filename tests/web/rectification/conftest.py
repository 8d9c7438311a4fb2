"""A round, and problems of a school and of a county."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from junheng.web.rounds.models import Round

from junheng.web.rectification.actions import raise_problem
from junheng.web.rectification.models import Problem
from junheng.web.rights.roles import Role

PLANNED = {"measures": "一、改造操场，增加 600 ㎡。\n二、租用社区场地。", "responsible": "校长"}


@pytest.fixture
def round(db) -> Round:
    return Round.objects.create(name="2025 年度")


@pytest.fixture
def problem(round, tree, person) -> Callable[..., Problem]:
    """problem(): a school's; problem(tree.county): the county's; other words of raise_problem as keywords; raised by
    the province."""

    def make(unit=None, **said) -> Problem:
        unit = unit or tree.school
        words = {"title": "生均体育运动场馆面积（小学）", "criterion": "L5", "clause": "教督〔2017〕6号 第六条", "current": "6.20 ㎡", "required": "≥ 7.5 ㎡",
                 "gap": "还差 962.00 ㎡", "source": "manual"}  # fmt: skip
        return raise_problem(by=person(Role.PROVINCE_ADMIN), unit=unit, round=round, **(words | said))

    return make
