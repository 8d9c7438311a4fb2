"""如果: the new verdicts beside the old ones, when values of the standard or figures of schools were others."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from junheng.common.errors import UserError
from junheng.common.stages import Stage
from junheng.engine.compile import measuring_key
from junheng.engine.measure import measure
from junheng.judging.county import Judgement, judge
from junheng.judging.rejudge import Change as Turned
from junheng.judging.rejudge import changes_of, items
from junheng.judging.result import BalanceVerdict, Verdict
from junheng.policy.in_force import PolicyInForce
from junheng.web.dashboards.changes import Change, FigureChange, LimitChange, changed_facts, changed_policy
from junheng.web.dashboards.prepared import Prepared
from junheng.web.reporting.judged import ENGINE


@dataclass(frozen=True)
class Beside:
    """One CV before and after."""

    stage: str
    code: str
    old: BalanceVerdict
    new: BalanceVerdict

    @property
    def stage_label(self) -> str:
        return Stage(self.stage).label


@dataclass(frozen=True)
class Outcome:
    """new: of the counties that a change can touch; the others stay as they were. turned: everything that comes out
    otherwise, county by county. seconds: it took."""

    before: Prepared
    new: Judgement
    turned: Sequence[Turned]
    seconds: float

    @cached_property
    def verdicts(self) -> Mapping[str, tuple[Verdict, Verdict]]:
        """County code → its conclusion before and after."""
        after = self.new.verdicts()
        return {code: (verdict, after.get(code, verdict)) for code, verdict in self.before.judgement.verdicts().items()}

    @property
    def counts(self) -> tuple[Counter[Verdict], Counter[Verdict]]:
        """How many counties stand where, before and after."""
        pairs = self.verdicts.values()
        return Counter(old for old, _ in pairs), Counter(new for _, new in pairs)

    def cvs(self, code: str) -> list[Beside]:
        """Every CV of one county."""
        old = self.before.judgement.county(code)
        new = self.new.county(code) if code in self.new.county_codes else old
        return [
            Beside(id, one.code, one, other)
            for id, stage in old.stages.items()
            for one, other in zip(stage.balance, new.stages[id].balance, strict=True)
        ]


def what_if(before: Prepared, changes: Sequence[Change]) -> Outcome:
    """Nothing is measured again that no change touches. Raises UserError for a change that fits nothing here."""
    begun = time.perf_counter()
    touched = _touched(before, changes)
    policies = _policies(before, changes, touched)
    facts = before.facts if touched == set(before.policies) else before.only(touched)
    figures = any(isinstance(each, FigureChange) for each in changes)
    alike = not figures and all(measuring_key(policies[code]) == measuring_key(before.policies[code]) for code in touched)
    measured = before.measured if alike else measure(changed_facts(facts, changes), policies, facts.school_year, ENGINE)
    left_out = {code: left for code, left in before.left_out.items() if code in touched}
    new = judge(measured, policies.__getitem__, left_out)
    turned = [each for code in sorted(touched) for each in changes_of(before.judgement, code, items(before.judgement, code), items(new, code))]
    return Outcome(before, new, turned, time.perf_counter() - begun)


def _touched(before: Prepared, changes: Sequence[Change]) -> set[str]:
    """The counties a change can touch: all for a value of the standard, the school's own for its figure."""
    if any(isinstance(each, LimitChange) for each in changes):
        return set(before.policies)
    out = set()
    for each in changes:
        row = before.schools.get((each.school, each.campus)) if isinstance(each, FigureChange) else None
        if row is None:
            raise UserError(f"这里没有代码为“{getattr(each, 'school', '')}”的学校", remedy="请核对学校标识码")
        out.add(str(row["county_code"]))
    return out


def _policies(before: Prepared, changes: Sequence[Change], touched: set[str]) -> dict[str, PolicyInForce]:
    """Counties under the same limits keep sharing them: they are judged together."""
    made: dict[int, PolicyInForce] = {}
    out = {}
    for code in touched:
        policy = before.policies[code]
        changed = made.get(id(policy.limits))
        if changed is None:
            changed = made[id(policy.limits)] = changed_policy(policy, changes)
        out[code] = replace(policy, limits=changed.limits)
    return out

