"""A unit in a round: what a list of evidence is about."""

from __future__ import annotations

from dataclasses import dataclass

from junheng.web.areas.models import Unit
from junheng.web.rounds.models import Round


@dataclass(frozen=True)
class Place:
    round: Round
    unit: Unit

    @property
    def unit_path(self) -> str:
        return str(self.unit.path)

    @property
    def counted_path(self) -> str:
        return self.unit.counted_path
