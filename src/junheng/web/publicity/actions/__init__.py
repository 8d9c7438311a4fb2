"""Publish, object, answer."""

from junheng.web.publicity.actions.announce import announce, proclaim, revoke, withdraw
from junheng.web.publicity.actions.object import dismiss, object_to, review, show_contact, uphold

__all__ = ["announce", "dismiss", "object_to", "proclaim", "review", "revoke", "show_contact", "uphold", "withdraw"]
