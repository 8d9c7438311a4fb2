"""学龄人口预测.xlsx and 学校预测表.xlsx: pupils by county, stage, grade and school, and when which school breaks what."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from junheng.common.divisions import name_of
from junheng.common.stages import COMPULSORY_STAGES
from junheng.planning.forecast.outlook import Outlook
from junheng.planning.forecast.parameters import parameters
from junheng.planning.forecast.pupil_table import PUPIL_FORECAST
from junheng.planning.forecast.pupils import Band
from junheng.planning.forecast.standards import CASES
from junheng.reports.grid import Cell, Grid, Line, Look
from junheng.reports.plans.blank_tables import write_filled_table
from junheng.reports.plans.forecast_words import CASE_LABELS, breach_text, method_lines, rate_text
from junheng.reports.xlsx import Book


def write_books(folder: Path, outlook: Outlook, file_name: str) -> tuple[Path, Path]:
    """The workbook for people, and the table that `junheng plan improvement --forecast` reads; their paths."""
    with Book(folder / file_name, title="学龄人口预测") as book:
        for grid in (_areas(outlook), _schools(outlook), _grades(outlook), _breaches(outlook), _rates(outlook), _tested(outlook), _parameters()):
            if grid is not None:
                book.add(grid)
    table = write_filled_table(folder, PUPIL_FORECAST, [
        {"school_code": key[1], "campus": key[2], "stage": stage.label, "school_year": year,
         "central": int(band.central[t, k]), "low": int(band.low[t, k]), "high": int(band.high[t, k])}
        for key, band in outlook.made.schools.items() for k, stage in enumerate(COMPULSORY_STAGES) if band.central[:, k].any() or band.high[:, k].any()
        for t, year in enumerate(outlook.made.years)
    ])  # fmt: skip
    return folder / file_name, table


def _head(*names: str) -> list[Line]:
    return [[Cell(name, Look.HEAD) for name in names]]


def county_name(outlook: Outlook, code: str) -> str:
    """The county's name as reported, else from the register of divisions, else its code."""
    for row in outlook.request.facts.county:
        if str(row["county_code"] or "") == code and row["county_name"]:
            return str(row["county_name"])
    return name_of(code) or code


def _areas(outlook: Outlook) -> Grid:
    body: list[Line] = []
    for code, band in (*outlook.made.areas.items(), *outlook.made.counties.items()):
        body += _band_lines(outlook, [Cell(code, Look.CENTRE), Cell(county_name(outlook, code))], band)
    return Grid("县市省预测", "学龄人口预测：县、市、省在校生", (12, 20, 8, 10, 14, 14, 14), _head("区划代码", "名称", "学段", "学年", "预测", "下限", "上限"), body, method_lines(outlook))


def _band_lines(outlook: Outlook, start: Sequence[Cell], band: Band) -> list[Line]:
    return [
        [*start, Cell(stage.label, Look.CENTRE), Cell(float(year), Look.WHOLE), *(Cell(float(getattr(band, case)[t, k]), Look.WHOLE) for case in CASES)]
        for k, stage in enumerate(COMPULSORY_STAGES) if band.central[:, k].any() for t, year in enumerate(outlook.made.years)
    ]  # fmt: skip


def _schools(outlook: Outlook) -> Grid:
    years, body = outlook.made.years, []
    for s, key in enumerate(outlook.past.schools):
        band = outlook.made.schools[key]
        for k, stage in enumerate(COMPULSORY_STAGES):
            if not band.central[:, k].any() and not outlook.made.past.pupils[s, -1, _ends(k)].sum():
                continue
            now = float(outlook.made.past.pupils[s, -1, _ends(k)].sum())
            for case in CASES:
                body.append([Cell(key[1], Look.CENTRE), Cell(outlook.past.names[key]), Cell(stage.label, Look.CENTRE), Cell(CASE_LABELS[case], Look.CENTRE), Cell(now, Look.WHOLE),
                             *(Cell(float(n), Look.WHOLE) for n in getattr(band, case)[:, k])])  # fmt: skip
    return Grid("学校预测", "学龄人口预测：各校在校生", (13, 30, 8, 8, 10, *[9.0] * len(years)),
                _head("学校标识码", "学校", "学段", "情形", f"{outlook.past.years[-1]} 年", *(f"{year} 年" for year in years)), body, a3=True)  # fmt: skip


def _ends(k: int) -> slice:
    return slice(0, 6) if k == 0 else slice(6, 9)


def _grades(outlook: Outlook) -> Grid:
    body: list[Line] = []
    for code in outlook.past.counties:
        at = outlook.past.of_county(code)
        now = outlook.made.past.pupils[at, -1].sum(axis=0)
        for year, grades in ((outlook.past.years[-1], now), *zip(outlook.made.years, outlook.made.grades[at].sum(axis=0), strict=True)):
            body.append([Cell(code, Look.CENTRE), Cell(county_name(outlook, code)), Cell(float(year), Look.WHOLE), *(Cell(float(n), Look.WHOLE) for n in grades)])
    return Grid("分年级", "学龄人口预测：各县分年级在校生", (12, 20, 10, *[10.0] * 9), _head("区划代码", "名称", "学年", *(f"{g} 年级" for g in range(1, 10))), body)


def _breaches(outlook: Outlook) -> Grid | None:
    body: list[Line] = []
    for code, found in outlook.breaches.items():
        policy = outlook.request.policies[code]
        for each in found:
            body.append([Cell(county_name(outlook, code)), Cell(each.school[1], Look.CENTRE), Cell(outlook.past.names.get(each.school, each.school[1])),
                         Cell(breach_text(each, policy)), Cell("是" if each.now else "否", Look.CENTRE),
                         *(Cell("无" if each.years[case] is None else str(each.years[case]), Look.CENTRE) for case in CASES)])  # fmt: skip
    if not body:
        return None
    return Grid("与标准对照", "学龄人口预测：各校何时低于或超过标准", (18, 13, 30, 50, 10, 12, 12, 12),
                _head("县（市、区）", "学校标识码", "学校", "标准", "现在已如此", "预测首年", "按下限首年", "按上限首年"), body,
                ("资源（教师、用房、设备、班数）按现有数不变，只变学生数；“无”表示预测期内不出现。",))  # fmt: skip


def _rates(outlook: Outlook) -> Grid:
    body: list[Line] = []
    for code, rates in outlook.made.rates.items():
        body.append([Cell(code, Look.CENTRE), Cell(county_name(outlook, code)), Cell("入学（6 岁队列 → 一年级）"), Cell(rate_text(rates.entry))])
        body += [[Cell(code, Look.CENTRE), Cell(county_name(outlook, code)), Cell(f"{g} 年级 → {g + 1} 年级"), Cell(rate_text(rate))] for g, rate in enumerate(rates.progression, 1)]
        body += [[Cell(code, Look.CENTRE), Cell(county_name(outlook, code)), Cell("资料来源"), Cell(line)] for line in outlook.sources[code]]
    return Grid("率与资料", "学龄人口预测：入学率、升级率和资料来源", (12, 20, 30, 80), _head("区划代码", "名称", "项目", "数值"), body)


def _tested(outlook: Outlook) -> Grid | None:
    labels = {"county": "全县", "school": "各校"}
    stages = {str(stage): stage.label for stage in COMPULSORY_STAGES}
    body = [
        [Cell(labels[each.level], Look.CENTRE), Cell(stages[each.stage], Look.CENTRE), Cell(float(each.years_ahead), Look.WHOLE), Cell(float(each.n), Look.WHOLE),
         Cell(each.error * 100, Look.ONE), Cell(each.no_change * 100, Look.ONE), Cell(each.bias * 100, Look.ONE), Cell(each.covered * 100, Look.ONE)]
        for each in outlook.tested
    ]  # fmt: skip
    if not body:
        return None
    return Grid("回测", f"学龄人口预测：倒退 {outlook.request.years_back} 年回测", (10, 8, 10, 10, 14, 18, 14, 16),
                _head("层级", "学段", "提前（年）", "个数", "误差（%）", "“不变”的误差（%）", "偏差（%）", "落在区间内（%）"), body,
                ("误差=Σ|预测−实际|÷Σ实际；“不变”=一直等于起点年的学生数。",))  # fmt: skip


def _parameters() -> Grid:
    body = [[Cell(each.title), Cell(each.id), Cell(f"{float(each.value):g}", Look.CENTRE), Cell(each.source), Cell(each.unverified)] for each in parameters().values()]
    return Grid("参数", "学龄人口预测：所用参数", (40, 20, 12, 40, 30), _head("含义", "参数", "数值", "来源", "待核"), body)
