"""One county's facts, as planners read them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from junheng.intake.model import Facts
from junheng.intake.release import Release, open_release


@dataclass(frozen=True)
class CountyFacts:
    """One county. release: its hash, "" when read from workbooks; warnings: Chinese lines, what was left out or is in doubt."""

    code: str
    facts: Facts
    release: str
    warnings: tuple[str, ...]


def facts_of_release(release: Release, codes: frozenset[str] | None = None) -> Iterator[CountyFacts]:
    """Every county of a release, or those with these codes."""
    facts = open_release(release.path).facts()
    for code in release.counties:
        if codes is None or code in codes:
            school, rows, judgement = ([row for row in facts.rows(name) if str(row["county_code"] or "") == code] for name in ("school", "county", "judgement"))
            yield CountyFacts(code, Facts(facts.school_year, school, rows, judgement), release.hash, not_counted(release.left_out))


def not_counted(left_out: list[str]) -> tuple[str, ...]:
    """What was handed in and is not among the facts, as a warning each."""
    return tuple(f"未计入（方案和预测都不含它，全县结论不能据此作出）：{line}" for line in left_out)
