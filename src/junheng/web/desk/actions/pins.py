"""Keep the pins chosen on a plan's page, as its table of pins."""

from __future__ import annotations

from django.db import transaction

from junheng.planners.model import Planner
from junheng.web.accounts.models import User
from junheng.web.desk.actions.make import put_table, remove_table
from junheng.web.desk.models import Plan
from junheng.web.flow.errors import Refused


@transaction.atomic
def keep_pins(plan: Plan, planner: Planner, table: str, file: tuple[str, bytes] | None, *, seen: str, by: User) -> Plan:
    """file: name and bytes of the table, None = nothing is fixed; seen: hash of the table the person looked at, "" = there was none. Raises
    Refused: somebody changed it meanwhile, or the plan is no draft any more."""
    Plan.objects.select_for_update().get(pk=plan.pk)
    there = plan.files.filter(table=table).values_list("sha256", flat=True).first() or ""
    if there != seen:
        raise Refused("约束表已被别人改过", why="您看到的不是最新的", remedy="请看过现在的约束后再改")
    return remove_table(plan, table, by=by) if file is None else put_table(plan, planner, table, *file, by=by)
