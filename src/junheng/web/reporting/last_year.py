"""Last year's figures of a county: out of its frozen release, kept in memory because a release never changes."""

from __future__ import annotations

from functools import lru_cache

from junheng.intake.model import Facts, Row
from junheng.web.areas.models import Unit
from junheng.web.reporting.frozen import open_kept
from junheng.web.reporting.queries import last_years_release
from junheng.web.rights.levels import UnitKind
from junheng.web.rounds.models import Round


def last_year_of(round: Round, unit: Unit) -> Facts | None:
    """What the unit (a school, or a county with all its schools) reported last year; None = nothing is known."""
    county = unit if unit.kind == UnitKind.COUNTY else Unit.objects.filter(code=unit.county_code).first()
    release = last_years_release(round, county) if county else None
    if release is None:
        return None
    facts = _facts(release.key)
    return facts if unit.kind == UnitKind.COUNTY else _of_school(facts, unit.code)


@lru_cache(maxsize=32)
def _facts(key: str) -> Facts:
    return open_kept(key).facts()


def _of_school(facts: Facts, code: str) -> Facts | None:
    rows: list[Row] = [row for row in facts.school if row["school_code"] == code]
    return Facts(facts.school_year, school=rows) if rows else None
