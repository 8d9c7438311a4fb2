"""What an area's page says of one county: a few numbers out of its frozen release, kept because a release never changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from junheng.common.kept import Kept
from junheng.judging.result import Verdict
from junheng.web.areas.models import Unit
from junheng.web.reporting.models import CountyRelease
from junheng.web.rounds.models import Round

_BATCH = 20


@dataclass(frozen=True)
class Summary:
    """schools, tests, criteria: (met, all of them) of school stages, CVs and criteria. means: (stage, code) → (mean,
    pupils), None where a school's figure is missing. why: the first reason, in words."""

    verdict: Verdict
    is_formal: bool
    schools: tuple[int, int]
    tests: tuple[int, int]
    criteria: tuple[int, int]
    why: str
    means: Mapping[tuple[str, str], tuple[float, float] | None]


_kept = Kept[tuple[str, str], Summary](400)


def newest_releases(round: Round, counties: Iterable[Unit]) -> dict[int, tuple[int, str, str]]:
    """County's pk → (pk, hash, policy) of its newest release in the round; one query."""
    found = CountyRelease.objects.filter(round=round, unit__in=[each.pk for each in counties]).order_by("unit_id", "number")
    return {unit: (pk, hash, policy) for unit, pk, hash, policy in found.values_list("unit_id", "pk", "hash", "policy")}


def summaries(round: Round, counties: Iterable[Unit]) -> dict[int, Summary]:
    """County's pk → summary; one that has frozen nothing is not there."""
    newest = newest_releases(round, counties)
    pks = {(hash, policy): pk for pk, hash, policy in newest.values()}
    told = _kept.all_of(pks, lambda unread: _read([pks[each] for each in unread]))
    return {unit: told[hash, policy] for unit, (_, hash, policy) in newest.items()}


def _read(pks: Sequence[int]) -> dict[tuple[str, str], Summary]:
    """By hash and policy. Results are large: a province's would not fit at once."""
    batches = (CountyRelease.objects.filter(pk__in=pks[start : start + _BATCH]) for start in range(0, len(pks), _BATCH))
    return {(frozen.hash, frozen.policy): _summary(frozen) for batch in batches for frozen in batch}


def _summary(frozen: CountyRelease) -> Summary:
    stages = {stage: found for stage, found in frozen.result["stages"].items() if found}
    schools = [school["verdict"] for found in stages.values() for school in found["schools"]]
    tests = [each["verdict"] for found in stages.values() for each in found["balance"].values()]
    criteria = [_conclusion(each) for each in frozen.result["criteria"].values()]
    reasons = frozen.detail.get("reasons", [])
    more = f"（另有 {len(reasons) - 1} 条）" if len(reasons) > 1 else ""
    return Summary(
        Verdict(frozen.verdict), frozen.is_formal, _met(schools), _met(tests), _met(criteria), f"{reasons[0].rstrip('。')}{more}" if reasons else "",
        {(stage, code): _mean(found, each) for stage, found in stages.items() for code, each in found["balance"].items()},
    )  # fmt: skip


def _met(verdicts: list[str]) -> tuple[int, int]:
    return sum(each == "pass" for each in verdicts), len(verdicts)


def _conclusion(criterion: Mapping[str, Any]) -> str:
    evidence = criterion.get("evidence")
    return "pass" if criterion["verdict"] == "pass" and (evidence is None or evidence["verdict"] == "pass") else "other"


def _mean(stage: Mapping[str, Any], balance: Mapping[str, Any]) -> tuple[float, float] | None:
    pupils = [school["students"] for school in stage["schools"]]
    return None if balance["mean"] is None or None in pupils else (balance["mean"], float(sum(pupils)))
