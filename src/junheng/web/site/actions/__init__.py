"""The demonstration: a synthetic province as if it had reported."""

from junheng.web.site.actions.demonstrate import demonstrate

__all__ = ["demonstrate"]
