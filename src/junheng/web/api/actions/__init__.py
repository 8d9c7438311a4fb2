"""Everything the API writes of its own."""

from junheng.web.api.actions.once import forget_kept
from junheng.web.api.actions.pace import count_call
from junheng.web.api.actions.tokens import make_token, revoke_token

__all__ = ["count_call", "forget_kept", "make_token", "revoke_token"]
