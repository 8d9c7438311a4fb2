"""Turn measures of a plan into tasks; say of the tasks of an earlier plan that it was replaced."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from junheng.web.accounts.models import User
from junheng.web.desk.models import Plan
from junheng.web.desk.states import PlanState
from junheng.web.desk.tasks import lines_of, measure_of, replaceable, round_of, source_of
from junheng.web.flow.errors import Refused
from junheng.web.rectification.actions import plan_replaced, raise_from_plan
from junheng.web.rectification.actions.from_plan import PlanSource, Raised
from junheng.web.rectification.effects import in_words
from junheng.web.rectification.models import Problem


@transaction.atomic
def raise_tasks(plan: Plan, places: Collection[int], *, replaces: Collection[int] = (), by: User) -> Raised:
    """places: numbers of measures; replaces: pks of earlier plans, of those `replaceable` names, that this one takes the place of.
    Raises UserError: nothing chosen, no plan found, one made from a list of people, whose measures may name them."""
    if plan.personal:
        raise Refused("用到个人名单的方案不能转为任务", why="任务会被上级和部门看到", remedy="请按结果文件在本单位内部办理")
    if plan.state is not PlanState.SOLVED:
        raise Refused("方案还没有求得，没有措施可以转为任务", remedy="请先求解")
    chosen = [each for each in lines_of(plan) if each.place in places]
    if not chosen:
        raise Refused("没有选中措施", remedy="请勾选要做的措施，或用“筛选出的全部”")
    round = round_of(plan)
    if round is None:
        raise Refused("还没有评估轮次，任务没有归属", remedy="请先由省里设立轮次")
    raised = raise_from_plan(source_of(plan), [measure_of(each) for each in chosen], by=by, unit=plan.unit, round=round)
    for earlier, _ in replaceable(plan):
        if earlier.pk in replaces:
            _replace(earlier, plan, by)
    return raised


def _replace(earlier: Plan, plan: Plan, by: User) -> None:
    """A plan is named in its tasks by its number and hash; of every hash it ever had."""
    words = f"{in_words(timezone.localdate())}由方案“{plan.name}”（{plan.pk} 号）替换。"
    sources = Problem.objects.filter(source__startswith=f"plan:{earlier.pk}:").order_by().values_list("source", flat=True).distinct()
    for source in list(sources):
        plan_replaced(PlanSource(earlier.pk, source.split(":")[2], earlier.name), words, by=by, unit=earlier.unit)
