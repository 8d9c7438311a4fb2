"""The one way into the audit log."""

from junheng.web.audit.actions.record import Actor, record

__all__ = ["Actor", "record"]
