"""Everything that changes the tree of units."""

from junheng.web.areas.actions.tree import close_unit, ensure_divisions, ensure_unit

__all__ = ["close_unit", "ensure_divisions", "ensure_unit"]
