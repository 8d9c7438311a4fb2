"""The clauses of a standard as they stand for an area: what is asked, in which words, of which document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from junheng.common.stages import Stage
from junheng.engine.trace_node import citation
from junheng.policy import resolve
from junheng.policy.in_force import ANY, Limit, PolicyInForce, Source
from junheng.reports.measured_words import plain
from junheng.reports.words import GROUP_LABELS

FORMS = {str(each): each.label for each in Stage} | {"nine_year": "九年一贯制", "twelve_year": "十二年一贯制"}


@dataclass(frozen=True)
class Clause:
    """anchor: its place on the page of clauses; value: the limits in words, "" = no number; source: document and clause."""

    anchor: str
    group: str
    title: str
    text: str
    value: str
    source: str

    def holds(self, words: Sequence[str]) -> bool:
        told = f"{self.title}{self.text}{self.value}{self.source}{self.group}"
        return all(word in told for word in words)


def clauses_for(pack: str, area_code: str, on: date) -> list[Clause]:
    """area_code: of any unit; a school's own code is of no area, so the unit it lies in is meant."""
    return list(_clauses(resolve(pack, area_code, on)))


def _clauses(policy: PolicyInForce) -> Iterator[Clause]:
    def source(of: Source, unverified: str = "") -> str:
        return str(citation(policy, of, unverified))

    for each in policy.resources:
        value = _words(policy.limits[each.limit]) if each.limit in policy.limits else ""
        yield Clause(each.code, "资源配置指标", f"{each.code} {each.title}", "", value, source(each.source))
    limit = policy.limits[policy.balance.limit]
    yield Clause("balance", "校际均衡", limit.title, "", _words(limit), source(policy.balance.source))
    for criterion in policy.criteria:
        asked = dict.fromkeys(demand.limit for demand in criterion.demands if demand.limit in policy.limits)
        value = "；".join(f"{policy.limits[id].title} {_words(policy.limits[id])}" for id in asked)
        group = GROUP_LABELS.get(criterion.group, criterion.group)
        yield Clause(criterion.id, group, criterion.title, criterion.text, value, source(criterion.source, criterion.unverified))
    for rule in policy.exceptions:
        yield Clause(f"exception-{rule.id}", "例外", rule.title, rule.obligation, "", source(rule.source, rule.unverified))
    for exclusion in policy.exclusions:
        yield Clause(f"exclusion-{exclusion.reason}", "不纳入资源配置指标", exclusion.title, "", "", source(exclusion.source))
    for target in policy.targets:
        due = f"{target.by_school_year} 年" if target.by_school_year else ""
        yield Clause(f"target-{target.id}", "实施方案的承诺", target.title, target.text, due, source(target.source, target.unverified))


def _words(limit: Limit) -> str:
    parts = [f"{FORMS.get(key, '') if key != ANY else ''} {plain(float(cited.value), 3)}".strip() for key, cited in limit.values.items()]
    return f"{'，'.join(parts)} {limit.unit}".strip()
