"""Everything that changes the tree of units."""

from junheng.web.areas.actions.maintain import add_unit, close_unit, place_school, rename_unit
from junheng.web.areas.actions.tree import ensure_divisions, ensure_unit

__all__ = ["add_unit", "close_unit", "ensure_divisions", "ensure_unit", "place_school", "rename_unit"]
