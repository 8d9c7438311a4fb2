"""Everything that changes rounds."""

from junheng.web.rounds.actions.keep import change_round, create_round, set_participants
from junheng.web.rounds.actions.moves import ACTIONS

__all__ = ["ACTIONS", "change_round", "create_round", "set_participants"]
