"""Which planners the desk offers, and when a plan is about people.

Whoever stands in a table of people is a child or a teacher with a name: a plan made from one is seen by the unit that made it alone,
kept encrypted and forgotten by a day that is said beforehand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from junheng.planners.model import Planner
from junheng.planners.registry import PLANNERS

ELSEWHERE = frozenset({"lottery"})
"""The public draw has a room of its own (web/portal), where anybody can recompute it."""

OFFERED: Mapping[str, Planner] = {each.id: each for each in PLANNERS if each.id not in ELSEWHERE}


def is_personal(planner: Planner, tables: Iterable[str] = ()) -> bool:
    """Whether a plan with these tables is about people; one that cannot be made without a table of people always is."""
    given = set(tables)
    return any(each.people and (each.required or each.id in given) for each in planner.tables)


def label_of(planner_id: str) -> str:
    """Its id where it is no longer offered: plans outlive planners."""
    planner = OFFERED.get(planner_id)
    return planner.label if planner else planner_id
