"""The one interpreter of state tables."""

from junheng.web.flow.actions.overdue import take_overdue
from junheng.web.flow.actions.take import take

__all__ = ["take", "take_overdue"]
