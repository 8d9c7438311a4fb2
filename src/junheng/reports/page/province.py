"""What the page over several counties says: how many pass, what the plan asks for, and each county's first reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from junheng.common.school_years import school_year_label
from junheng.common.stages import COMPULSORY_STAGES
from junheng.engine.inequality import Inequality
from junheng.judging.area import AreaVerdict, TargetVerdict
from junheng.judging.result import CountyVerdict, Verdict
from junheng.policy.in_force import PolicyInForce
from junheng.reports.grid import round_half_up
from junheng.reports.page.outline import Placed, province_map
from junheng.reports.staging import county_folder
from junheng.reports.text import clean
from junheng.reports.words import MARKS


def province_view(
    verdicts: Mapping[str, CountyVerdict], policies: Mapping[str, PolicyInForce], places: Mapping[str, AreaVerdict],
    targets: Sequence[TargetVerdict],
) -> dict[str, Any]:  # fmt: skip
    """The template's variables. Counties that fail come first, then those undecided. places: province and cities."""
    order = {Verdict.FAIL: 0, Verdict.INSUFFICIENT: 1, Verdict.PASS: 2}
    counties = sorted(verdicts.values(), key=lambda v: (order[v.verdict], v.county_code))
    first = counties[0]
    policy = policies[first.county_code]
    shown = [_county(each) for each in counties]
    counts = Counter(each.verdict for each in counties)
    share = counts[Verdict.PASS] / len(counties)
    return {
        "question": f"{first.school_year} 年有多少个县（市、区）达标？", "year_label": school_year_label(first.school_year),
        "answer": f"{len(counties)} 个县（市、区）中 {counts[Verdict.PASS]} 个达标（{round_half_up(share * 100, 1)}%），"
                  f"{counts[Verdict.FAIL]} 个未达标，{counts[Verdict.INSUFFICIENT]} 个待定。",
        "policy": policy.title, "as_of": first.as_of, "counties": shown,
        "map": province_map(Placed(each["code"], each["name"], each["href"], each["mark"]) for each in shown),
        "legend": [(_mark(each), counts[each]) for each in order],
        "targets": [_target(each, policy, first.school_year) for each in targets],
        "codes": [each.code for each in policy.resources],
        "areas": [_area(each, [r.code for r in policy.resources]) for each in places.values() if each.total > 1],
    }  # fmt: skip


def _mark(verdict: Verdict) -> dict[str, str]:
    return {"kind": "wait" if verdict is Verdict.INSUFFICIENT else str(verdict), "sign": MARKS[verdict], "word": verdict.label}


def _county(verdict: CountyVerdict) -> dict[str, Any]:
    schools = [school for stage in verdict.stages.values() for school in stage.schools]
    tests = [each for stage in verdict.stages.values() for each in stage.balance]
    items = list(verdict.criteria.values())
    more = f"（另有 {len(verdict.reasons) - 1} 条）" if len(verdict.reasons) > 1 else ""
    return {
        "name": clean(verdict.county_name or verdict.county_code), "code": verdict.county_code, "href": f"{county_folder(verdict.county_code)}/index.html",
        "mark": _mark(verdict.verdict), "schools": len(schools), "met": sum(s.verdict is Verdict.PASS for s in schools),
        "balance": f"{sum(t.verdict is Verdict.PASS for t in tests)}/{len(tests)}",
        "criteria": f"{sum(c.conclusion is Verdict.PASS for c in items)}/{len(items)}",
        "why": clean(verdict.reasons[0]).rstrip("。") + more if verdict.reasons else "",
    }  # fmt: skip


def _target(each: TargetVerdict, policy: PolicyInForce, school_year: int) -> dict[str, Any]:
    """A target that is not yet due has no conclusion unless it is reached already."""
    document = policy.documents.get(each.target.source.document)
    due = each.target.by_school_year
    is_due, by = due is None or due <= school_year, f"{due} 年：" if due else ""
    return {
        "title": f"{by}{each.target.title}（按{each.basis}计）", "now": f"{each.counted} / {each.total}", "wanted": f"≥ {each.needed}",
        "mark": _mark(each.verdict) if is_due or each.verdict is Verdict.PASS else None, "unverified": each.target.unverified,
        "clause": f"{document.number if document else ''} {each.target.source.clause}".strip(),
    }  # fmt: skip


def _area(area: AreaVerdict, codes: Sequence[str]) -> dict[str, Any]:
    """A row of the table between counties: the pupil-weighted CV of the counties' means."""
    return {
        "name": area.name, "total": area.total, "pass": len(area.counties[Verdict.PASS]),
        "stages": [
            {"label": stage.label, "cvs": [_cv(area.between.get(str(stage), {}).get(code)) for code in codes]}
            for stage in COMPULSORY_STAGES
        ],
    }  # fmt: skip


def _cv(measures: Inequality | None) -> str:
    cv = measures.all_units.cv_weighted if measures else None
    return "—" if cv is None else round_half_up(cv, 3)
