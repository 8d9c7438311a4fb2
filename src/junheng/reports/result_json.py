"""result.json: the public machine contract "junheng.assessment/1". Fractions, never percent; null where missing."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from junheng.common.findings import Finding
from junheng.common.stages import COMPULSORY_STAGES
from junheng.intake.model import sorted_findings
from junheng.judging.result import (
    BalanceVerdict,
    CountyVerdict,
    CriterionVerdict,
    Excluded,
    SchoolVerdict,
    StageVerdict,
    Verdict,
)

SCHEMA = "junheng.assessment/1"
CRITERION_IDS = (
    "layout", "unified_standards", "music_art_rooms", "school_size", "class_size", "small_school_funding",
    "special_education_funding", "teacher_pay", "training_hours", "staffing_allocation", "rotation", "teacher_certificates",
    "nearby_enrolment", "senior_high_quota", "migrant_children",
    "retention", "disabled_enrolment", "charters_and_it", "training_budget", "it_use", "moral_and_culture", "curriculum",
    "workload", "national_monitoring", "recognition", "veto",
)  # fmt: skip
"""Every criterion of the contract, always present, in this order."""


def result_document(verdict: CountyVerdict, findings: Sequence[Finding]) -> dict[str, Any]:
    """The assessment as plain JSON values, its keys always in the same order."""
    return {
        "schema": SCHEMA,
        "unit": {"code": verdict.county_code, "name": verdict.county_name},
        "school_year": verdict.school_year,
        "policy": {"id": verdict.policy_id, "as_of": verdict.as_of},
        "release": verdict.release,
        "engine": verdict.engine,
        "verdict": str(verdict.verdict),
        "stages": {str(s): _stage(verdict.stages[s]) if s in verdict.stages else {} for s in COMPULSORY_STAGES},
        "criteria": _criteria(verdict.criteria),
        "excluded": [_excluded(each) for each in verdict.excluded],
        "findings": [_finding(each) for each in sorted_findings(findings)],
    }


def write_result(path: Path, verdict: CountyVerdict, findings: Sequence[Finding]) -> None:
    """Write result.json; raises ValueError rather than write a number JSON does not have."""
    text = json.dumps(result_document(verdict, findings), ensure_ascii=False, indent=1, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8")


def _number(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _stage(stage: StageVerdict) -> dict[str, Any]:
    return {
        "balance": {each.code: _balance(each) for each in stage.balance},
        "schools": [_school(each) for each in stage.schools],
    }


def _balance(balance: BalanceVerdict) -> dict[str, Any]:
    return {
        "mean": _number(balance.mean), "sd": _number(balance.sd), "cv": _number(balance.cv),
        "limit": float(balance.limit.value), "verdict": str(balance.verdict),
    }  # fmt: skip


def _school(school: SchoolVerdict) -> dict[str, Any]:
    campus = {"campus": school.campus} if school.campus else {}
    return {
        "code": school.code, **campus, "name": school.name, "students": school.students,
        "values": {each.code: _number(each.value) for each in school.indicators},
        "met": [each.code for each in school.indicators if each.met],
        "near": [each.code for each in school.indicators if each.near],
        "verdict": str(school.verdict),
    }  # fmt: skip


def _criteria(criteria: Mapping[str, CriterionVerdict]) -> dict[str, Any]:
    others = [each for each in criteria if each not in CRITERION_IDS]
    return {each: _criterion(criteria.get(each)) for each in (*CRITERION_IDS, *others)}


def _codes(keys: Sequence[str]) -> list[str]:
    """School codes, each once: a verdict names a campus "code@campus", the contract names schools."""
    return list(dict.fromkeys(key.partition("@")[0] for key in keys))


def _criterion(criterion: CriterionVerdict | None) -> dict[str, Any]:
    if criterion is None:
        return {"clause": "", "value": None, "failing": [], "verdict": str(Verdict.INSUFFICIENT)}
    out: dict[str, Any] = {
        "clause": criterion.clause, "value": _number(criterion.value), "failing": _codes(criterion.failing),
        "verdict": str(criterion.verdict),
    }  # fmt: skip
    if criterion.evidence is not None:
        out["evidence"] = {"needed": list(criterion.evidence.needed), "verdict": str(criterion.evidence.verdict)}
    return out


def _excluded(excluded: Excluded) -> dict[str, Any]:
    campus = {"campus": excluded.campus} if excluded.campus else {}
    return {"code": excluded.code, **campus, "reason": excluded.reason}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "level": str(finding.level), "rule": finding.rule, "file": finding.place.file, "sheet": finding.place.sheet,
        "cell": finding.place.cell, "field": finding.field, "message": finding.message + finding.remedy,
    }  # fmt: skip
