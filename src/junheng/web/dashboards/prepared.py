"""The frozen releases of a county or an area, read, measured and judged once, so that a change is answered at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from junheng.common.kept import Kept
from junheng.engine.measure import measure
from junheng.engine.result import Measurements
from junheng.intake.model import Facts, Row
from junheng.intake.unassessed import Unassessed, unassessed
from junheng.judging.county import Judgement, judge
from junheng.policy import resolve_many
from junheng.policy.in_force import PolicyInForce
from junheng.web.reporting.frozen import open_kept
from junheng.web.reporting.judged import ENGINE
from junheng.web.reporting.models import CountyRelease


@dataclass(frozen=True)
class Prepared:
    """facts: of all the counties, without cells. left_out: county code → what was handed in and not assessed."""

    facts: Facts
    policies: Mapping[str, PolicyInForce]
    left_out: Mapping[str, Unassessed]
    measured: Measurements
    judgement: Judgement

    @cached_property
    def schools(self) -> Mapping[tuple[str, str], Row]:
        """Rows by school code and campus."""
        return {(str(row["school_code"] or ""), str(row["campus"] or "")): row for row in self.facts.school}

    def only(self, counties: set[str]) -> Facts:
        """The figures of some of the counties."""
        facts = Facts(self.facts.school_year)
        for name in ("school", "county", "judgement"):
            facts.rows(name).extend(row for row in self.facts.rows(name) if row["county_code"] in counties)
        return facts


_kept = Kept[tuple[tuple[str, str, date], ...], Prepared](4)


def prepared(releases: Sequence[CountyRelease]) -> Prepared:
    """Of one school year. A province takes some seconds the first time; after that it is kept by what the releases are."""
    key = tuple((each.hash, each.policy, each.as_of) for each in releases)
    return _kept.of(key, lambda: _prepare(releases))


def _prepare(releases: Sequence[CountyRelease]) -> Prepared:
    facts, policies, left_out = Facts(releases[0].round.school_year), dict[str, PolicyInForce](), dict[str, Unassessed]()
    for frozen in releases:
        release, code = open_kept(frozen.key), frozen.unit.code
        found = release.figures()
        for name in ("school", "county", "judgement"):
            facts.rows(name).extend(found.rows(name))
        if left := unassessed(release.findings, release.sources):
            left_out[code] = left
    for pack, as_of in {(each.policy, each.as_of) for each in releases}:
        codes = [each.unit.code for each in releases if (each.policy, each.as_of) == (pack, as_of)]
        policies |= resolve_many(pack, codes, as_of)
    measured = measure(facts, policies, facts.school_year, ENGINE)
    return Prepared(facts, policies, left_out, measured, judge(measured, policies.__getitem__, left_out))
