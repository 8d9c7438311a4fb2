"""DESCRIPTION
The budget for teacher training is part of the running budget.

WHY
Its share of the running budget is judged; the two lines are easily filled in different units.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.shapes import parts_within


def training_budget_within_running_budget(reported: Reported) -> Iterator[Breach]:
    return parts_within(reported, "school", ("training_budget_yuan",), "running_budget_yuan")


CHECK = Check(
    id="E-training-budget-exceeds-running-budget",
    title="教师培训经费预算不大于公用经费预算",
    why="培训经费从公用经费中安排，占比以公用经费预算总额为分母。",
    fields=("school.training_budget_yuan", "school.running_budget_yuan"),
    run=training_budget_within_running_budget,
)
