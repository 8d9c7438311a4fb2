"""Whether the cause of a problem is still there: asked of the newest frozen release of the county.

A cause is "<county code>/" and what reports.problems calls it: "210102/school/2121001719/primary/L4".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from junheng.web.rectification.effects import in_words

if TYPE_CHECKING:
    from junheng.web.rectification.models import Problem


class Standing(StrEnum):
    """GONE and STILL only where the release leaves no doubt; UNKNOWN: no release shows such a thing."""

    GONE = "gone"
    STILL = "still"
    UNDECIDED = "undecided"
    UNKNOWN = "unknown"


_OF_VERDICT = {"pass": Standing.GONE, "fail": Standing.STILL, "insufficient": Standing.UNDECIDED}


@dataclass(frozen=True)
class Seen:
    """What the newest release says. text: a Chinese sentence, "" when there is nothing to say; release: its hash, ""."""

    standing: Standing
    text: str = ""
    release: str = ""

    @property
    def is_still_there(self) -> bool:
        return self.standing in (Standing.STILL, Standing.UNDECIDED)


_NOTHING = Seen(Standing.UNKNOWN)


def look_up(problem: Problem) -> Seen:
    """Re-judged: the cause in the newest frozen release of its county, of a later round where there is one."""
    from junheng.web.reporting.models import CountyRelease

    if not problem.cause:
        return _NOTHING
    county, _, cause = problem.cause.partition("/")
    of_county = CountyRelease.objects.filter(unit__code=county).defer("detail")
    release = of_county.order_by("-round__school_year", "-pk").first()
    if release is None:
        return _NOTHING
    name = f"最新冻结版本（{in_words(timezone.localtime(release.at).date())}）"
    if problem.source == f"release:{release.hash}":
        return Seen(Standing.STILL, f"{name}就是提出这个问题的版本，还没有新的数据可以证明已经整改。", release.hash)
    standing = standing_in(release.result, cause)
    return Seen(standing, _said(standing, name, problem.is_open), release.hash)


def _said(standing: Standing, name: str, is_open: bool) -> str:
    if standing is Standing.GONE:
        return f"{name}重新判定：这个问题的成因已经消除。"
    if standing is Standing.STILL:
        return f"{name}重新判定：这个问题{'仍然存在' if is_open else '又出现了'}。"
    if standing is Standing.UNDECIDED:
        return f"{name}重新判定：数据还不足以判定成因是否消除。"
    return f"{name}不再单独判定这一项，请人工核对。"


def standing_in(result: Mapping[str, Any], cause: str) -> Standing:
    """result: a document "junheng.assessment/1"; cause: without the county."""
    kind, _, rest = cause.partition("/")
    if kind == "balance":
        stage, _, code = rest.partition("/")
        return _standing(_stage(result, stage).get("balance", {}).get(code))
    if kind == "school":
        school, stage, code = rest.rsplit("/", 2)
        return _indicator(_stage(result, stage).get("schools", []), school, code)
    if kind == "evidence":
        return _standing((_criterion(result, rest) or {}).get("evidence"))
    if kind == "criterion":
        parts = rest.split("/", 3)
        return _demand(_criterion(result, parts[0]), parts[3] if len(parts) > 3 else "")
    return Standing.UNKNOWN


def _stage(result: Mapping[str, Any], stage: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = result.get("stages", {}).get(stage) or {}
    return found


def _criterion(result: Mapping[str, Any], id: str) -> Mapping[str, Any] | None:
    found: Mapping[str, Any] | None = result.get("criteria", {}).get(id)
    return found


def _standing(judged: Mapping[str, Any] | None) -> Standing:
    return _OF_VERDICT.get(judged.get("verdict", ""), Standing.UNKNOWN) if judged else Standing.UNKNOWN


def _indicator(schools: list[Mapping[str, Any]], key: str, code: str) -> Standing:
    """A school that passes as a whole may still fall short in one indicator, which then is no shortfall any more."""
    school = next((each for each in schools if _key(each) == key), None)
    if school is None:
        return Standing.UNKNOWN
    if code in school["met"] or school["verdict"] == "pass":
        return Standing.GONE
    return Standing.UNDECIDED if school["values"].get(code) is None else Standing.STILL


def _key(school: Mapping[str, Any]) -> str:
    return f"{school['code']}@{school['campus']}" if school.get("campus") else str(school["code"])


def _demand(criterion: Mapping[str, Any] | None, school: str) -> Standing:
    """A school that is not among those failing may be among those that cannot be told, which the document does not
    name: only where the whole criterion is met is its cause surely gone."""
    if criterion is None:
        return Standing.UNKNOWN
    if not school or criterion["verdict"] == "pass":
        return _standing(criterion)
    return Standing.STILL if school.partition("@")[0] in criterion["failing"] else Standing.UNDECIDED
