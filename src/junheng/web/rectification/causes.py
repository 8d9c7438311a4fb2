"""Whether the cause of a problem is still there: asked of the newest frozen release of the county, or of whoever judged it.

A cause is "<county code>/" and what reports.problems calls it: "210102/school/2121001719/primary/L4".
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from junheng.common.errors import UserError
from junheng.common.kept import Kept
from junheng.reports.assess import by_school
from junheng.web.rectification.effects import in_words

if TYPE_CHECKING:
    from junheng.web.rectification.models import Problem
    from junheng.web.reporting.models import CountyRelease


_log = logging.getLogger(__name__)
_NAMED = Kept[tuple[str, str], Mapping[str, Any]](200)


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
    """Re-judged: the cause in the newest frozen release of its county, of a later round where there is one; of what people
    judged, whether they took it back."""
    if problem.cause_gone_at is not None:
        more = "可以撤回；已经整改的，也可以照常报送、销号。" if problem.is_open else ""
        what = "这项任务所依据的方案已被替换" if problem.is_of_plan else "这个问题的成因已经消除"
        return Seen(Standing.GONE, f"{what}：{problem.cause_gone_words}{more}")
    release = newest_release(problem.cause.partition("/")[0]) if problem.cause and not problem.is_of_plan else None
    return seen_in(release, problem) if release else _NOTHING


def newest_release(county: str) -> CountyRelease | None:
    """county: its code."""
    from junheng.web.reporting.models import CountyRelease

    return CountyRelease.objects.filter(unit__code=county).order_by("-round__school_year", "-pk").first()


def seen_in(release: CountyRelease, problem: Problem) -> Seen:
    """What the county's newest release says of a problem that a release raised."""
    _, _, cause = problem.cause.partition("/")
    name = f"最新冻结版本（{in_words(timezone.localtime(release.at).date())}）"
    if problem.source == f"release:{release.hash}":
        return Seen(Standing.STILL, f"{name}就是提出这个问题的版本，还没有新的数据可以证明已经整改。", release.hash)
    standing = standing_in(release.result, cause, lambda: schools_named(release))
    return Seen(standing, _said(standing, name, problem.is_open), release.hash)


def _said(standing: Standing, name: str, is_open: bool) -> str:
    if standing is Standing.GONE:
        return f"{name}重新判定：这个问题的成因已经消除。"
    if standing is Standing.STILL:
        return f"{name}重新判定：这个问题{'仍然存在' if is_open else '又出现了'}。"
    if standing is Standing.UNDECIDED:
        return f"{name}重新判定：数据还不足以判定成因是否消除。"
    return f"{name}不再单独判定这一项，请人工核对。"


def schools_named(release: CountyRelease) -> Mapping[str, Any]:
    """`by_school` of its detail.json: the schools that fail and that meet each demand made on every school by itself. A release
    frozen before they were named is judged again for it, which takes a second or two and is remembered. Empty where its bytes
    are lost, or where judging now says otherwise than was frozen: then what was frozen holds."""
    named: Mapping[str, Any] | None = release.detail.get("by_school")
    return named if named is not None else _NAMED.of((release.key, release.policy), lambda: _judged_again(release))


def _judged_again(release: CountyRelease) -> Mapping[str, Any]:
    from junheng.web.reporting.frozen import differences, reopened

    try:
        again = reopened(release)
    except UserError:
        _log.exception("release %s cannot be judged again", release.pk)
        return {}
    now = json.loads(json.dumps(again.result["criteria"]))
    return {} if any(differences(release.result["criteria"], now)) else by_school(again.verdict)


def standing_in(result: Mapping[str, Any], cause: str, named: Callable[[], Mapping[str, Any]] = dict) -> Standing:
    """result: a document "junheng.assessment/1"; cause: without the county; named: asked for the schools that meet a demand each
    by itself (schools_named), where the cause is one of those."""
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
        id, indicator, stage, school_key = (*rest.split("/", 3), "")[:4]
        alone = _by_itself(named(), id, indicator, stage, school_key) if school_key else None
        if alone is None:
            return _demand(_criterion(result, id), school_key)
        return alone if alone is not Standing.UNDECIDED or _has_school(result, school_key) else Standing.UNKNOWN
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


def _by_itself(named: Mapping[str, Any], id: str, indicator: str, stage: str, school: str) -> Standing | None:
    """How one school stands in a demand that is made on each, whatever the others do. None: it is not among those."""
    asked = named.get(f"{id}/{indicator}/{stage}")
    if asked is None:
        return None
    if school in asked["failing"]:
        return Standing.STILL
    return Standing.GONE if school in asked["met"] else Standing.UNDECIDED


def _has_school(result: Mapping[str, Any], key: str) -> bool:
    listed = [*result.get("excluded", ()), *(each for stage in result.get("stages", {}).values() for each in stage.get("schools", ()))]
    return any(_key(each) == key for each in listed)


def _demand(criterion: Mapping[str, Any] | None, school: str) -> Standing:
    """A school that is not among those failing may be among those that cannot be told, which the document does not
    name: only where the whole criterion is met is its cause surely gone."""
    if criterion is None:
        return Standing.UNKNOWN
    if not school or criterion["verdict"] == "pass":
        return _standing(criterion)
    return Standing.STILL if school.partition("@")[0] in criterion["failing"] else Standing.UNDECIDED
