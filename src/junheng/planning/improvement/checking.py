"""The last word: the facts as a plan changes them, measured and judged like anything handed in, in exact arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from junheng.engine.measure import measure
from junheng.intake.model import Facts
from junheng.judging.county import judge
from junheng.judging.result import CountyVerdict, StageVerdict, Verdict
from junheng.policy.in_force import PolicyInForce


@dataclass(frozen=True)
class Checked:
    """What judging says of some facts. Only the stages planned for are looked at."""

    verdict: CountyVerdict
    stages: tuple[StageVerdict, ...]

    @property
    def passes(self) -> bool:
        """Every school of every planned stage holds the rule, and every CV is within its limit."""
        return all(each.verdict is Verdict.PASS for each in self.stages)

    @property
    def schools_passing(self) -> int:
        return sum(school.verdict is Verdict.PASS for stage in self.stages for school in stage.schools)

    @property
    def schools(self) -> int:
        return sum(len(stage.schools) for stage in self.stages)

    @property
    def balance_passing(self) -> int:
        return sum(each.verdict is Verdict.PASS for stage in self.stages for each in stage.balance)

    @property
    def balance(self) -> int:
        return sum(len(stage.balance) for stage in self.stages)

    def failing(self) -> tuple[str, ...]:
        """What does not hold, in Chinese, one line each."""
        out = []
        for stage in self.stages:
            out += [f"{school.name}（{stage.stage}）逐校判定{school.verdict.label}" for school in stage.schools if school.verdict is not Verdict.PASS]
            out += [f"{each.code} 差异系数 {each.cv}，限值 {each.limit.value}" for each in stage.balance if each.verdict is not Verdict.PASS]
        return tuple(out)


def check(facts: Facts, policy: PolicyInForce, stages: Sequence[str]) -> Checked:
    """Measure and judge one county's facts."""
    judgement = judge(measure(facts, policy, facts.school_year), lambda _: policy)
    (code,) = judgement.county_codes
    verdict = judgement.county(code)
    return Checked(verdict, tuple(verdict.stages[stage] for stage in stages))
