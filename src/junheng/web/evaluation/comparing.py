"""The numbers of a conclusion beside the same numbers measured again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from junheng.common.stages import Stage
from junheng.web.evaluation.criteria import items_of, policy_of
from junheng.web.evaluation.models import Evaluation


@dataclass(frozen=True)
class Compared:
    """One line: what, and what it was and is. The values as the results hold them, not rounded; None = not known."""

    title: str
    before: Any
    after: Any
    before_verdict: str
    after_verdict: str

    @property
    def is_same(self) -> bool:
        return (self.before, self.before_verdict) == (self.after, self.after_verdict)


def compared(evaluation: Evaluation, again: Mapping[str, Any]) -> list[Compared]:
    """The county's verdict, every coefficient of variation, every criterion. The evaluation has a release."""
    assert evaluation.release is not None
    frozen = evaluation.release.result
    return [
        Compared("结论", None, None, frozen["verdict"], again["verdict"]),
        *_balance(evaluation, frozen, again),
        *_criteria(evaluation, frozen, again),
    ]


def _balance(evaluation: Evaluation, frozen: Mapping[str, Any], again: Mapping[str, Any]) -> Iterator[Compared]:
    titles = {each.code: each.title for each in policy_of(evaluation).resources}
    for stage, judged in frozen["stages"].items():
        for code, before in judged.get("balance", {}).items():
            after = again["stages"].get(stage, {}).get("balance", {}).get(code, {})
            yield Compared(f"{Stage(stage).label}{titles.get(code, code)}的差异系数", before["cv"], after.get("cv"), before["verdict"], after.get("verdict", ""))


def _criteria(evaluation: Evaluation, frozen: Mapping[str, Any], again: Mapping[str, Any]) -> Iterator[Compared]:
    for id, item in items_of(evaluation).items():
        before, after = frozen["criteria"].get(id), again["criteria"].get(id, {})
        if before is not None:
            yield Compared(str(item), before["value"], after.get("value"), before["verdict"], after.get("verdict", ""))
