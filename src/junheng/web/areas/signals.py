"""What other rooms may do, in the same transaction, when the tree changes."""

from __future__ import annotations

from django.dispatch import Signal

school_placed = Signal()
"""A school counts with a county from now on: it is new there, or was said to lie there. Sent with `school` (areas.models.Unit)."""
