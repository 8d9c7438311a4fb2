"""What the page over several counties says: how many pass, what the plan asks for, and each county's first reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from junheng.common.school_years import school_year_label
from junheng.judging.result import CountyVerdict, Verdict
from junheng.policy.in_force import PolicyInForce, Target
from junheng.reports.grid import round_half_up
from junheng.reports.text import clean
from junheng.reports.words import MARKS

ACCEPTED_COUNTIES = "county_acceptance_share"
"""The metric of targets that count counties; here a county counts by its measured conclusion."""


def province_view(verdicts: Mapping[str, CountyVerdict], policies: Mapping[str, PolicyInForce]) -> dict[str, Any]:
    """The template's variables. Counties that fail come first, then those undecided."""
    order = {Verdict.FAIL: 0, Verdict.INSUFFICIENT: 1, Verdict.PASS: 2}
    counties = sorted(verdicts.values(), key=lambda v: (order[v.verdict], v.county_code))
    first = counties[0]
    policy = policies[first.county_code]
    counts = Counter(each.verdict for each in counties)
    share = counts[Verdict.PASS] / len(counties)
    return {
        "question": f"{first.school_year} 年有多少个县（市、区）达标？", "year_label": school_year_label(first.school_year),
        "answer": f"{len(counties)} 个县（市、区）中 {counts[Verdict.PASS]} 个达标（{round_half_up(share * 100, 1)}%），"
                  f"{counts[Verdict.FAIL]} 个未达标，{counts[Verdict.INSUFFICIENT]} 个待定。",
        "policy": policy.title, "as_of": first.as_of, "counties": [_county(each) for each in counties],
        "targets": [_target(each, policy, counts) for each in policy.targets if each.metric == ACCEPTED_COUNTIES],
    }  # fmt: skip


def _mark(verdict: Verdict) -> dict[str, str]:
    return {"kind": "wait" if verdict is Verdict.INSUFFICIENT else str(verdict), "sign": MARKS[verdict], "word": verdict.label}


def _county(verdict: CountyVerdict) -> dict[str, Any]:
    schools = [school for stage in verdict.stages.values() for school in stage.schools]
    tests = [each for stage in verdict.stages.values() for each in stage.balance]
    items = list(verdict.criteria.values())
    more = f"（另有 {len(verdict.reasons) - 1} 条）" if len(verdict.reasons) > 1 else ""
    return {
        "name": clean(verdict.county_name or verdict.county_code), "code": verdict.county_code, "href": f"{verdict.county_code}/index.html",
        "mark": _mark(verdict.verdict), "schools": len(schools), "met": sum(s.verdict is Verdict.PASS for s in schools),
        "balance": f"{sum(t.verdict is Verdict.PASS for t in tests)}/{len(tests)}",
        "criteria": f"{sum(c.conclusion is Verdict.PASS for c in items)}/{len(items)}",
        "why": clean(verdict.reasons[0]).rstrip("。") + more if verdict.reasons else "",
    }  # fmt: skip


def _target(target: Target, policy: PolicyInForce, counts: Counter[Verdict]) -> dict[str, Any]:
    total = sum(counts.values())
    wanted = float(target.value.value) if target.value else 1.0
    sure, possible = counts[Verdict.PASS] / total, (counts[Verdict.PASS] + counts[Verdict.INSUFFICIENT]) / total
    verdict = Verdict.PASS if sure >= wanted else Verdict.FAIL if possible < wanted else Verdict.INSUFFICIENT
    document = policy.documents.get(target.source.document)
    by = f"{target.by_school_year} 年" if target.by_school_year else ""
    return {
        "title": f"{by}：{target.title}（按测算结论计，不等于已验收）", "now": f"{round_half_up(sure * 100, 1)}%", "wanted": f"≥ {round_half_up(wanted * 100, 1)}%",
        "mark": _mark(verdict), "unverified": target.unverified,
        "clause": f"{document.number if document else ''} {target.source.clause}".strip(),
    }  # fmt: skip
