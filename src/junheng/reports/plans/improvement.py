"""达标方案: the page a director reads and the workbook beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from junheng.common.school_years import school_year_label
from junheng.judging.result import Verdict
from junheng.planning.improvement.levers import BY_ID
from junheng.planning.improvement.outcome import Outcome
from junheng.planning.improvement.preparing import CRITERIA
from junheng.planning.improvement.reasons import Change, purpose, unused_movers
from junheng.planning.improvement.schedule import Dated
from junheng.reports.grid import round_half_up
from junheng.reports.page.render import write_page
from junheng.reports.plans.improvement_book import by_school, write_book
from junheng.reports.plans.improvement_words import (
    amount_text,
    lever_title,
    place_text,
    price_text,
    school_name,
    stage_text,
    ten_thousand,
    year_text,
)
from junheng.reports.text import clean
from junheng.reports.words import MARKS

BOOK, PAGE = "达标方案.xlsx", "index.html"
_FAR = 10
"""A value so many times its limit is more likely a wrong unit than a rich school."""


def write_improvement(folder: Path, outcome: Outcome, warnings: Sequence[str] = ()) -> tuple[Path, ...]:
    """Write the page and the workbook into a folder that exists; returns their paths. warnings: Chinese lines, what the plan does not cover."""
    notes = (*notes_of(outcome), *warnings)
    write_book(folder / BOOK, outcome, notes)
    write_page(folder / PAGE, "plan_improvement.html", improvement_view(outcome, notes))
    return folder / PAGE, folder / BOOK


def notes_of(outcome: Outcome) -> tuple[str, ...]:
    """What the reader must know before trusting a number."""
    plan = outcome.plan
    used = {each.lever for each in plan.actions}
    unverified = [plan.request.costs[lever].title for lever in BY_ID if lever in used and plan.request.costs[lever].unverified]
    out = [f"{text}。" for text in (*plan.situation.unplanned.values(), *plan.prepared.notes)]
    if any(each.lever == "open_class" for each in plan.prepared.actions):
        out.append("增开班级所需教师未计入费用：按编制和班师比另行核定（班师比待核）；新建教室按 GB 50099-2011 每间 61.2 ㎡（小学）、69.5 ㎡（初中）计入教学及辅助用房。")
    if any(each.lever == "divert_pupil" for each in plan.prepared.actions):
        out.append("分流学生须调整学区或招生计划并公示；最优性以分流后的学生数为前提。")
    doubtful = list(dict.fromkeys(f"{each.name} {each.before.code}" for each in outcome.changes if _far_above(each)))
    if doubtful:
        more = f"等 {len(doubtful)} 处" if len(doubtful) > 5 else ""
        out.append(f"请先核实：{'、'.join(doubtful[:5])}{more}的数值是限值的 {_FAR} 倍以上。若是单位填错，会抬高差异系数，方案会白花钱。")
    if unverified:
        out.append(f"单价待核：{'、'.join(unverified)}。费用随单价变化，正式上报前须换成本地核定的单价表。")
    if any(BY_ID[lever].moves and BY_ID[lever].whole for lever in used):
        out.append("调配教师的学历、学科、骨干身份由总数推定，须由学校核实人选；一校一类人员调出不超过三成（设计参数）。")
    if any(lever.startswith("hire") for lever in used):
        out.append("新招聘教师须有编制，并纳入 5 年 360 学时培训。")
    scope = "方案针对资源配置各项、校际差异系数，以及学校规模、班额和音乐美术专用教室；其余条目另行判定。"
    out.append(scope + ("学生数按上报数，不含今后变化（见学龄人口预测）。" if len(plan.after) == 1 else "在预测的各种学生数下均已复核达标。"))
    return tuple(clean(each) for each in out)


def _far_above(change: Change) -> bool:
    value, limit = change.before.value, float(change.before.limit.value)
    return value is not None and limit > 0 and value > _FAR * limit


def improvement_view(outcome: Outcome, notes: Sequence[str]) -> dict[str, Any]:
    """The template's variables."""
    plan, verdict = outcome.plan, outcome.plan.before.verdict
    name = clean(verdict.county_name or verdict.county_code)
    return {
        "question": f"{name}怎样花最少的钱达标？", "year_label": school_year_label(verdict.school_year), "policy": plan.request.policy.title,
        "answer": _answer(outcome), "money": _money(outcome), "proof": _proof(outcome), "notes": list(notes),
        "totals": _totals(outcome), "years": _years(outcome), "schools": _schools(outcome), "balance": _balance(outcome), "criteria": _criteria(outcome),
        "bought": [{
            "budget": ten_thousand(each.budget), "schools": f"{each.checked.schools_passing} / {each.checked.schools}",
            "balance": f"{each.checked.balance_passing} / {each.checked.balance}", "most": each.most, "spent": ten_thousand(each.spent),
        } for each in outcome.bought],
        "prices": [(price_text(outcome, each), ten_thousand(each.yuan)) for each in outcome.prices[:12]],
        "left": _left(outcome), "movers": _movers(outcome), "release": plan.request.release or "未冻结", "as_of": verdict.as_of,
    }  # fmt: skip


def _answer(outcome: Outcome) -> str:
    plan, after = outcome.plan, outcome.plan.after[0]
    if not plan.actions:
        return "7 项资源配置和校际差异系数已全部达标，不需要措施。"
    schools = len({each.school for each in plan.actions})
    head = f"{schools} 所学校、{len(plan.actions)} 项措施，约需 {ten_thousand(outcome.schedule.cost.usual)} 万元，可使 {after.schools} 个学校学段和 {after.balance} 项差异系数全部达标。"
    if doubtful := sum(map(_far_above, outcome.changes)):
        head = f"先核实数据：{doubtful} 个数值是限值的 {_FAR} 倍以上，疑为单位填错，核实以前这个方案不能用。按上报数计算：" + head
    if outcome.affordable:
        return head
    short = plan.cost.usual - sum(outcome.budgets or ())
    return f"预算不够：全部达标约需 {ten_thousand(plan.cost.usual)} 万元，预算内只能完成一部分" + (f"，约差 {ten_thousand(short)} 万元。" if short > 0 else "（分年额度安排不下，见下）。")


def _money(outcome: Outcome) -> str:
    cost, years = outcome.schedule.cost, outcome.plan.request.years
    return f"费用（{years} 年合计）：低 {ten_thousand(cost.low)}，常用 {ten_thousand(cost.usual)}，高 {ten_thousand(cost.high)} 万元。"


def _proof(outcome: Outcome) -> str:
    plan = outcome.plan
    if not plan.actions:
        return ""
    gap = round_half_up(plan.gap * 100, 2)
    greedy = plan.greedy_cost
    saved = f"；逐校就近补齐的简单办法要 {ten_thousand(greedy)} 万元" if greedy and greedy > float(plan.cost.usual) * 1.001 else ""
    basis = "" if outcome.schedule.cost.usual == plan.cost.usual else f"（按全部在第 1 年实施计，本方案 {ten_thousand(plan.cost.usual)} 万元）"
    return f"已证明：在同样的单价和约束下（差异系数限值收紧万分之一计），任何方案都不低于 {ten_thousand(plan.bound)} 万元{basis}，本方案与之相差不超过 {gap}%{saved}。实施后的数据已按判定程序精确复核。"


def _totals(outcome: Outcome) -> list[dict[str, str]]:
    """By measure: how much of it in all, at how many schools, for how much."""
    groups: dict[str, list[Dated]] = {}
    for each in outcome.schedule.done:
        groups.setdefault(each.action.lever, []).append(each)
    return [
        {"title": lever.title, "amount": amount_text(sum((d.action.amount for d in groups[lever.id]), start=groups[lever.id][0].action.amount * 0), lever.unit),
         "schools": str(len({d.action.school for d in groups[lever.id]})),
         "cost": ten_thousand(sum((d.cost.usual for d in groups[lever.id]), start=groups[lever.id][0].cost.usual * 0)),
         "unverified": outcome.plan.request.costs[lever.id].unverified}
        for lever in BY_ID.values() if lever.id in groups
    ]  # fmt: skip


def _years(outcome: Outcome) -> list[dict[str, str]]:
    out = []
    for year, spent in enumerate(outcome.schedule.spent, 1):
        here = [each for each in outcome.schedule.done if each.year == year]
        out.append({
            "year": year_text(outcome, year), "schools": str(len({each.action.school for each in here})), "measures": str(len(here)), "spent": ten_thousand(spent),
            "budget": ten_thousand(outcome.budgets[year - 1]) if outcome.budgets else "未限定",
        })  # fmt: skip
    return out


def _schools(outcome: Outcome) -> list[dict[str, Any]]:
    found, facts = by_school(outcome.changes), outcome.plan.facts
    groups: dict[int, list[Dated]] = {}
    for each in outcome.schedule.done:
        groups.setdefault(each.action.school, []).append(each)
    return [
        {"name": school_name(facts.school[school]), "code": str(facts.school[school]["school_code"] or ""),
         "cost": ten_thousand(sum((d.cost.usual for d in dated), start=dated[0].cost.usual * 0)),
         "lines": [{
             "what": f"{lever_title(d.action)} {amount_text(d.action.amount, BY_ID[d.action.lever].unit)}" + (f"（{stage_text(d.action.stage)}）" if d.action.stage else ""),
             "from": place_text(outcome, d.action), "year": year_text(outcome, d.year), "cost": ten_thousand(d.cost.usual),
             "why": purpose(outcome.plan, d.action, found),
         } for d in dated]}
        for school, dated in groups.items()
    ]  # fmt: skip


def _balance(outcome: Outcome) -> list[dict[str, Any]]:
    titles = {each.code: each.title for each in outcome.plan.request.policy.resources}
    out = []
    for was, now in zip(outcome.plan.before.stages, outcome.plan.after[0].stages, strict=True):
        for a, b in zip(was.balance, now.balance, strict=True):
            out.append({
                "stage": stage_text(now.stage), "code": b.code, "title": titles[b.code], "before": "—" if a.cv is None else round_half_up(a.cv, 3),
                "after": "—" if b.cv is None else round_half_up(b.cv, 3), "limit": f"{b.limit.value}", "was": _mark(a.verdict), "now": _mark(b.verdict),
            })  # fmt: skip
    return out


def _criteria(outcome: Outcome) -> list[dict[str, Any]]:
    """The criteria that what is prepared speaks of, before and after."""
    before, after = outcome.plan.before.verdict.criteria, outcome.plan.after[0].verdict.criteria
    return [
        {"title": after[id].title, "was": _mark(before[id].verdict), "now": _mark(after[id].verdict)}
        for id in CRITERIA if id in after and (outcome.plan.prepared.actions or outcome.plan.prepared.notes)
    ]  # fmt: skip


def _mark(verdict: Verdict) -> dict[str, str]:
    return {"kind": "wait" if verdict is Verdict.INSUFFICIENT else str(verdict), "sign": MARKS[verdict], "word": verdict.label}


def _left(outcome: Outcome) -> list[dict[str, str]]:
    """为什么不补到限值: what stays between 85 % and the limit, and what bringing it up would cost."""
    return [
        {"name": clean(each.name), "stage": stage_text(each.key[2]), "code": each.after.code,
         "after": "" if each.after.value is None else round_half_up(each.after.value, 2), "limit": f"{each.after.limit.value}",
         "spared": "没有可用的措施" if each.spared is None else f"{ten_thousand(each.spared)} 万元"}
        for each in outcome.changes if each.left
    ]  # fmt: skip


def _movers(outcome: Outcome) -> list[dict[str, str]]:
    return [
        {"title": title, "stage": stage_text(stage), "most": f"{most:,.0f}", "used": f"{used:,.0f}"}
        for title, stage, most, used in unused_movers(outcome.plan) if used > 0.5
    ]  # fmt: skip
