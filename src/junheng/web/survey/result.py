"""The result of a survey: shares with their intervals by group and in all, and a verdict of three values (rules.md §1.8)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from junheng.web.evaluation.criteria import policy_of
from junheng.web.evaluation.satisfaction import Satisfaction, Share, satisfaction_of
from junheng.web.survey.counting import Heard, heard
from junheng.web.survey.sizes import Interval, interval

if TYPE_CHECKING:
    from junheng.web.survey.models import Survey


@dataclass(frozen=True)
class Line:
    """One group, or all. share: of the valid questionnaires; interval: None where nobody answered."""

    heard: Heard
    share: Share
    interval: Interval | None

    @property
    def interval_words(self) -> str:
        """"82.1%–90.4%"; "" where there is none."""
        return f"{self.interval.low * 100:.1f}%–{self.interval.high * 100:.1f}%" if self.interval else ""

    @property
    def is_short(self) -> bool:
        """Fewer valid answers than the plan wanted."""
        return self.heard.valid < self.heard.quota


@dataclass(frozen=True)
class Result:
    """lines: the seven groups; whole: all questionnaires together, which is what is judged, beside the interviews."""

    lines: tuple[Line, ...]
    whole: Line
    satisfaction: Satisfaction

    @property
    def missing(self) -> tuple[str, ...]:
        """Groups from which no valid answer came."""
        return tuple(each.heard.label for each in self.lines if not each.heard.is_answered)

    @property
    def verdict(self) -> str:
        """insufficient while a group is missing: what its people would say could change the share."""
        return {True: "pass", False: "fail", None: "insufficient"}[self.satisfaction.passes]

    @property
    def straddles(self) -> bool:
        """The limit lies within the interval: another sample might have come out on the other side."""
        found, limit = self.whole.interval, float(self.satisfaction.limit.value)
        return found is not None and found.low < limit < found.high


def result_of(survey: Survey) -> Result:
    """As it stands; once confirmed, as it was frozen."""
    groups = [Heard(**each) for each in survey.result["groups"]] if survey.result else heard(survey)
    policy, confidence = policy_of(survey.evaluation), float(survey.confidence)
    limit = satisfaction_of(None, policy).limit.value
    lines, whole = tuple(_line(each, confidence, limit) for each in groups), _line(together(groups), confidence, limit)
    return Result(lines, whole, satisfaction_of(counts_of(groups), policy))


def counts_of(groups: Sequence[Heard]) -> dict[str, int | None]:
    """As Evaluation.satisfaction holds it."""
    whole = together(groups)
    out: dict[str, int | None] = {"valid": whole.valid, "satisfied": whole.satisfied, "visited": whole.asked, "visited_satisfied": whole.content}
    for each in groups:
        out |= {f"{each.id}_valid": each.valid or None, f"{each.id}_satisfied": each.satisfied if each.valid else None,
                f"{each.id}_quota": each.quota if each.valid else None}  # fmt: skip
    return out


def _line(of: Heard, confidence: float, limit: Decimal) -> Line:
    share = Share(of.label, of.satisfied if of.valid else None, of.valid or None, limit)
    return Line(of, share, interval(of.satisfied, of.valid, confidence, of.population))


def together(groups: Sequence[Heard]) -> Heard:
    """All groups as one. A number that one of them lacks is lacking of all; interviews that were not held are no part."""
    def whole(name: str) -> int | None:
        values = [getattr(each, name) for each in groups]
        return None if None in values else sum(values)

    def held(name: str) -> int | None:
        values = [value for each in groups if (value := getattr(each, name)) is not None]
        return sum(values) if values else None

    quota, returned, valid, satisfied = (sum(getattr(each, name) for each in groups) for name in ("quota", "returned", "valid", "satisfied"))
    return Heard("", "全部问卷", whole("population"), quota, whole("sent"), returned, valid, satisfied, held("asked"), held("content"))


def frozen(survey: Survey, result: Result) -> dict[str, Any]:
    """What Survey.result keeps: everything the result follows from."""
    return {
        "questionnaire": survey.questionnaire_key, "confidence": str(survey.confidence), "margin": str(survey.margin),
        "groups": [asdict(each.heard) for each in result.lines], "verdict": result.verdict,
    }  # fmt: skip


def fingerprint(document: dict[str, Any]) -> str:
    """SHA-256 over a confirmed result."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
