"""result.json keeps the public contract to the letter."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

from sample_county import sample_findings, sample_verdict

from junheng.reports.result_json import CRITERION_IDS, result_document, write_result

KEYS = ["schema", "unit", "school_year", "policy", "release", "engine", "verdict", "stages", "criteria", "excluded", "findings"]


def test_the_document_has_the_keys_of_the_contract_in_order() -> None:
    document = result_document(sample_verdict(), sample_findings())
    assert list(document) == KEYS
    assert document["schema"] == "junheng.assessment/1"
    assert list(document["stages"]) == ["primary", "junior"]
    assert list(document["stages"]["primary"]["balance"]) == [f"L{n}" for n in range(1, 8)]
    assert list(document["stages"]["primary"]["balance"]["L1"]) == ["mean", "sd", "cv", "limit", "verdict"]


def test_all_26_criteria_are_always_present_in_order() -> None:
    verdict = replace(sample_verdict(), criteria={})
    criteria = result_document(verdict, [])["criteria"]
    assert list(criteria) == list(CRITERION_IDS)
    assert len(criteria) == 26
    assert {each["verdict"] for each in criteria.values()} == {"insufficient"}


def test_missing_values_and_the_cv_they_touch_are_null() -> None:
    primary = result_document(sample_verdict(), [])["stages"]["primary"]
    assert primary["balance"]["L6"] == {"mean": None, "sd": None, "cv": None, "limit": 0.5, "verdict": "insufficient"}
    silent = next(s for s in primary["schools"] if s["code"] == "2121000004")
    assert silent["values"]["L6"] is None
    assert "L6" not in silent["met"]


def test_a_school_has_a_campus_only_when_it_has_one() -> None:
    schools = result_document(sample_verdict(), [])["stages"]["primary"]["schools"]
    assert [s["campus"] for s in schools if "campus" in s] == ["东校区"]
    assert list(schools[0]) == ["code", "name", "students", "values", "met", "near", "verdict"]


def test_evidence_is_given_where_no_number_shows_the_item() -> None:
    criteria = result_document(sample_verdict(), [])["criteria"]
    assert criteria["teacher_pay"]["evidence"]["needed"] == ["足额核定教师绩效工资总量"]
    assert "evidence" not in criteria["rotation"]


def test_no_infinity_or_nan_is_ever_written(tmp_path: Path) -> None:
    verdict = sample_verdict()
    stage = verdict.stages["primary"]
    wild = tuple(replace(b, mean=math.inf, sd=math.nan, cv=math.nan) for b in stage.balance)
    verdict = replace(verdict, stages={"primary": replace(stage, balance=wild)})
    write_result(tmp_path / "result.json", verdict, sample_findings())
    text = (tmp_path / "result.json").read_text(encoding="utf-8")
    document = json.loads(text)
    assert document["stages"]["primary"]["balance"]["L1"]["mean"] is None
    assert document["stages"]["junior"] == {}
    assert "示例区" in text


def test_findings_come_errors_first_with_cell_and_remedy() -> None:
    first = result_document(sample_verdict(), list(reversed(sample_findings())))["findings"][0]
    assert first["level"] == "error"
    assert first["cell"] == "E52"
    assert first["message"].endswith("请核对两项，或在备注说明")
