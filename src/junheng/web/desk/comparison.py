"""Two to four plans of one planner side by side: what came out, what was asked, what is to be done where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from junheng.planners.model import Figure, Task
from junheng.web.desk.answer import Answer, figures_by_id, gap_in_words, printed, read
from junheng.web.desk.models import Plan
from junheng.web.desk.saying import releases_said, values_said

MOST = 4


@dataclass(frozen=True)
class Compared:
    """One figure. values: printed, one a plan; best: which are the best of those that differ; rule: in words, "" = neither is better."""

    label: str
    unit: str
    figures: tuple[Figure | None, ...]
    best: tuple[bool, ...]
    rule: str

    @property
    def cells(self) -> list[tuple[str, bool]]:
        return [("没有这个数" if figure is None else printed(figure), best) for figure, best in zip(self.figures, self.best, strict=True)]


@dataclass(frozen=True)
class Measure:
    """One thing to be done at one school, in how much by every plan; None = that plan does not do it."""

    school: str
    what: str
    unit: str
    amounts: tuple[str | None, ...]


@dataclass(frozen=True)
class Comparison:
    """asked: label and value of every plan, of what differs; measures: those that are not the same in every plan."""

    plans: tuple[Plan, ...]
    answers: tuple[Answer, ...]
    figures: tuple[Compared, ...]
    asked: tuple[tuple[str, tuple[str, ...]], ...]
    measures: tuple[Measure, ...]
    same_measures: int

    @property
    def gaps(self) -> list[str]:
        return [gap_in_words(each.gap, each.possible) or ("不求最好" if each.possible else "没有可行的方案") for each in self.plans]


def compare(plans: Sequence[Plan]) -> Comparison:
    answers = [read(each.result) for each in plans]
    figures = tuple(_figure(of) for of in figures_by_id(answers).values())
    measures = _measures([each.tasks for each in answers])
    differ = tuple(each for each in measures if len(set(each.amounts)) > 1)
    return Comparison(tuple(plans), tuple(answers), figures, tuple(_asked(plans)), differ, len(measures) - len(differ))


def _figure(of: Sequence[Figure | None]) -> Compared:
    named = next(each for each in of if each is not None)
    values = [each.value if each else None for each in of]
    known = [each for each in values if each is not None]
    best: Decimal | None = None
    if named.better and len(set(known)) > 1:
        best = min(known) if named.better == "less" else max(known)
    rule = {"less": "越少越好", "more": "越多越好"}.get(named.better or "", "")
    return Compared(named.label, named.unit, tuple(of), tuple(best is not None and each == best for each in values), rule)


def _asked(plans: Sequence[Plan]) -> list[tuple[str, tuple[str, ...]]]:
    """What the plans were asked with, where it is not the same: values, tables, releases, units."""
    said = [{label: words for label, words, _ in values_said(each)} for each in plans]
    rows = [(label, tuple(of.get(label, "不指定") for of in said)) for label in dict.fromkeys(label for of in said for label in of)]
    tables = [{file.table: file for file in each.files.all() if file.table} for each in plans]
    for id in dict.fromkeys(id for of in tables for id in of):
        if len({of[id].sha256 if id in of else "" for of in tables}) > 1:
            rows.append((f"表：{id}", tuple(f"{of[id].name}（{of[id].sha256[:8]}）" if id in of else "没有" for of in tables)))
    rows.append(("数据版本", tuple("；".join(words for _, words in releases_said(each)) or "不用" for each in plans)))
    rows.append(("范围", tuple(each.unit.name for each in plans)))
    rows.append(("软件版本", tuple(each.version for each in plans)))
    return [(label, words) for label, words in rows if len(set(words)) > 1]


def _measures(of_plans: Sequence[Sequence[Task]]) -> list[Measure]:
    """By school, thing and unit; one that a plan does in several years is added up."""
    found: dict[tuple[str, str, str], list[list[Task]]] = {}
    names: dict[str, str] = {}
    for number, tasks in enumerate(of_plans):
        for each in tasks:
            names[each.school_code] = each.school_name
            found.setdefault((each.school_code, each.what, each.unit), [[] for _ in of_plans])[number].append(each)
    return [Measure(names[code], what, unit, tuple(_amount(each) for each in of)) for (code, what, unit), of in sorted(found.items(), key=lambda item: item[0])]


def _amount(tasks: Sequence[Task]) -> str | None:
    if not tasks:
        return None
    known = [each.amount for each in tasks if each.amount is not None]
    if not known:
        return "做"
    years = sorted({each.school_year for each in tasks if each.school_year is not None})
    when = f"（{'、'.join(map(str, years))} 年）" if years else ""
    return f"{sum(known, Decimal(0)).normalize():,f} {tasks[0].unit}".rstrip() + when
