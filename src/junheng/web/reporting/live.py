"""The county's verdict as it stands this minute, on the newest versions, those still being filled included."""

from __future__ import annotations

from dataclasses import dataclass

from junheng.common.kept import Kept
from junheng.common.stages import Stage
from junheng.intake.model import Facts
from junheng.web.areas.models import Unit
from junheng.web.reporting.gathered import Standing, gather, rows_of, standing
from junheng.web.reporting.judged import Judged, judged
from junheng.web.rounds.models import Round


@dataclass(frozen=True)
class Gauge:
    """One 差异系数 beside its limit; cv None = not known."""

    code: str
    title: str
    stage: str
    stage_label: str
    cv: float | None
    limit: float
    verdict: str


@dataclass(frozen=True)
class Live:
    """judged: figures without their places (`with_places` has them); at: the versions it rests on."""

    at: Standing
    judged: Judged

    @property
    def gauges(self) -> list[Gauge]:
        """Every CV that is judged, by stage."""
        titles = {each.code: each.title for each in self.judged.policy.resources}
        return [
            Gauge(each.code, titles[each.code], stage, Stage(stage).label, each.cv, float(each.limit.value), str(each.verdict))
            for stage, found in self.judged.verdict.stages.items()
            for each in found.balance
        ]

    def with_places(self) -> Facts:
        """The same figures, each with the cell it stands in, so that it opens."""
        return gather(self.at).facts


_kept = Kept[tuple[str, int, str, tuple[str, ...], tuple[str, ...]], Judged](64)


def verdict(round: Round, county: Unit) -> Live | None:
    """None when no school of the county is asked at all. Kept by what the figures are, who is silent and the
    policy, so nothing ever has to be thrown away."""
    at = standing(round, county, handed_in_only=False)
    if len(at.versions) + len(at.silent) <= 1:
        return None
    key = (round.policy, round.school_year, county.code, at.contents, tuple(f"{unit.code}{unit.name}" for unit in at.silent))
    return Live(at, _kept.of(key, lambda: _judged(at)))


def _judged(at: Standing) -> Judged:
    facts = rows_of(at)
    return judged(facts, facts, at.county.code, at.round.policy)


