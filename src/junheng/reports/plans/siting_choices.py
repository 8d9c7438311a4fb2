"""多方案比选: the plans none of which is better in everything, on a chart and in a table, and where neighbours differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from html import escape

from junheng.planning.siting.differing import differences
from junheng.planning.siting.plan import Decision, Plan
from junheng.planning.siting.sweep import OWN, Choice
from junheng.reports.grid import Look
from junheng.reports.plans.plan_report import Column, Section, Value
from junheng.reports.plans.siting_words import difference_text, ordinal, wan

_NOTE = ("路程、班额看得重一些或轻一些，各求一个方案；没有哪个方案样样都好，按费用从低到高排。"
         "费用是规划期内建设和运行的合计；单程是每生每个上学日的平均，寄宿按五分之一计；偏离班额是各年平均的人数；"
         "差距是已证明的与同样看重程度下最好方案的最大差距。只列在某种看重程度下最好的方案，它们之间可能还有别的折中方案没有列出。")  # fmt: skip
_WIDE, _TALL, _LEFT, _BELOW, _EDGE = 520.0, 300.0, 60.0, 46.0, 40.0
_NEAR = 26.0
"""Dots nearer than this share a label."""


def comparison(choices: Sequence[Choice]) -> tuple[Section, ...]:
    """One sheet of the workbook; on the page a chart with its table, and what changes from plan to plan. The plan that is best at
    the county's own prices is that of the report, and marked."""
    said = [_since(choices, at) for at in range(len(choices))]
    rows = [_row(choices[at], at) for at in range(len(choices))]
    columns = (Column("方案", 20), Column("看重什么", 40), Column("费用（万元）", 14, Look.TWO), Column("单程（公里）", 13, Look.TWO), Column("偏离班额（人）", 15, Look.WHOLE),
               Column("停办小校（所）", 15, Look.WHOLE), Column("差距", 9, Look.CENTRE))  # fmt: skip
    changes = Column("与上一方案不同的学校", 90)
    return (
        Section("可选方案", "还有哪些方案可选", (*columns, changes), [(*row, text) for row, text in zip(rows, said, strict=True)], _NOTE, on_page=0),
        Section("可选方案（页）", "还有哪些方案可选", columns, rows, _NOTE, in_book=False, svg=_chart(choices) if len(choices) > 1 else ""),
        Section("方案之间", "从一个方案到下一个，哪些学校不同", (Column("方案", 20), changes), [(row[0], text) for row, text in zip(rows, said, strict=True)], in_book=False),
    )  # fmt: skip


def _row(choice: Choice, at: int) -> tuple[Value, ...]:
    return (
        ordinal(at) + ("（本方案）" if OWN in choice.weightings else ""), "；".join(each.label for each in choice.weightings), float(choice.criteria.cost) / 10_000,
        float(choice.criteria.km), float(choice.criteria.uneven), choice.criteria.small_closed, f"{choice.gap:.2%}",
    )  # fmt: skip


def _counts(plan: Plan) -> str:
    decided = [plan.decision(at) for at in range(len(plan.county.sites))]
    return "、".join(f"{each.label} {decided.count(each)}" for each in Decision if each is not Decision.UNUSED and each in decided)


def _since(choices: Sequence[Choice], at: int) -> str:
    """What changes from the choice before."""
    if not at:
        return f"费用最低：{_counts(choices[0].plan)} 所"
    before, after = choices[at - 1], choices[at]
    said = [difference_text(after.plan.county.sites, each) for each in differences(before.plan, after.plan)]
    km = after.criteria.km - before.criteria.km
    way = f"人均单程{'少' if km < 0 else '多'} {abs(km):.2f} 公里" if abs(km) >= Decimal("0.005") else "人均单程几乎不变"
    return f"多花 {wan(after.criteria.cost - before.criteria.cost)} 万元，{way}：{'；'.join(said) if said else '各校去留相同，只是学生去向不同'}"


def _chart(choices: Sequence[Choice]) -> str:
    """Cost to the right, kilometres upwards; the larger a dot, the more pupils off the aimed class size."""
    costs, kms = [float(each.criteria.cost) / 10_000 for each in choices], [float(each.criteria.km) for each in choices]
    most = max(float(each.criteria.uneven) for each in choices) or 1.0
    parts = [f'<svg viewBox="0 0 {_WIDE:.0f} {_TALL:.0f}" role="img" aria-label="各方案的费用和人均单程" style="width:100%;max-width:600px;height:auto">', *_axes(costs, kms)]
    places = [(_scaled(cost, costs, _LEFT + _EDGE, _WIDE - _EDGE), _scaled(km, kms, _TALL - _BELOW - _EDGE, _EDGE)) for cost, km in zip(costs, kms, strict=True)]
    for at in sorted(range(len(choices)), key=lambda at: OWN in choices[at].weightings):  # the report's own on top
        uneven = float(choices[at].criteria.uneven)
        title = f"{ordinal(at)}：{costs[at]:,.2f} 万元，人均单程 {kms[at]:.2f} 公里，偏离班额 {uneven:.0f} 人"
        parts.append(f'<circle cx="{places[at][0]:.1f}" cy="{places[at][1]:.1f}" r="{4 + 6 * (uneven / most) ** 0.5:.1f}" '
                     f'fill="{"#0a6b66" if OWN in choices[at].weightings else "#8fa3b5"}" fill-opacity=".85"><title>{escape(title)}</title></circle>')  # fmt: skip
    for group in _near(places):
        label, (x, y) = ordinal(*group), (places[group[0]][0], min(places[at][1] for at in group))
        inside = min(max(x, _LEFT + 8 + 7 * len(label)), _WIDE - 7 * len(label))
        parts.append(f'<text x="{inside:.1f}" y="{y - 15:.1f}" font-size="14" text-anchor="middle">{label}</text>')
    return "".join([*parts, "</svg>"])


def _near(places: Sequence[tuple[float, float]]) -> list[list[int]]:
    """Dots that share a label: those near the first of their group."""
    groups: list[list[int]] = []
    for at, (x, y) in enumerate(places):
        beside = next((group for group in groups if abs(places[group[0]][0] - x) + abs(places[group[0]][1] - y) < _NEAR), None)
        if beside is None:
            groups.append([at])
        else:
            beside.append(at)
    return groups


def _axes(costs: Sequence[float], kms: Sequence[float]) -> Iterator[str]:
    bottom = _TALL - _BELOW
    yield f'<path d="M{_LEFT} {_EDGE / 2}V{bottom}H{_WIDE - _EDGE / 2}" fill="none" stroke="#8a94a0"/>'
    for value in dict.fromkeys((min(costs), max(costs))):
        x = _scaled(value, costs, _LEFT + _EDGE, _WIDE - _EDGE)
        yield f'<text x="{x:.1f}" y="{bottom + 18:.1f}" font-size="13" text-anchor="middle">{value:,.0f}</text>'
    for value in dict.fromkeys((min(kms), max(kms))):
        y = _scaled(value, kms, bottom - _EDGE, _EDGE)
        yield f'<text x="{_LEFT - 8:.1f}" y="{y + 4:.1f}" font-size="13" text-anchor="end">{value:.2f}</text>'
    yield f'<text x="{(_LEFT + _WIDE) / 2:.1f}" y="{_TALL - 8:.1f}" font-size="13" text-anchor="middle">费用（万元）→</text>'
    yield f'<text x="14" y="{bottom / 2:.1f}" font-size="13" text-anchor="middle" transform="rotate(-90 14 {bottom / 2:.1f})">人均单程（公里）→</text>'


def _scaled(value: float, among: Sequence[float], low: float, high: float) -> float:
    span = max(among) - min(among)
    return (low + high) / 2 if span == 0 else low + (value - min(among)) / span * (high - low)
