"""Everything that changes an evaluation."""

from junheng.web.evaluation.actions.corrections import correct, take_back
from junheng.web.evaluation.actions.experts import assign, declare, draw_sample, unassign
from junheng.web.evaluation.actions.materials import judge_material, make_problem
from junheng.web.evaluation.actions.start import start
from junheng.web.evaluation.actions.statements import answer_statement, close_statements, state_case
from junheng.web.evaluation.actions.transitions import (
    ACCEPTANCE_ACTIONS,
    RECOGNITION_ACTIONS,
    record_recognition,
)
from junheng.web.evaluation.actions.visits import Found, add_photos, judge

__all__ = [
    "ACCEPTANCE_ACTIONS", "RECOGNITION_ACTIONS", "Found", "add_photos", "answer_statement", "assign", "close_statements", "correct", "declare", "draw_sample",
    "judge", "judge_material", "make_problem", "record_recognition", "start", "state_case", "take_back", "unassign",
]  # fmt: skip
