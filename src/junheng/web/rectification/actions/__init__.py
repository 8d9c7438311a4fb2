"""Everything that changes problems."""

from junheng.web.rectification.actions.cause import cause_gone, cause_holds
from junheng.web.rectification.actions.escalate import escalate_overdue
from junheng.web.rectification.actions.extend import ask_extension
from junheng.web.rectification.actions.from_plan import plan_replaced, raise_from_plan
from junheng.web.rectification.actions.raise_problem import raise_problem

__all__ = ["ask_extension", "cause_gone", "cause_holds", "escalate_overdue", "plan_replaced", "raise_from_plan", "raise_problem"]
