"""Everything that changes an evaluation."""

from junheng.web.evaluation.actions.experts import assign, declare, draw_sample, unassign
from junheng.web.evaluation.actions.start import start
from junheng.web.evaluation.actions.transitions import ACCEPTANCE_ACTIONS, RECOGNITION_ACTIONS
from junheng.web.evaluation.actions.visits import answer_statement, judge, state_case

__all__ = [
    "ACCEPTANCE_ACTIONS", "RECOGNITION_ACTIONS", "answer_statement", "assign", "declare", "draw_sample", "judge", "start",
    "state_case", "unassign",
]  # fmt: skip
