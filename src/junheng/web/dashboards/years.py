"""A county's earlier years: what its frozen releases of other school years say, by school."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from junheng.common.kept import Kept
from junheng.web.areas.models import Unit
from junheng.web.reporting.models import CountyRelease

Key = tuple[str, str, str, str]
"""(school code, campus, stage, indicator code)."""


@dataclass(frozen=True)
class Year:
    """One school year of a county. values: None = missing, a key that is not there = not judged. cv: by (stage, code)."""

    school_year: int
    verdict: str
    values: Mapping[Key, float | None]
    cv: Mapping[tuple[str, str], float | None]


_kept = Kept[tuple[str, str], Year](240)


def years_until(frozen: CountyRelease) -> list[Year]:
    """The county's school years up to and with the release's own, oldest first; of each year the newest formal release,
    of its own year the release itself. Two queries, one more for each year not yet in memory."""
    before = CountyRelease.objects.filter(unit=frozen.unit_id, round__school_year__lt=frozen.round.school_year)
    listed = before.order_by("round__school_year", "is_formal", "pk").values_list("round__school_year", "pk", "hash", "policy")
    newest = {year: (pk, hash, policy) for year, pk, hash, policy in listed}
    earlier = [_kept.of((hash, policy), partial(_read, year, pk)) for year, (pk, hash, policy) in newest.items()]
    return [*earlier, _kept.of((frozen.hash, frozen.policy), lambda: _year(frozen.round.school_year, frozen.result))]


def verdicts_before(units: Iterable[Unit], school_year: int) -> dict[int, Counter[str]]:
    """Earlier school year → how many of the counties its releases say pass, fail or insufficient, oldest first; of each county the
    newest formal one. A county without a release of that year is not counted. One query."""
    before = CountyRelease.objects.filter(unit__in=[each.pk for each in units], round__school_year__lt=school_year)
    listed = before.order_by("round__school_year", "is_formal", "pk").values_list("round__school_year", "unit_id", "verdict")
    newest = {(year, unit): verdict for year, unit, verdict in listed}
    out: dict[int, Counter[str]] = {}
    for (year, _), verdict in newest.items():
        out.setdefault(year, Counter())[verdict] += 1
    return out


def _read(school_year: int, pk: int) -> Year:
    return _year(school_year, CountyRelease.objects.values_list("result", flat=True).get(pk=pk))


def _year(school_year: int, result: Mapping[str, Any]) -> Year:
    stages = {stage: found for stage, found in result["stages"].items() if found}
    values = {
        (school["code"], school.get("campus", ""), stage, code): value
        for stage, found in stages.items()
        for school in found["schools"]
        for code, value in school["values"].items()
    }
    cv = {(stage, code): each["cv"] for stage, found in stages.items() for code, each in found["balance"].items()}
    return Year(school_year, str(result["verdict"]), values, cv)
