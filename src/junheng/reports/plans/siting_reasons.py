"""为什么是这样，不是那样: every decision beside its opposite, with what the opposite costs or the rule that forbids it."""

from __future__ import annotations

from collections.abc import Sequence

from junheng.planning.siting.criteria import Criteria, criteria_of
from junheng.planning.siting.opposites import Opposite
from junheng.planning.siting.plan import Decision, Plan
from junheng.reports.grid import Look
from junheng.reports.plans.plan_report import Column, Section, Value
from junheng.reports.plans.siting_words import wan

_NOTE = ("把每所学校的决定反过来，其余学校重新安排，再求一遍；各列是反过来以后比本方案多多少（负数是少）。“合计”含路程、班额的折算。"
         "反过来的方案也是时间内求得的最好的，“已证明至少多”才是任何这样的方案都不会低于的数。")  # fmt: skip
_NONE = "—"


def reasons(plan: Plan, opposites: Sequence[Opposite]) -> Section:
    here = criteria_of(plan)
    ordered = sorted(opposites, key=lambda each: (each.decision is Decision.UNUSED, each.decision is Decision.KEEP))
    rows = [_row(plan, here, each) for each in ordered]
    columns = (Column("学校", 24), Column("决定 → 反过来", 20), Column("合计（万元）", 13, Look.TWO), Column("花钱（万元）", 13, Look.TWO), Column("单程（公里）", 13, Look.THREE),
               Column("结论", 70))  # fmt: skip
    return Section("为什么不是那样", "为什么是这样，不是那样", columns, rows, _NOTE)


def _row(plan: Plan, here: Criteria, opposite: Opposite) -> tuple[Value, ...]:
    name, change = plan.county.sites[opposite.site].name, f"{opposite.decision.label} → {_turn(opposite)}"
    if opposite.plan is None:
        return name, change, _NONE, _NONE, _NONE, _forbidden(opposite) if opposite.impossible else f"时间内没有算出{_turn(opposite)}的方案，未证明。"
    there = criteria_of(opposite.plan)
    more = (opposite.plan.total - plan.total) / 10_000
    return name, change, float(more), float((there.cost - here.cost) / 10_000), float(there.km - here.km), _verdict(plan, opposite)


def _turn(opposite: Opposite) -> str:
    return "保留全部学段" if opposite.decision is Decision.SHRINK else opposite.turn.label


def _forbidden(opposite: Opposite) -> str:
    if opposite.rule is None:
        return f"不能{_turn(opposite)}：没有任何方案能让全部学生合法入学（只放宽某一类约束也不够，或时间内没有查明）。"
    broken = "、".join(each.label for each in opposite.rule.gives)
    return f"不能{_turn(opposite)}，与“{broken}”冲突：除非{'；'.join(opposite.rule.lines)}。"


def _verdict(plan: Plan, opposite: Opposite) -> str:
    assert opposite.plan is not None
    turn, least = _turn(opposite), opposite.bound - float(plan.total)
    aside = f"约束表规定{opposite.aside.kind.label}{f'（{opposite.aside.reason}）' if opposite.aside.reason else ''}，这里先放开再比。" if opposite.aside else ""
    more = opposite.plan.total - plan.total
    if abs(more) < 1:
        return f"{aside}两样合计相同。"
    if more < 0:
        return f"{aside}这条约束的代价：放开并{turn}，合计可省 {wan(-more)} 万元。"
    if least >= 1:
        return f"{aside}已证明：{turn}，合计至少多 {least / 10_000:,.2f} 万元。"
    if least > -1:
        return f"{aside}已证明：{turn}不会更省。"
    return f"{aside}未证明：求得的{turn}方案多 {wan(more)} 万元，时间内没有证明不会更少。"
