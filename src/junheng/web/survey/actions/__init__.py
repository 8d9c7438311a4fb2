"""Everything that changes a survey."""

from junheng.web.survey.actions.answering import answer
from junheng.web.survey.actions.codes import issue, void
from junheng.web.survey.actions.interviews import hear, withdraw_interview
from junheng.web.survey.actions.paper import enter, withdraw_entry
from junheng.web.survey.actions.planning import plan, prepare
from junheng.web.survey.actions.transitions import SURVEY_ACTIONS

__all__ = ["SURVEY_ACTIONS", "answer", "enter", "hear", "issue", "plan", "prepare", "void", "withdraw_entry", "withdraw_interview"]
