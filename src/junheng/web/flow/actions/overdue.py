"""What happens by itself: automatic transitions of subjects whose deadline has passed."""

from __future__ import annotations

from datetime import date

from junheng.web.flow.actions.take import take
from junheng.web.flow.errors import Refused
from junheng.web.flow.models import Subject
from junheng.web.flow.turns import give_way

_AT_ONCE = 25


def take_overdue(model: type[Subject], today: date) -> list[str]:
    """Take the automatic transition out of every overdue state; returns the references of the subjects moved.

    Each subject in its own transaction: one that cannot move does not hold the others. One whose state has no
    automatic way out stays, and shows as overdue.
    """
    automatic = {state: each.id for each in model.process.transitions if each.automatic for state in each.sources}
    moved = []
    late = model._base_manager.filter(state__in=automatic, due_on__lt=today).order_by("pk")
    for subject in late:
        try:
            take(subject, automatic[subject.state], by=None, seen_moves=subject.moves)
        except Refused:
            continue
        moved.append(subject.reference)
        if len(moved) % _AT_ONCE == 0:
            give_way()
    return moved
