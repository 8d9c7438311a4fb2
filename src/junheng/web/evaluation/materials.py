"""材料审核: where each criterion stands — the figures, the evidence handed in, and what the province judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from junheng.web.evaluation.criteria import Item, items_of
from junheng.web.evidence.queries import counts_by_criterion, newest_by_criterion

if TYPE_CHECKING:
    from datetime import datetime

    from junheng.web.evaluation.models import Evaluation, MaterialJudgement


@dataclass(frozen=True)
class Line:
    """One criterion. judgement: the latest on the signed release, None = not judged; files: how many evidences the county and
    its schools show; newest: when the last of them came, None = none."""

    item: Item
    judgement: MaterialJudgement | None
    files: int
    newest: datetime | None

    @property
    def waits(self) -> bool:
        """Somebody must judge it and nobody did."""
        return self.item.is_for_people and self.judgement is None

    @property
    def has_news(self) -> bool:
        """Evidence came after the judgement."""
        return self.judgement is not None and self.newest is not None and self.newest > self.judgement.at


def judged(evaluation: Evaluation) -> dict[str, MaterialJudgement]:
    """Criterion → the latest judgement on the release the county signed."""
    found = evaluation.material_judgements.filter(release=evaluation.release).select_related("problem")
    return {each.criterion: each for each in found}


def lines_of(evaluation: Evaluation) -> list[Line]:
    """Every criterion of the standard, in its order. The same number of queries whatever was handed in."""
    items = items_of(evaluation, evaluation.release.result if evaluation.release else None)
    counts = counts_by_criterion(evaluation.round, evaluation.unit)
    newest = newest_by_criterion(evaluation.round, evaluation.unit)
    found = judged(evaluation)
    return [Line(item, found.get(id), counts.get(id, 0), newest.get(id)) for id, item in items.items()]


def unjudged(items: Mapping[str, Item], found: Mapping[str, MaterialJudgement]) -> list[Item]:
    """What no number shows and nobody judged."""
    return [item for id, item in items.items() if item.is_for_people and id not in found]
