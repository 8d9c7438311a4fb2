"""Everything that is told, sent and read."""

from junheng.web.notices.actions.deliver import deliver, send_again
from junheng.web.notices.actions.dispatch import dispatch
from junheng.web.notices.actions.own import choose_ways, mark_all_read, mark_read
from junheng.web.notices.actions.remind import remind_deadlines

__all__ = ["choose_ways", "deliver", "dispatch", "mark_all_read", "mark_read", "remind_deadlines", "send_again"]
