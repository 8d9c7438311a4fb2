"""What a planner answered, as it is kept with the plan, and opened again."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from junheng.planners.model import Figure, Planned, Task


@dataclass(frozen=True)
class Hash:
    """Of a file, to be made public before anything is drawn."""

    file: str
    digest: str
    hash: str


@dataclass(frozen=True)
class Answer:
    """lines, reasons: Chinese sentences; reasons: what fights, and the smallest relaxations, of a plan that does not exist.
    stopped: the search was ended before its time."""

    lines: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    reasons: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = ()
    stopped: bool = False
    hashes: tuple[Hash, ...] = ()

    @property
    def unverified(self) -> list[str]:
        """The sentences that speak of values that are not verified yet."""
        return [each for each in self.lines if "待核" in each]

    @property
    def said(self) -> list[str]:
        return [each for each in self.lines if "待核" not in each]


def as_text(planned: Planned) -> str:
    """JSON; exact numbers as text."""
    kept = {"lines": planned.lines, "figures": [asdict(each) for each in planned.figures], "reasons": planned.reasons,
            "tasks": [asdict(each) for each in planned.tasks], "stopped": planned.stopped,
            "hashes": [{"file": each.file.name, "digest": each.digest, "hash": each.hash} for each in planned.stamps]}  # fmt: skip
    return json.dumps(kept, ensure_ascii=False, default=str)


def read(text: str) -> Answer:
    """"" is an answer that says nothing yet."""
    if not text:
        return Answer()
    kept = json.loads(text)
    return Answer(
        tuple(kept["lines"]), tuple(Figure(**each | {"value": _number(each["value"])}) for each in kept["figures"]), tuple(kept["reasons"]),
        tuple(Task(**each | {"amount": _number(each["amount"]), "cost_yuan": _number(each["cost_yuan"])}) for each in kept["tasks"]),
        kept["stopped"], tuple(Hash(**each) for each in kept["hashes"]),
    )  # fmt: skip


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def printed(figure: Figure) -> str:
    """Rounded for reading, with its unit."""
    return "没有数" if figure.value is None else f"{figure.value:,.{figure.digits}f} {figure.unit}".rstrip()


def gap_in_words(gap: float | None, possible: bool | None) -> str:
    """How near to the best it is proven to be; "" without a plan, and where nothing was optimised."""
    if not possible or gap is None:
        return ""
    return "已证明是最好的" if gap <= 0 else f"已证明离最好不超过 {_percent(gap)}"


def _percent(gap: float) -> str:
    """Rounded up: no promise is made that was not proven."""
    return f"{math.ceil(gap * 10_000) / 100:.2f}%"


def figures_by_id(answers: Sequence[Answer]) -> dict[str, list[Figure | None]]:
    """Figure id → that figure of every answer, None where it has none; in the order they are first said."""
    ids = dict.fromkeys(each.id for answer in answers for each in answer.figures)
    found = [{each.id: each for each in answer.figures} for answer in answers]
    return {id: [of.get(id) for of in found] for id in ids}
