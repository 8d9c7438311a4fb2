"""The one way into the audit log."""

from junheng.web.audit.actions.record import Actor, record, record_reading

__all__ = ["Actor", "record", "record_reading"]
