"""Everything that changes what is handed in and frozen."""

from junheng.web.reporting.actions.accept_all import accept_many
from junheng.web.reporting.actions.explain import explain
from junheng.web.reporting.actions.freeze import freeze_county
from junheng.web.reporting.actions.lock import lock_overdue
from junheng.web.reporting.actions.make import make_submissions
from junheng.web.reporting.actions.moves import ACTIONS, grant_exception
from junheng.web.reporting.actions.remind import remind
from junheng.web.reporting.actions.versions import add_version

__all__ = ["ACTIONS", "accept_many", "add_version", "explain", "freeze_county", "grant_exception", "lock_overdue", "make_submissions", "remind"]
