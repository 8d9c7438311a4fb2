"""Measures shown for reference and never judged: Gini, Theil, max/min inside a county, and what lies between counties."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np

from junheng.common.codes import RURAL_CODES, TOWN_CODES, URBAN_CODES
from junheng.common.stages import COMPULSORY_STAGES
from junheng.engine.inequality import Inequality, among_schools
from junheng.engine.result import Measurements, Texts
from junheng.intake.model import Facts
from junheng.judging.area import AreaVerdict, TargetVerdict
from junheng.policy.in_force import PolicyInForce

_PLACES = {**dict.fromkeys(URBAN_CODES, "城区"), **dict.fromkeys(TOWN_CODES, "镇区"), **dict.fromkeys(RURAL_CODES, "乡村")}


def county_measures(measured: Measurements, facts: Facts, policy: PolicyInForce, county_code: str) -> dict[str, Any]:
    """stage → resource code → measures among the county's schools, with Theil's parts between and within 城乡."""
    places = _places(measured, facts)
    rows = measured.school_stage
    return {
        str(stage): {
            each.code: _document(among_schools(rows, each.indicator, stage, codes=county_code, groups={"城乡": places}))
            for each in policy.resources
        }
        for stage in COMPULSORY_STAGES
        if ((rows.stage == stage) & (rows.county_code == county_code)).any()
    }


def _places(measured: Measurements, facts: Facts) -> Texts:
    """城区, 镇区 or 乡村 of every school stage; "" where 城乡分类 was not reported."""
    of = {
        (str(r["county_code"] or ""), str(r["school_code"] or ""), str(r["campus"] or "")): _PLACES.get(str(r["urban_rural"]), "")
        for r in facts.school
    }
    rows = measured.school_stage
    keys = zip(rows.county_code, rows.school_code, rows.campus, strict=True)
    places: Texts = np.array([of.get(key, "") for key in keys], dtype=object)
    return places


def area_document(area: AreaVerdict) -> dict[str, Any]:
    """A city or the province: its counties by conclusion, and the differences between counties."""
    return {
        "code": area.code, "name": area.name,
        "counties": {str(verdict): list(codes) for verdict, codes in area.counties.items()},
        "accepted": list(area.accepted), "recognised": list(area.recognised),
        "between_counties": {
            stage: {code: _document(each) for code, each in measures.items()} for stage, measures in area.between.items()
        },
    }  # fmt: skip


def target_document(each: TargetVerdict) -> dict[str, Any]:
    """Where a target stands: "counted" of "total" counties, "needed" to reach it."""
    return {
        "id": each.target.id, "title": each.target.title, "by_school_year": each.target.by_school_year, "basis": str(each.basis),
        "counted": each.counted, "open": each.open, "total": each.total, "needed": each.needed,
        "verdict": str(each.verdict), "text": each.text, "unverified": each.target.unverified,
    }  # fmt: skip


def _document(measures: Inequality) -> dict[str, Any]:
    return asdict(measures)
