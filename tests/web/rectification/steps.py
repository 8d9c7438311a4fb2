"""Steps of a problem's life, with what each asks for."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from junheng.web.rectification.actions.moves import ACTIONS
from junheng.web.rectification.models import Problem

PLANNED = {"measures": "一、改造操场，增加 600 ㎡。\n二、租用社区场地。", "responsible": "校长"}
WAY = ("assign", "plan", "submit", "verify", "close")


def day(days: int) -> date:
    """So many days from today."""
    return timezone.localdate() + timedelta(days=days)


def words_of(step: str) -> dict[str, str]:
    return {
        "plan": PLANNED | {"finish_on": str(day(60))}, "submit": {"result": "操场已扩建，现为 7.8 ㎡。"}, "verify": {"opinion": "属实"},
        "send_back": {"reason": "照片看不出面积"}, "close": {"opinion": "复测 7.8 ㎡，合格"}, "recheck_fails": {"reason": "租用合同没有签订"},
        "withdraw": {"reason": "登记有误"},
    }.get(step, {})  # fmt: skip


def go(problem: Problem, step: str, by, **words: object) -> Problem:
    moved = ACTIONS[step](problem, by=by, data=words_of(step) | words)
    assert isinstance(moved, Problem)
    return moved


def until(problem: Problem, people, state_before: str) -> Problem:
    """The problem just before a step of the way."""
    for step in WAY[: WAY.index(state_before)]:
        problem = go(problem, step, people[problem.unit.kind][step])
    return problem
