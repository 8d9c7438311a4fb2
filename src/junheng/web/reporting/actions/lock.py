"""截止: what is past its last day locks by itself."""

from __future__ import annotations

from datetime import date

from junheng.web.flow.actions import take_overdue
from junheng.web.reporting.models import Submission


def lock_overdue(today: date) -> list[str]:
    """Lock what may not be filled any more; returns the references. What was handed in and waits for the county's
    review stays with the county, and locks once it is accepted. Exceptions have their own day. Safe to repeat."""
    return take_overdue(Submission, today)
