"""What a county's page says, worked out beforehand: the template only sets it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from junheng.common.findings import Level
from junheng.common.stages import Stage
from junheng.judging.result import CriterionVerdict, IndicatorVerdict, SchoolVerdict, StageVerdict, Verdict
from junheng.reports.application_sentences import SENTENCES, conclusion_text
from junheng.reports.context import CountyReport
from junheng.reports.grid import round_half_up
from junheng.reports.measured_words import cv_value, demand_limit, demand_title, demand_value, plain, unit_of
from junheng.reports.page.gauges import gauge, scale_of
from junheng.reports.page.reference import reference_tables
from junheng.reports.problems import Problem
from junheng.reports.text import clean
from junheng.reports.words import EXCLUSION_LABELS, GROUP_LABELS, MARKS, margin_words, school_label

_MOST_LINES = 300
_QUESTIONS = {Verdict.PASS: "达标了吗？", Verdict.FAIL: "差在哪里？", Verdict.INSUFFICIENT: "还缺什么？"}
_SHORT = ("高学历教师", "骨干教师", "体艺教师", "教学用房", "体育场馆", "仪器设备", "多媒体教室")


def county_view(report: CountyReport, found: Sequence[Problem]) -> dict[str, Any]:
    """The template's variables, all text already cleaned; the template escapes it."""
    verdict = report.verdict
    return {
        "county": report.county_name, "code": verdict.county_code, "year": verdict.school_year, "year_label": report.year_label,
        "question": f"{report.county_name} {verdict.school_year} 年{_QUESTIONS[verdict.verdict]}",
        "verdict": _mark(verdict.verdict), "summary": _summary(report, found),
        "reasons": [report.named(each) for each in verdict.reasons], "todo": _todo(found),
        "stages": [_stage(report, each) for each in verdict.stages.values()],
        "reference": reference_tables(report), "heads": _heads(report), "groups": _groups(report), "problems": [_problem(each) for each in found[:_MOST_LINES]],
        "more_problems": max(0, len(found) - _MOST_LINES),
        "findings": _findings(report), "more_findings": max(0, len(report.findings) - _MOST_LINES),
        "excluded": [(school_label(e.name or e.code, e.campus), EXCLUSION_LABELS.get(e.reason, e.reason)) for e in verdict.excluded],
        "exceptions": [report.named(each) for each in verdict.exceptions], "unverified": [clean(each) for each in verdict.unverified],
        "release": verdict.release or "未冻结", "policy": report.policy.title, "policy_id": verdict.policy_id,
        "as_of": verdict.as_of, "engine": verdict.engine,
    }  # fmt: skip


def _mark(verdict: Verdict) -> dict[str, str]:
    return {"kind": "wait" if verdict is Verdict.INSUFFICIENT else str(verdict), "sign": MARKS[verdict], "word": verdict.label}


def _summary(report: CountyReport, found: Sequence[Problem]) -> str:
    counts = Counter(each.verdict for each in found)
    schools = [school for stage in report.verdict.stages.values() for school in stage.schools]
    reached = sum(school.verdict is Verdict.PASS for school in schools)
    parts = [f"{len(schools)} 个学校学段中 {reached} 个达标"] if report.judges_schools else [f"{len(schools)} 个学校学段"]
    if counts[Verdict.FAIL]:
        parts.append(f"{counts[Verdict.FAIL]} 项未达标")
    if counts[Verdict.INSUFFICIENT]:
        parts.append(f"{counts[Verdict.INSUFFICIENT]} 项因缺报或未评定而待定")
    return "，".join(parts) + "。"


def _todo(found: Sequence[Problem]) -> list[dict[str, Any]]:
    """The measures that mend most, one line per item."""
    groups: dict[str, list[Problem]] = {}
    for each in found:
        groups.setdefault(each.item if each.verdict is Verdict.FAIL else "补报和评定", []).append(each)
    lines = []
    for item, group in sorted(groups.items(), key=lambda pair: (pair[0] == "补报和评定", pair[1][0].is_school, -len(pair[1])))[:10]:
        first = group[0]
        short = [each.short for each in group if each.short]
        total = f"，合计还差{short[0].what} {plain(sum(s.amount for s in short))} {short[0].unit}" if short else ""
        where = f"{len(group)} 处{total}" if first.is_school or len(group) > 1 else first.gap or first.current
        lines.append({"item": item, "where": where, "measure": first.remedy.measure, "lead": first.remedy.lead, "anchor": first.anchor})
    return lines


def _heads(report: CountyReport) -> list[dict[str, str]]:
    short = _SHORT if report.is_quality_balance else tuple(each.title for each in report.policy.resources)
    return [{"code": r.code, "title": r.title, "short": s, "unit": unit_of(r.indicator)} for r, s in zip(report.policy.resources, short, strict=True)]


def _stage(report: CountyReport, stage: StageVerdict) -> dict[str, Any]:
    top = scale_of(stage)
    return {
        "id": stage.stage, "label": Stage(stage.stage).label, "verdict": _mark(stage.verdict),
        "gauges": [{
            "code": each.code, "title": resource.title, "svg": gauge(each, top), "cv": cv_value(each), "limit": f"{each.limit.value}",
            "mark": _mark(each.verdict) if stage.composite_verdict is None else None, "margin": margin_words(each.margin, short="超出"), "note": clean(each.note), "unverified": each.limit.unverified,
            "known": round_half_up(each.known_cv, 3) if each.cv is None and each.known_cv is not None else "",
        } for resource, each in zip(report.policy.resources, stage.balance, strict=True)],
        "composite": round_half_up(stage.composite_cv, 3) if stage.composite_cv is not None else "待定" if stage.composite_verdict else "",
        "composite_judged": _mark(stage.composite_verdict) if stage.composite_verdict else None,
        "limits": [plain(each.limit.value) for each in stage.schools[0].indicators] if stage.schools and report.judges_schools else [],
        "schools": [_school(report, school) for school in stage.schools],
        "counts": [(_mark(v), sum(s.verdict is v for s in stage.schools)) for v in Verdict] if report.judges_schools else [],
    }  # fmt: skip


def _school(report: CountyReport, school: SchoolVerdict) -> dict[str, Any]:
    key = f"{school.code}@{school.campus}" if school.campus else school.code
    margins = [each.margin for each in school.indicators if each.margin is not None]
    return {
        "key": key, "name": school_label(school.name, school.campus), "students": "未报" if school.students is None else f"{school.students:,}",
        "verdict": _mark(school.verdict) if report.judges_schools else None, "worst": f"{min(margins, default=0.0):.4f}",
        "cells": [_cell(each) for each in school.indicators],
    }  # fmt: skip


def _cell(each: IndicatorVerdict) -> dict[str, str]:
    text = "未报" if each.value is None else round_half_up(each.value, 0 if each.indicator.endswith("_value_per_pupil") else 2, thousands=True)
    if each.met is None or each.value is None:
        return {"code": each.code, "text": text, "kind": "wait", "sign": "◇", "word": "待定", "marks": ""}
    if each.met:
        marks = ("例" if each.exception else "") + ("折" if each.converted else "")
        return {"code": each.code, "text": text, "kind": "", "sign": "", "word": "达标", "marks": marks}
    near = each.near is True
    return {"code": each.code, "text": text, "kind": "near" if near else "fail", "sign": "△" if near else "▲", "word": "达到 85%" if near else "未达标", "marks": ""}


def _groups(report: CountyReport) -> list[dict[str, Any]]:
    groups = []
    for key, label in GROUP_LABELS.items():
        items = sorted((c for c in report.verdict.criteria.values() if c.group == key), key=lambda c: c.number)
        lines = []
        for each in items:
            lines.append({"id": each.id, "number": each.number, "title": each.title, "told": criterion_told(report, each), "mark": _mark(each.conclusion),
                          "clause": clean(each.clause), "unverified": "；".join(each.unverified)})  # fmt: skip
        if lines:
            groups.append({"id": key, "label": label, "items": lines})
    return groups


def criterion_told(report: CountyReport, criterion: CriterionVerdict, *, names: bool = True) -> str:
    """What is said of a criterion, with its figures where no sentence has them. names: with who judged it."""
    told = conclusion_text(report, criterion, names=names)
    if criterion.id in SENTENCES or not criterion.demands:
        return told
    values = "；".join(f"{demand_title(each)} {demand_value(each)}（{demand_limit(each)}）" for each in criterion.demands)
    return f"{values}\n{told}".strip()


def _problem(each: Problem) -> dict[str, Any]:
    return {"mark": _mark(each.verdict), "subject": each.subject, "item": each.item, "current": each.current, "required": each.required,
            "gap": each.gap, "measure": each.remedy.measure, "lead": each.remedy.lead, "anchor": each.anchor}  # fmt: skip


def _findings(report: CountyReport) -> list[dict[str, str]]:
    ordered = sorted(report.findings, key=lambda each: each.level is not Level.ERROR)
    return [{"level": "错误" if each.level is Level.ERROR else "提醒", "kind": "fail" if each.level is Level.ERROR else "wait",
             "place": str(each.place), "message": clean(each.message), "remedy": clean(each.remedy), "rule": each.rule}
            for each in ordered[:_MOST_LINES]]  # fmt: skip
