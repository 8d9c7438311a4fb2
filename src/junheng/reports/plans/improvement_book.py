"""达标方案.xlsx: the plan school by school, year by year, and what every indicator was and will be."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from junheng.judging.result import IndicatorVerdict, Verdict
from junheng.planning.improvement.levers import BY_ID
from junheng.planning.improvement.outcome import Outcome
from junheng.planning.improvement.reasons import Change, Key, purpose
from junheng.reports.grid import Cell, Grid, Line, Look
from junheng.reports.plans.improvement_words import (
    lever_title,
    place_text,
    price_text,
    school_name,
    stage_text,
    year_text,
)
from junheng.reports.words import marked
from junheng.reports.xlsx import Book


def write_book(path: Path, outcome: Outcome, notes: tuple[str, ...]) -> None:
    """notes: the lines printed below the list of measures (what is 待核, what was left out)."""
    with Book(path, title="达标方案") as book:
        for grid in (_measures(outcome, notes), _indicators(outcome), _balance(outcome), _years(outcome), _budgets(outcome), _prices(outcome), _costs(outcome)):
            if grid is not None:
                book.add(grid)


def _head(*names: str) -> list[Line]:
    return [[Cell(name, Look.HEAD) for name in names]]


def by_school(changes: Iterable[Change]) -> dict[Key, list[Change]]:
    out: dict[Key, list[Change]] = {}
    for each in changes:
        out.setdefault(each.key, []).append(each)
    return out


def _measures(outcome: Outcome, notes: tuple[str, ...]) -> Grid:
    request, found = outcome.plan.request, by_school(outcome.changes)
    body: list[Line] = []
    for number, dated in enumerate(outcome.schedule.done, 1):
        action, lever = dated.action, BY_ID[dated.action.lever]
        row, price = outcome.plan.facts.school[action.school], request.costs[action.lever]
        body.append([
            Cell(float(number), Look.WHOLE), Cell(str(row["school_code"] or ""), Look.CENTRE), Cell(school_name(row)), Cell(stage_text(action.stage), Look.CENTRE),
            Cell(lever_title(action)), Cell(float(action.amount), Look.WHOLE if lever.whole else Look.TWO), Cell(lever.unit, Look.CENTRE),
            Cell(year_text(outcome, dated.year), Look.CENTRE), Cell(place_text(outcome, action)), Cell(lever.profile),
            Cell(float(dated.cost.low), Look.TWO), Cell(float(dated.cost.usual), Look.TWO), Cell(float(dated.cost.high), Look.TWO),
            Cell(purpose(outcome.plan, action, found)), Cell("待核" if price.unverified else "", Look.CENTRE),
        ])  # fmt: skip
    total = outcome.schedule.cost
    covered: list[Cell | None] = [None] * 9
    body.append([Cell("合计", Look.CENTRE, cols=10), *covered, *(Cell(float(each), Look.TWO) for each in (total.low, total.usual, total.high)), Cell(""), Cell("")])
    return Grid("措施清单", "达标方案：措施清单", (6, 13, 26, 8, 26, 11, 6, 18, 24, 26, 15, 15, 15, 32, 7),
                _head("序号", "学校标识码", "学校", "学段", "措施", "数量", "单位", "实施年度", "从哪里调入", "人选或条件", "费用低（元）", "费用常用（元）",
                      "费用高（元）", "作用", "单价"), body, notes, a3=True, subtitle=_heading(outcome))  # fmt: skip


def _heading(outcome: Outcome) -> str:
    plan = outcome.plan
    return f"{plan.before.verdict.county_name or plan.before.verdict.county_code}　　依据数据版本：{plan.request.release or '未冻结'}"


def _indicators(outcome: Outcome) -> Grid:
    codes = [each.code for each in outcome.plan.request.policy.resources]
    body = []
    found, verdicts = by_school(outcome.changes), _verdicts(outcome)
    for key, changes in found.items():
        was, now = verdicts[key]
        body.append([Cell(key[0], Look.CENTRE), Cell(changes[0].name), Cell(stage_text(key[2]), Look.CENTRE), Cell(marked(was), Look.CENTRE), Cell(marked(now), Look.CENTRE),
                     *(cell for each in changes for cell in (_value(each.before), _value(each.after)))])  # fmt: skip
    head = [[Cell("学校标识码", Look.HEAD, rows=2), Cell("学校", Look.HEAD, rows=2), Cell("学段", Look.HEAD, rows=2), Cell("现在", Look.HEAD, rows=2), Cell("实施后", Look.HEAD, rows=2),
             *(cell for code in codes for cell in (Cell(code, Look.HEAD, cols=2), None))],
            [*[None] * 5, *(Cell(word, Look.HEAD) for _ in codes for word in ("现在", "实施后"))]]  # fmt: skip
    titles = "；".join(f"{each.code} {each.title}" for each in outcome.plan.request.policy.resources)
    return Grid("逐校指标", "达标方案：逐校指标前后对照", (13, 26, 8, 10, 10, *[9.0] * (2 * len(codes))), head, body,
                (f"{titles}。数值为判定所用的未舍入值，显示两位小数。",), a3=True, subtitle=_heading(outcome))  # fmt: skip


def _value(each: IndicatorVerdict) -> Cell:
    return Cell(each.value, Look.TWO)


def _verdicts(outcome: Outcome) -> dict[Key, tuple[Verdict, Verdict]]:
    before = {(s.code, s.campus, s.stage): s.verdict for stage in outcome.plan.before.stages for s in stage.schools}
    return {(s.code, s.campus, s.stage): (before[s.code, s.campus, s.stage], s.verdict)
            for stage in outcome.plan.after[0].stages for s in stage.schools}  # fmt: skip


def _balance(outcome: Outcome) -> Grid:
    body = []
    scenarios = outcome.plan.situation.scenarios
    for number, scenario in enumerate(scenarios):
        for was, now in zip(outcome.plan.before.stages, outcome.plan.after[number].stages, strict=True):
            titles = {each.code: each.title for each in outcome.plan.request.policy.resources}
            for a, b in zip(was.balance, now.balance, strict=True):
                body.append([Cell(scenario.name, Look.CENTRE), Cell(stage_text(now.stage), Look.CENTRE), Cell(b.code, Look.CENTRE), Cell(titles[b.code]),
                             Cell(a.cv, Look.THREE), Cell(marked(a.verdict), Look.CENTRE), Cell(b.cv, Look.THREE), Cell(float(b.limit.value), Look.TWO),
                             Cell(marked(b.verdict), Look.CENTRE)])  # fmt: skip
    return Grid("差异系数", "达标方案：校际差异系数前后对照", (16, 8, 8, 44, 12, 12, 12, 10, 12),
                _head("情形", "学段", "代码", "指标", "现在", "结论", "实施后", "限值", "结论"), body, subtitle=_heading(outcome))  # fmt: skip


def _years(outcome: Outcome) -> Grid:
    body = []
    for year, spent in enumerate(outcome.schedule.spent, 1):
        here = [each for each in outcome.schedule.done if each.year == year]
        budget = Cell(float(outcome.budgets[year - 1]), Look.TWO) if outcome.budgets else Cell("未限定", Look.CENTRE)
        body.append([Cell(year_text(outcome, year), Look.CENTRE), Cell(float(len({e.action.school for e in here})), Look.WHOLE), Cell(float(len(here)), Look.WHOLE),
                     Cell(float(spent), Look.TWO), budget])  # fmt: skip
    undone = len(outcome.schedule.undone)
    notes = (f"预算内有 {undone} 项措施未能安排，见页面说明。",) if undone else ()
    return Grid("分年安排", "达标方案：分年安排", (22, 12, 12, 20, 20), _head("年度", "学校数", "措施数", "当年支出（元，常用价）", "当年预算（元）"), body, notes)


def _budgets(outcome: Outcome) -> Grid:
    body = [
        [Cell(float(each.budget), Look.TWO), Cell(float(each.spent), Look.TWO), Cell(float(each.checked.schools_passing), Look.WHOLE), Cell(float(each.most), Look.WHOLE),
         Cell(float(each.checked.schools), Look.WHOLE), Cell(float(each.checked.balance_passing), Look.WHOLE), Cell(float(each.checked.balance), Look.WHOLE)]
        for each in outcome.bought
    ]  # fmt: skip
    return Grid("预算效果", "达标方案：不同预算能办成什么", (18, 18, 14, 14, 14, 14, 18),
                _head("预算（元）", "用去（元）", "达标学校学段", "至多能达标", "全部学校学段", "达标差异系数", "全部差异系数"), body,
                ("每一档是专为该预算求的方案，使逐校达标的学校最多，并经精确判定；“至多能达标”是已证明的上限。差异系数只在全部投入时保证达标。",))  # fmt: skip


def _prices(outcome: Outcome) -> Grid | None:
    body = [[Cell(price_text(outcome, each)), Cell(each.yuan, Look.TWO)] for each in outcome.prices]
    if not body:
        return None
    return Grid("约束的价格", "达标方案：哪条约束最贵", (70, 22), _head("如果", "可省约（元）"), body, ("按线性松弛估计，只用来比较轻重，不是报价；限值由政策规定，不能自行放宽。",))


def _costs(outcome: Outcome) -> Grid:
    used = {each.lever for each in outcome.plan.actions}
    body = [
        [Cell(each.title), Cell(each.unit, Look.CENTRE), Cell(float(each.low_yuan), Look.TWO), Cell(float(each.usual_yuan), Look.TWO), Cell(float(each.high_yuan), Look.TWO),
         Cell("每年" if each.yearly else "一次", Look.CENTRE), Cell("是" if name in used else "", Look.CENTRE), Cell(each.source), Cell(each.unverified)]
        for name, each in outcome.plan.request.costs.items()
    ]  # fmt: skip
    return Grid("所用单价", "达标方案：所用单价", (34, 7, 14, 14, 14, 8, 8, 40, 40),
                _head("措施", "单位", "低（元）", "常用（元）", "高（元）", "支付", "用到", "来源", "待核原因"), body)  # fmt: skip
