"""录取次序: the classes of priority as data, and the order of children within them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

from junheng.common.errors import UserError
from junheng.planning.admission.lottery import Applicant, first_of_siblings, plain, seed_of
from junheng.planning.admission.model import Child, PriorityClass, Rules

Order = tuple[int, float, int, str]
"""Class, points (more first), months of the residence permit (more first), public ticket."""


@cache
def built_in_classes() -> tuple[PriorityClass, ...]:
    """The order of rules.md §9, filled up with what is common; only the first line is law."""
    text = files("junheng.planning.admission").joinpath("data/priority_classes.csv").read_text(encoding="utf-8")
    return tuple(
        PriorityClass(
            line["id"], line["title"], {"是": True, "否": False}.get(line["household"]), {"是": True, "否": False}.get(line["residence"]),
            int(line["permit_months_at_least"]) if line["permit_months_at_least"] else None, line["source"], line["unverified"],
        )
        for line in csv.DictReader(text.splitlines())
    )  # fmt: skip


def class_numbers(children: Iterable[Child], classes: Sequence[PriorityClass]) -> list[int]:
    """The position of the first class that holds, per child. Raises UserError when none does: nobody may fall out."""
    known: dict[tuple[bool, bool, int | None], int] = {}
    out = []
    for child in children:
        facts = (child.household, child.residence, child.permit_months)
        if facts not in known:
            found = next((at for at, each in enumerate(classes) if each.holds(child)), None)
            if found is None:
                raise UserError("有儿童不属于任何一类", where="录取次序表", why=f"报名号 {child.number} 等", remedy="请在次序表的最后加一行不设条件的类别")
            known[facts] = found
        out.append(known[facts])
    return out


def orders(children: Sequence[Child], rules: Rules, tickets: Mapping[str, str]) -> list[Order]:
    """The place of every child in the county's order: smaller goes first. tickets: by 报名号, from the public seed.

    Points and permits that were not handed in come after those that were: nothing is taken for nought.
    """
    numbers = class_numbers(children, rules.classes)
    return [
        (number, _descending(child.points), int(_descending(child.permit_months)), tickets[child.number])
        for child, number in zip(children, numbers, strict=True)
    ]


def public_tickets(children: Sequence[Child], rules: Rules, list_text: str, seed_text: str) -> dict[str, str]:
    """The ticket of every child in the public list, by 报名号. Siblings share one, followed by the own number."""
    seed = seed_of(list_text, seed_text, rules.digest)
    siblings = (Applicant(each.number, plain(each.siblings)) for each in children if each.siblings and rules.siblings_together)
    first = first_of_siblings(siblings)
    return {each.number: f"{rules.digest.of(f'{seed}:{first.get(each.number, each.number)}')}:{each.number}" for each in children}


def _descending(value: float | None) -> float:
    return 1 if value is None else -value
