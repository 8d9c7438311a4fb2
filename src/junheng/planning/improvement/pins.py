"""约束: what officials fix beforehand — who must not move, what must be done, how much at most.

A pin speaks of a school (and campus, and stage, "" = each) and a measure: at least `least`, at most `most` units. `leaving`
pins speak of what is taken from the school.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Pin:
    """school_code "" = every school; lever "" = every measure of that direction. reason: Chinese, as the officials wrote it."""

    school_code: str
    campus: str
    stage: str
    lever: str
    least: float = 0.0
    most: float = math.inf
    leaving: bool = False
    reason: str = ""

    def speaks_of(self, row: Mapping[str, object], lever: str, stage: str, leaving: bool) -> bool:
        """The pin bounds this measure of this school."""
        return (
            self.leaving == leaving
            and self.school_code in ("", str(row["school_code"] or ""))
            and self.campus in ("", str(row["campus"] or ""))
            and self.lever in ("", lever)
            and (not self.stage or not stage or self.stage == stage)
        )


@dataclass(frozen=True)
class Pins:
    """All pins of a plan; several that speak of the same hold together."""

    all: tuple[Pin, ...] = ()

    def of(self, row: Mapping[str, object], lever: str, stage: str) -> Pin | None:
        """What bounds the units a school gets."""
        return self._joined(row, lever, stage, leaving=False)

    def leaving(self, row: Mapping[str, object], lever: str, stage: str) -> Pin | None:
        """What bounds the units taken from a school."""
        return self._joined(row, lever, stage, leaving=True)

    def _joined(self, row: Mapping[str, object], lever: str, stage: str, *, leaving: bool) -> Pin | None:
        found = [each for each in self.all if each.speaks_of(row, lever, stage, leaving)]
        if not found:
            return None
        least, most = max(each.least for each in found), min(each.most for each in found)
        return Pin(found[0].school_code, found[0].campus, stage, lever, least, most, leaving, "；".join(each.reason for each in found if each.reason))
