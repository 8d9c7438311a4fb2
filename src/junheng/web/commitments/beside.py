"""What the counties' frozen releases say, held beside what a department reports: by a criterion, how many counties stand where. It is no report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from junheng.common.kept import Kept
from junheng.judging.result import Verdict
from junheng.web.areas.models import Unit
from junheng.web.reporting.models import CountyRelease
from junheng.web.rights.levels import UnitKind
from junheng.web.rounds.models import Round

Standing = Mapping[str, Counter[str]]
"""Criterion → verdict → how many counties."""

_kept = Kept[tuple[int, ...], Standing](4)


def beside(province: Unit, round: Round, criteria: set[str]) -> dict[str, str]:
    """Criterion → one sentence; {} where nothing is frozen. Two queries, one more for releases not yet in memory."""
    counties = Unit.objects.within(province.path).filter(kind=UnitKind.COUNTY, closed_on=None).count()
    listed = CountyRelease.objects.filter(round=round, unit__closed_on=None, unit__path__startswith=province.path).order_by("number")
    newest = dict(listed.values_list("unit_id", "pk"))
    if not newest:
        return {}
    key = tuple(sorted(newest.values()))
    found = _kept.of(key, lambda: _read(key))
    return {each: _words(found[each], counties) for each in criteria if each in found}


def _read(releases: tuple[int, ...]) -> Standing:
    out: dict[str, Counter[str]] = {}
    for criteria in CountyRelease.objects.filter(pk__in=releases).values_list("result__criteria", flat=True).iterator(chunk_size=20):
        for id, said in criteria.items():
            out.setdefault(id, Counter())[said["verdict"]] += 1
    return out


def _words(counts: Counter[str], counties: int) -> str:
    """A county without a release is named as such: it is neither met nor unmet."""
    parts = [f"{verdict.label} {counts[verdict]} 个" for verdict in Verdict if counts[verdict]]
    rest = counties - counts.total()
    return f"{counts.total()} 个县（市、区）的数据版本按这一条目：{'，'.join(parts)}{f'；{rest} 个县（市、区）没有冻结的数据' if rest > 0 else ''}。"
