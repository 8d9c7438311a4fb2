"""Everything that changes the ledger of commitments."""

from junheng.web.commitments.actions.open_ledger import open_ledger
from junheng.web.commitments.actions.transitions import COMMITMENT_ACTIONS

__all__ = ["COMMITMENT_ACTIONS", "open_ledger"]
