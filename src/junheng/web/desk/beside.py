"""What a plan's page shows beside the answer itself: its map, the way to its pins and to its tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from junheng.web.accounts.models import User
from junheng.web.desk.answer import Answer
from junheng.web.desk.models import Plan, PlanFile
from junheng.web.desk.permissions import PLAN
from junheng.web.desk.pins import can_be_pinned
from junheng.web.desk.places import Drawing, drawing_of
from junheng.web.desk.states import PlanState
from junheng.web.desk.tasks import source_of
from junheng.web.rectification.actions.from_plan import places_raised
from junheng.web.rectification.permissions import RAISE


@dataclass(frozen=True)
class Beside:
    """drawing: None = nothing to draw; rows: of its table that the page shows; raised: how many measures are tasks; may_raise: the account
    may turn measures into tasks; may_pin: it may say school by school what is fixed."""

    drawing: Drawing | None
    rows: Sequence[Sequence[object]]
    raised: int
    may_raise: bool
    may_pin: bool


_ROWS = 60


def beside(plan: Plan, answer: Answer, files: Sequence[PlanFile], user: User, period: str) -> Beside:
    """period: number of the one to draw, as typed. Raises StoreError where the file of the map is damaged."""
    drawing = drawing_of(plan, files, period)
    with_tasks = plan.state is PlanState.SOLVED and bool(answer.tasks) and not plan.personal
    return Beside(
        drawing, drawing.rows[:_ROWS] if drawing else (), len(places_raised(source_of(plan))) if with_tasks else 0, with_tasks and RAISE.allows(user, plan),
        plan.state is PlanState.DRAFT and can_be_pinned(plan) and PLAN.allows(user, plan),
    )  # fmt: skip
