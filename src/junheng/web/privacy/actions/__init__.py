"""Changing the keys."""

from junheng.web.privacy.actions.rotate import retire_unused, rotate, rows_by_key, seal_all_again

__all__ = ["retire_unused", "rotate", "rows_by_key", "seal_all_again"]
