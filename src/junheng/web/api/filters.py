"""What lists may be cut to."""

from __future__ import annotations

from typing import Annotated, TypeVar

from django.db.models import Model, QuerySet
from ninja import Query
from pydantic import Field, StringConstraints

from junheng.web.api.paging import Paged
from junheng.web.areas.models import Unit, counts_within

M = TypeVar("M", bound=Model)
Code = Annotated[str, StringConstraints(pattern="^[0-9A-Za-z]{1,20}$")]
"""A unit's code."""
Word = Annotated[str, StringConstraints(pattern="^[a-z_]{1,40}$")]
"""A state, a department."""
BIGGEST = 2**63 - 1


class Below(Paged):
    """Of what belongs to a unit."""

    below: Code | None = Field(None, description="这个代码的单位及其下属，计入它的直属学校在内")

    def cut_below(self, found: QuerySet[M]) -> QuerySet[M]:
        return found if self.below is None else found.filter(counts_within(*_paths(self.below)))


class InRound(Below):
    """Of what belongs to a unit and a round."""

    round: int | None = Field(None, ge=1, le=BIGGEST, description="轮次的编号")

    def cut(self, found: QuerySet[M], of_round: str = "round_id") -> QuerySet[M]:
        """of_round: the way to the number of the round."""
        if self.round is not None:
            found = found.filter(**{of_round: self.round})
        return self.cut_below(found)


class InState(InRound):
    """Of what goes through a process besides."""

    state: Word | None = Field(None, description="状态的编号")

    def cut(self, found: QuerySet[M], of_round: str = "round_id") -> QuerySet[M]:
        found = super().cut(found, of_round)
        return found if self.state is None else found.filter(state=self.state)


Cut = Annotated[InState, Query()]
OfUnit = Annotated[InRound, Query()]


def _paths(code: str) -> list[str]:
    return list(Unit.objects.filter(code=code).values_list("path", flat=True))
