"""学龄人口预测: the page a planner reads, and the workbooks beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from junheng.common.school_years import school_year_label
from junheng.common.stages import COMPULSORY_STAGES
from junheng.planning.forecast.outlook import Outlook
from junheng.planning.forecast.pupils import Band
from junheng.reports.grid import round_half_up
from junheng.reports.page.render import write_page
from junheng.reports.plans.forecast_book import county_name, write_books
from junheng.reports.plans.forecast_words import breach_text, method_lines, years_text
from junheng.reports.text import clean

BOOK, PAGE = "学龄人口预测.xlsx", "index.html"
_WIDE, _TALL = 720, 180
_MOST_LINES = 400


def write_forecast(folder: Path, outlook: Outlook, warnings: tuple[str, ...] = ()) -> tuple[Path, ...]:
    """Write the page and the workbooks into a folder that exists; returns their paths."""
    books = write_books(folder, outlook, BOOK)
    write_page(folder / PAGE, "plan_forecast.html", forecast_view(outlook, warnings))
    return folder / PAGE, *books


def forecast_view(outlook: Outlook, warnings: tuple[str, ...]) -> dict[str, Any]:
    """The template's variables."""
    counties = list(outlook.made.counties)
    names = "、".join(county_name(outlook, code) for code in counties[:3]) + (f"等 {len(counties)} 个县（市、区）" if len(counties) > 3 else "")
    shown = [*outlook.made.areas.items(), *outlook.made.counties.items()]
    return {
        "question": f"{clean(names)}今后 {outlook.request.horizon} 年有多少学生？", "year_label": school_year_label(outlook.past.years[-1]),
        "answer": _answer(outlook), "areas": [_area(outlook, code, band) for code, band in shown],
        "breaches": _breaches(outlook)[:_MOST_LINES], "more": max(0, len(_breaches(outlook)) - _MOST_LINES),
        "tested": [{
            "level": "全县" if each.level == "county" else "各校", "stage": next(s.label for s in COMPULSORY_STAGES if s == each.stage), "ahead": each.years_ahead,
            "error": f"{round_half_up(each.error * 100, 1)}%", "none": f"{round_half_up(each.no_change * 100, 1)}%", "covered": f"{round_half_up(each.covered * 100, 1)}%",
        } for each in outlook.tested],
        "method": [*method_lines(outlook), *(f"{county_name(outlook, code)}：{'；'.join(lines)}。" for code, lines in outlook.sources.items())], "warnings": [clean(each) for each in warnings],
    }  # fmt: skip


def _now(outlook: Outlook, code: str) -> np.ndarray:
    """Pupils of the base year by stage, of a county or of the counties of a wider area."""
    prefix = code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
    at = [s for s, key in enumerate(outlook.past.schools) if key[0].startswith(prefix)]
    grades = outlook.made.past.pupils[at, -1].sum(axis=0)
    return np.array([grades[:6].sum(), grades[6:].sum()])


def _answer(outlook: Outlook) -> str:
    total = np.sum([band.central[-1] for band in outlook.made.counties.values()], axis=0)
    now = np.sum([_now(outlook, code) for code in outlook.made.counties], axis=0)
    parts = [
        f"{stage.label}在校生 {outlook.past.years[-1]} 年 {now[k]:,.0f} 人，{outlook.made.years[-1]} 年约 {total[k]:,} 人（{_change(total[k], now[k])}）"
        for k, stage in enumerate(COMPULSORY_STAGES) if now[k]
    ]  # fmt: skip
    return "；".join(parts) + "。"


def _change(later: float, now: float) -> str:
    share = (later / now - 1) * 100
    return f"{'增' if share >= 0 else '减'} {round_half_up(abs(share), 1)}%"


def _area(outlook: Outlook, code: str, band: Band) -> dict[str, Any]:
    now, years = _now(outlook, code), outlook.made.years
    stages = [k for k in range(len(COMPULSORY_STAGES)) if now[k]]
    first = {"year": outlook.past.years[-1], "cells": [cell for k in stages for cell in (f"{now[k]:,.0f}", "上报数")]}
    rows = [
        {"year": year, "cells": [cell for k in stages for cell in (f"{band.central[t, k]:,}", f"{band.low[t, k]:,}—{band.high[t, k]:,}")]}
        for t, year in enumerate(years)
    ]  # fmt: skip
    return {
        "name": clean(county_name(outlook, code)), "code": code, "rows": [first, *rows],
        "stages": [{"label": COMPULSORY_STAGES[k].label, "svg": _curve(float(now[k]), band, k, outlook.past.years[-1])} for k in stages],
    }  # fmt: skip


def _curve(now: float, band: Band, k: int, year: int) -> dict[str, Any]:
    """Points of a small curve: the interval as a polygon, the forecast as a line, from 0 up; the first and last year and number."""
    top = max(now, float(band.high[:, k].max())) or 1.0
    n = len(band.central)

    def point(t: int, value: float) -> str:
        return f"{t * _WIDE / n:.1f},{_TALL - value * (_TALL - 30) / top:.1f}"

    upper = [point(0, now), *(point(t + 1, float(band.high[t, k])) for t in range(n))]
    lower = [point(0, now), *(point(t + 1, float(band.low[t, k])) for t in range(n))]
    line = [point(0, now), *(point(t + 1, float(band.central[t, k])) for t in range(n))]
    last = float(band.central[-1, k])
    above = [max(14.0, _TALL - value * (_TALL - 30) / top - 8) for value in (now, float(band.high[-1, k]))]
    if band.central[0, k] > now:  # the line rises through what stands above it
        above[0] += 28
    texts = [
        {"x": 0, "y": f"{above[0]:.1f}", "text": f"{now:,.0f} 人", "end": False}, {"x": _WIDE, "y": f"{above[1]:.1f}", "text": f"{last:,.0f} 人", "end": True},
        {"x": 0, "y": _TALL + 16, "text": f"{year} 年", "end": False}, {"x": _WIDE, "y": _TALL + 16, "text": f"{year + n} 年", "end": True},
    ]  # fmt: skip
    return {"width": _WIDE, "height": _TALL + 22, "base": _TALL, "texts": texts, "band": " ".join((*upper, *reversed(lower))), "line": " ".join(line)}


def _breaches(outlook: Outlook) -> list[dict[str, str]]:
    """Those that are not so yet, soonest first."""
    lines = []
    for code, found in outlook.breaches.items():
        for each in found:
            years = [year for year in each.years.values() if year is not None]
            if not each.now and years:
                lines.append((each.years["central"] or 9999, min(years), {
                    "county": clean(county_name(outlook, code)), "school": clean(outlook.past.names.get(each.school, each.school[1])),
                    "what": breach_text(each, outlook.request.policies[code]), "years": years_text(each.years),
                }))  # fmt: skip
    return [line for *_, line in sorted(lines, key=lambda each: each[:2])]
