"""社会认可度: how many answered, how many are content, in all and by group (rules.md §1.8). What was not counted is None, never 0."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from junheng.opendata.rule import the_rule
from junheng.policy.in_force import ANY, Cited, PolicyInForce

GROUPS = (
    ("students", "学生"), ("parents", "家长"), ("teachers", "教师"), ("principals", "校长"), ("deputies", "人大代表"),
    ("advisers", "政协委员"), ("others", "其他群众"),
)  # fmt: skip
"""Who is asked: (name, label)."""


@dataclass(frozen=True)
class Share:
    """One row. satisfied, of: persons or questionnaires; both None = not counted. limit: as a fraction."""

    label: str
    satisfied: int | None
    of: int | None
    limit: Decimal

    @property
    def is_counted(self) -> bool:
        return self.satisfied is not None and self.of is not None

    @property
    def meets(self) -> bool | None:
        """On the unrounded numbers; None where nobody was counted or nobody answered."""
        return self.satisfied >= self.limit * self.of if self.satisfied is not None and self.of else None

    @property
    def verdict(self) -> str:
        return {True: "pass", False: "fail", None: ""}[self.meets]

    @property
    def percent(self) -> str:
        """"92.5%": one decimal, or as many as keep it on its own side of the limit; "" where there is no share."""
        if self.satisfied is None or not self.of:
            return ""
        share = Decimal(self.satisfied) / self.of * 100
        shown = [share.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) for places in (1, 2, 3, 4, 6, 8)]
        return f"{next((each for each in shown if (each >= self.limit * 100) is self.meets), share)}%"

    def __str__(self) -> str:
        if not self.is_counted:
            return f"{self.label}未登记"
        return f"{self.label} {self.satisfied}/{self.of}{f'（{self.percent}）' if self.percent else ''}"


@dataclass(frozen=True)
class Satisfaction:
    """questionnaires: all of them, which alone are judged besides the visits; groups: what they are made of, as far as it was
    counted; interviews: 走访, not counted where none was held."""

    questionnaires: Share
    interviews: Share
    groups: tuple[Share, ...]
    limit: Cited

    @property
    def passes(self) -> bool | None:
        """Both shares reach the limit; None = not counted. An interview that was not held is not asked for."""
        if self.questionnaires.meets is None:
            return None
        return self.questionnaires.meets and self.interviews.meets is not False

    @property
    def limit_words(self) -> str:
        return f"{(self.limit.value * 100).normalize():f}%"

    @property
    def ungrouped(self) -> int:
        """Valid questionnaires that no group accounts for."""
        return (self.questionnaires.of or 0) - sum(each.of or 0 for each in self.groups)

    @property
    def published_groups(self) -> tuple[Share, ...]:
        """The groups that may be told to the public, in order. What is left out cannot be worked out from the whole and the
        rest: it is two groups or more, and together as many questionnaires as a published count has at least (opendata.rule)."""
        least = the_rule().least
        counted = sorted((each for each in self.groups if each.of), key=lambda each: each.of or 0)
        out = [each for each in counted if (each.of or 0) < least]
        while out and (len(out) < 2 or sum(each.of or 0 for each in out) < least) and len(out) < len(counted):
            out.append(counted[len(out)])
        return tuple(each for each in self.groups if each.of and each not in out)

    @property
    def public_words(self) -> str:
        """As the public reads it."""
        told, asked = self.published_groups, sum(bool(each.of) for each in self.groups)
        if not told:
            return str(self)
        hidden = f"；其余各类人数少，不单列（不足 {the_rule().least} 份的不公布）" if len(told) < asked else ""
        return f"{self}。其中：{'、'.join(map(str, told))}{hidden}"

    def __str__(self) -> str:
        words = {True: "达到", False: "没有达到", None: ""}[self.passes]
        if not words:
            return "社会认可度尚未登记"
        visits = f"，{self.interviews}" if self.interviews.is_counted else ""
        return f"社会认可度{words} {self.limit_words}：{self.questionnaires}{visits}"


def satisfaction_of(counts: Mapping[str, Any] | None, policy: PolicyInForce) -> Satisfaction:
    """counts: what Evaluation.satisfaction holds."""
    limit = policy.limits["satisfaction"].at(ANY)
    said = counts or {}

    def share(label: str, satisfied: str, of: str) -> Share:
        return Share(label, said.get(satisfied), said.get(of), limit.value)

    groups = tuple(share(label, f"{name}_satisfied", f"{name}_valid") for name, label in GROUPS)
    return Satisfaction(share("问卷", "satisfied", "valid"), share("走访", "visited_satisfied", "visited"), groups, limit)
