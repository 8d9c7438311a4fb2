"""Every document of a county in one folder, and the page over several counties."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from junheng.common.findings import Finding
from junheng.intake.model import Facts
from junheng.judging.area import areas, judge_targets
from junheng.judging.county import Judgement
from junheng.judging.result import CountyVerdict
from junheng.policy.in_force import PolicyInForce
from junheng.reports.action_lists import write_action_lists
from junheng.reports.application_form import application_grids, write_application_form
from junheng.reports.application_form_docx import write_application_form_docx
from junheng.reports.context import CountyReport
from junheng.reports.further_measures import area_document, target_document
from junheng.reports.page import write_county_page, write_province_page
from junheng.reports.page.province import province_view
from junheng.reports.problems import problems
from junheng.reports.result_json import write_result
from junheng.reports.school_self_assessment import write_self_assessments
from junheng.reports.self_report import write_self_report
from junheng.reports.staging import PROVINCE

PROVINCE_SCHEMA = "junheng.province/1"
Progress = Callable[[str, int, int], None]
"""(document being written, documents done, documents in all)."""


def write_reports(
    out: Path, verdict: CountyVerdict, facts: Facts, findings: Sequence[Finding], policy: PolicyInForce,
    progress: Progress | None = None, further: Mapping[str, Any] | None = None,
) -> list[Path]:  # fmt: skip
    """Write a county's documents into `out`, which is made; returns the files written.

    further: measures for reference (`county_measures`).

    The official forms are printed for the seven indicators of 教督〔2017〕6号; other standards get the rest.
    """
    out.mkdir(parents=True, exist_ok=True)
    report = CountyReport(verdict, facts, findings, policy, further or {})
    written: list[Path] = []
    steps = dict(_steps(out, report))
    for done, (name, write) in enumerate(steps.items()):
        if progress:
            progress(name, done, len(steps))
        written += write()
    if progress:
        progress("", len(steps), len(steps))
    return written


def _steps(out: Path, report: CountyReport) -> Iterator[tuple[str, Callable[[], list[Path]]]]:
    found = problems(report)
    yield "result.json", lambda: _one(out / "result.json", lambda path: write_result(path, report.verdict, report.findings))
    if report.is_quality_balance:
        grids = application_grids(report)
        yield "申报表.xlsx", lambda: _one(out / "申报表.xlsx", lambda path: write_application_form(path, grids))
        yield "申报表.docx", lambda: _one(out / "申报表.docx", lambda path: write_application_form_docx(path, grids))
        yield "学校自评表", lambda: write_self_assessments(out / "学校自评表", report)
    yield "问题、任务、责任清单", lambda: write_action_lists(out, report, found)
    yield "自评报告.docx", lambda: _one(out / "自评报告.docx", lambda path: write_self_report(path, report, found))
    yield "index.html", lambda: _one(out / "index.html", lambda path: write_county_page(path, report, found))


def _one(path: Path, write: Callable[[Path], None]) -> list[Path]:
    write(path)
    return [path]


def write_province(
    out: Path, verdicts: Mapping[str, CountyVerdict], policies: Mapping[str, PolicyInForce], judgement: Judgement
) -> list[Path]:
    """Write index.html and province.json over several counties, whose own folders beside them are named by their codes."""
    places = areas(judgement)
    targets = judge_targets(next(iter(policies.values())).targets, judgement)
    document = {
        "schema": PROVINCE_SCHEMA, "counties": {code: str(each.verdict) for code, each in verdicts.items()},
        "targets": [target_document(each) for each in targets], "areas": [area_document(each) for each in places.values()],
    }  # fmt: skip
    written = [out / "index.html", out / PROVINCE]
    write_province_page(written[0], province_view(verdicts, policies, places, targets))
    written[1].write_text(json.dumps(document, ensure_ascii=False, indent=1), "utf-8")
    return written
