"""Everything the API writes of its own."""

from junheng.web.api.actions.pace import count_call
from junheng.web.api.actions.tokens import make_token, revoke_token

__all__ = ["count_call", "make_token", "revoke_token"]
