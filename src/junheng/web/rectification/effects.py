"""What a transition changes on its subject besides the state. Nothing is saved here: `take` saves what was changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from junheng.web.flow.errors import Refused
from junheng.web.flow.process import Taken
from junheng.web.rectification import parameters

if TYPE_CHECKING:
    from junheng.web.rectification.models import Escalation, ExtensionRequest, Problem

_MENDING = ("assigned", "planned")
"""States in which the unit that has to mend is at work."""


def assigned(problem: Problem, taken: Taken) -> None:
    problem.department = taken.data["department"] or problem.department
    least = timezone.localdate() + timedelta(days=problem.days(parameters.MEND))
    problem.mend_by = max(problem.mend_by or least, least)


def withdrawn(problem: Problem, taken: Taken) -> None:
    if problem.source.startswith("release:"):
        raise Refused("这个问题不能撤回", why="它来自冻结数据版本的判定结论", remedy="请分派整改；数据有误的，请更正后重新冻结")


def withdrawn_as_gone(problem: Problem, taken: Taken) -> Mapping[str, Any]:
    """Raises Refused where the judgement it was raised from still holds."""
    if problem.cause_gone_at is None:
        raise Refused("这个问题不能这样撤回", why="提出它的判断没有更正，成因没有注明消除", remedy="请照常整改、报送，由核查人核查后销号")
    return {"成因": problem.cause_gone_words}


def planned(problem: Problem, taken: Taken) -> None:
    """Raises Refused for a day gone by, or later than the time the problem was given."""
    finish_on: date = taken.data["finish_on"]
    wrong = ""
    if finish_on < timezone.localdate():
        wrong = "完成时限已经过去，请填今天或以后的日期"
    elif problem.mend_by is not None and finish_on > problem.mend_by:
        wrong = f"完成时限不能晚于 {in_words(problem.mend_by)}；确需更久的，先按此日期报送，再申请延期"
    if wrong:
        raise Refused("完成时限不对", why=wrong, fields={"finish_on": wrong})
    problem.measures, problem.responsible, problem.finish_on = taken.data["measures"], taken.data["responsible"], finish_on


def submitted(problem: Problem, taken: Taken) -> None:
    problem.result = taken.data["result"]
    problem.submitted_by_id, problem.submitted_at = taken.by.pk, timezone.now()


def verified(problem: Problem, taken: Taken) -> None:
    _by_another(problem, taken, "核查")


def sent_back(problem: Problem, taken: Taken) -> None:
    """Back to mending, with some days even where the time had run out while others were looking."""
    problem.finish_on = max(problem.finish_on or date.min, timezone.localdate() + timedelta(days=problem.days(parameters.REWORK)))


def closed(problem: Problem, taken: Taken) -> Mapping[str, Any]:
    """Frozen: what the newest release says of the cause. Raises Refused for the person who submitted, and where that
    release still shows the problem and nobody has looked on the spot."""
    from junheng.web.rectification.causes import look_up

    _by_another(problem, taken, "复查")
    seen = look_up(problem)
    if seen.is_still_there and not taken.data["on_site"]:
        wrong = f"{seen.text}现场核实已经整改到位的，请勾选“已现场核实”"
        raise Refused("还不能销号", why=wrong, fields={"on_site": wrong})
    return {"release": seen.release, "cause": seen.standing.value} if seen.release else {}


def _by_another(problem: Problem, taken: Taken, what: str) -> None:
    if taken.by.pk == problem.submitted_by_id:
        raise Refused(f"不能由报送人自己{what}", why="这次整改结果就是您报送的", remedy=f"请由另一人{what}")


def escalated(escalation: Escalation, taken: Taken) -> None:
    if escalation.problem.state not in _MENDING:
        raise Refused("现在不能升级督办", why=f"这个问题是“{escalation.problem.state_shown.label}”", remedy="只有待定措施和整改中的问题可以升级")


def granted(request: ExtensionRequest, taken: Taken) -> None:
    """Raises Refused when the problem has moved on meanwhile, or the new day is not later than the present one."""
    problem = request.problem
    until: date = taken.data["until"]
    if problem.state not in _MENDING:
        raise Refused("不必再延期", why=f"这个问题已是“{problem.state_shown.label}”", remedy="请“不同意”，结束这项申请")
    if problem.due_on is not None and until <= problem.due_on:
        wrong = f"新的期限应晚于现在的期限 {in_words(problem.due_on)}"
        raise Refused("期限不对", why=wrong, fields={"until": wrong})
    request.until = until


def in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
