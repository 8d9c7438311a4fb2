"""Publish open data."""

from junheng.web.portal.actions.publish import publish_data

__all__ = ["publish_data"]
