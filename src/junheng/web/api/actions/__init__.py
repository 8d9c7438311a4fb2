"""Everything the API writes of its own."""

from junheng.web.api.actions.hooks import (
    end_hook,
    forget_sent,
    make_hook,
    send_hooks,
    send_message_again,
    tell_hooks,
)
from junheng.web.api.actions.once import forget_kept
from junheng.web.api.actions.pace import count_call, count_visit, forget_visitors
from junheng.web.api.actions.tokens import make_token, revoke_token

__all__ = ["count_call", "count_visit", "end_hook", "forget_kept", "forget_sent", "forget_visitors", "make_hook", "make_token", "revoke_token", "send_hooks", "send_message_again", "tell_hooks"]
