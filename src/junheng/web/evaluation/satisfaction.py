"""社会认可度: how many answered, how many are content, in all and by group (rules.md §1.8). What was not counted is None, never 0.

All seven groups are asked: while one of them gave no valid questionnaire, or nobody wrote down how many it gave, what its people would say could change
the share, and the verdict is open.
"""

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
    """One row. satisfied, of: persons or questionnaires; both None = not counted. limit: as a fraction. quota: how many the plan of the survey
    wanted at least, None = not told."""

    label: str
    satisfied: int | None
    of: int | None
    limit: Decimal
    quota: int | None = None

    @property
    def is_short(self) -> bool:
        """Fewer than the plan wanted: the share is less certain than planned, and judged all the same."""
        return self.quota is not None and self.of is not None and self.of < self.quota

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
    """questionnaires: all of them together, which are judged once every group is among them; groups: what they are made of, as far as it was
    counted; interviews: 走访, judged by themselves, not counted where none was held."""

    questionnaires: Share
    interviews: Share
    groups: tuple[Share, ...]
    limit: Cited

    @property
    def passes(self) -> bool | None:
        """Both shares reach the limit; None = open: not counted, or a group is missing. Interviews below the limit fail whatever is missing; ones
        that were not held are not asked for."""
        if self.interviews.meets is False:
            return False
        return None if self.missing else self.questionnaires.meets

    @property
    def missing(self) -> tuple[str, ...]:
        """Groups of which no valid questionnaire is known."""
        return tuple(each.label for each in self.groups if not each.of)

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
            return self._judged_words
        hidden = f"；其余各类人数少，不单列（不足 {the_rule().least} 份的不公布）" if len(told) < asked else ""
        return f"{self._judged_words}。其中：{'、'.join(map(str, told))}{hidden}"

    @property
    def _judged_words(self) -> str:
        """Without a count of any one group."""
        if not self.questionnaires.is_counted:
            return "社会认可度尚未登记"
        counted = f"{self.questionnaires}，{self.interviews}" if self.interviews.is_counted else str(self.questionnaires)
        if self.passes is None:
            lacking = "、".join(self.missing) or "全部对象"
            return f"社会认可度待定：没有{lacking}的有效问卷，七类对象都要调查；{counted}"
        return f"社会认可度{'达到' if self.passes else '没有达到'} {self.limit_words}：{counted}"

    def __str__(self) -> str:
        short = "、".join(f"{each.label} {each.of}/{each.quota}" for each in self.groups if each.is_short)
        return f"{self._judged_words}{f'；少于配额的有{short}' if short else ''}"


def satisfaction_of(counts: Mapping[str, Any] | None, policy: PolicyInForce) -> Satisfaction:
    """counts: what Evaluation.satisfaction holds."""
    limit = policy.limits["satisfaction"].at(ANY)
    said = counts or {}

    def share(label: str, satisfied: str, of: str, quota: str = "") -> Share:
        return Share(label, said.get(satisfied), said.get(of), limit.value, said.get(quota))

    groups = tuple(share(label, f"{name}_satisfied", f"{name}_valid", f"{name}_quota") for name, label in GROUPS)
    return Satisfaction(share("问卷", "satisfied", "valid"), share("走访", "visited_satisfied", "visited"), groups, limit)
