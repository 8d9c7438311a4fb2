"""Gini, Theil and the like on a county's page: shown for those who ask, judged by nobody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from junheng.common.stages import COMPULSORY_STAGES
from junheng.reports.context import CountyReport
from junheng.reports.grid import round_half_up

_NONE = "—"


def reference_tables(report: CountyReport) -> list[dict[str, Any]]:
    """One table a stage: a row for each resource indicator, over all schools, or those that reported where one is missing."""
    return [
        {"label": stage.label, "rows": [_row(each.code, each.title, report.further[stage][each.code]) for each in report.policy.resources]}
        for stage in COMPULSORY_STAGES
        if stage in report.further
    ]


def _row(code: str, title: str, measures: Mapping[str, Any]) -> dict[str, Any]:
    partly = measures["n_missing"] > 0
    spread = measures["known_only" if partly else "all_units"]
    parts = ((measures["groups"].get("城乡") or {}).get("weighted")) or {}
    total = parts["between"] + parts["within"] if parts else 0.0
    return {
        "code": code, "title": title, "partly": partly,
        "times": _number(spread["max_min"], 1), "gini": _number(spread["gini_weighted"], 3), "theil": _number(spread["theil_weighted"], 3),
        "between": f"{_number(parts['between'] / total * 100, 0)}%" if total > 0 else _NONE,
    }  # fmt: skip


def _number(value: float | None, digits: int) -> str:
    return _NONE if value is None else round_half_up(value, digits)
