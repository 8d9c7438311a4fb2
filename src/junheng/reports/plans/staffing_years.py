"""逐年师资: the sections of the coming years in the staffing plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from junheng.planning.staffing.coming import Coming, ComingYear
from junheng.planning.staffing.plan import StaffingPlan
from junheng.planning.staffing.subjects import curriculum
from junheng.reports.grid import Look
from junheng.reports.plans.plan_report import Column, Section, Value

OPEN = "待定"
_W, _T = Look.WHOLE, Look.TWO


def coming_answer(plan: StaffingPlan) -> Iterator[str]:
    """What the last coming year asks for, in a sentence or two."""
    coming = plan.coming
    if coming is None or not coming.years:
        return
    last = coming.years[-1]
    if plan.request.ahead and plan.posts is not None:
        due = _due(coming.by[last, "central"])
        yield f"按学生预测，{last} 年应核编制 {OPEN if due is None else f'{due} 名'}{_range(coming, last, _due)}，" + _against(due, plan.posts.quota)
    if plan.request.teachers:
        missing = _missing(coming.by[last, "central"])
        retired = f"到 {last} 年退休 {coming.retired(last)} 人，"
        yield f"{retired}不再招聘的话，各学科共须补{OPEN if missing is None else f' {missing} 人'}{_range(coming, last, _missing)}。"


def _against(due: int | None, quota: int | None) -> str:
    if due is None or quota is None:
        return "与现有核定编制相比待定。"
    return f"现有核定编制{'缺' if due > quota else '多'} {abs(due - quota)} 名。" if due != quota else "与现有核定编制相等。"


def _due(year: ComingYear) -> int | None:
    return None if year.posts is None else year.posts.total


def _missing(year: ComingYear) -> int | None:
    found = [each.to_find for each in year.county]
    return None if not found or None in found else sum(each or 0 for each in found)


def _range(coming: Coming, year: int, what: Callable[[ComingYear], int | None]) -> str:
    text = _span(coming, year, what)
    return f"（区间 {text}）" if text else ""


def _span(coming: Coming, year: int, what: Callable[[ComingYear], int | None]) -> str:
    """ "" without an interval, or where it is open."""
    if len(coming.cases) == 1:
        return ""
    found = [what(coming.by[year, case]) for case in coming.cases]
    known = [each for each in found if each is not None]
    return f"{min(known)}—{max(known)}" if len(known) == len(found) else ""


def coming_sections(plan: StaffingPlan) -> Iterator[Section]:
    coming = plan.coming
    if coming is None or not coming.years:
        return
    yield _years(plan, coming)
    if plan.request.classes:
        yield _subjects(plan, coming)
    if plan.request.ahead:
        yield _rows(plan, coming)
    if plan.request.classes and plan.request.teachers:
        yield _schools(plan, coming)


def _basis(plan: StaffingPlan) -> str:
    if plan.request.ahead:
        return "学生数取自学校预测表；班数随标准班额下应有的班数增减。区间：所有学校同时取各自的下限或上限，比全县的区间宽。核定编制按现有的。"
    return "没有给学生预测：在校生和班数按现在的不变，只计退休。用 --forecast 给出学校预测表，可算出编制和学科逐年的变化。"


def _years(plan: StaffingPlan, coming: Coming) -> Section:
    posts = plan.posts
    quota = None if posts is None else posts.quota
    vacant = None if posts is None or any(each.vacant is None for each in posts.rows) else sum(each.vacant or 0 for each in posts.rows)
    rows: list[Sequence[Value]] = []
    for year in coming.years:
        central, retired = coming.by[year, "central"], coming.retired(year)
        due = _due(central)
        cells: list[Value] = [f"{year} 年"]
        if plan.request.ahead:
            cells += [_open(due), _span(coming, year, _due) or OPEN, quota, _open(None if due is None or quota is None else quota - due)]
        if plan.request.teachers:
            cells += [retired, *([_open(None if vacant is None else vacant + retired)] if posts is not None else []), _open(_missing(central)), _span(coming, year, _missing)]
        rows.append(cells)
    columns = [Column("学年", 10)]
    if plan.request.ahead:
        columns += [Column("应核编制（预测，名）", 15, _W), Column("应核编制（区间）", 16, Look.CENTRE), Column("现有核定（名）", 10, _W), Column("核定比应核多（名）", 12, _W)]
    if plan.request.teachers:
        columns += [Column("退休累计（人）", 10, _W), *([Column("退休后空编（名）", 11, _W)] if posts is not None else []), Column("各学科须补（人）", 11, _W), Column("须补（区间）", 13, Look.CENTRE)]
    return Section("逐年", "今后各年：编制、退休和须补的教师", columns, rows, _basis(plan) + "退休的按在编教师计。")


def _subjects(plan: StaffingPlan, coming: Coming) -> Section:
    titles = {each.id: each.title for each in curriculum()}
    rows = [
        (f"{year} 年", titles[each.subject], coming.retiring[year].get(each.subject, 0), _open(each.low), _open(each.high), "未交名单" if each.have is None else each.have,
         _open(each.to_find), _span(coming, year, lambda of, at=at: of.county[at].to_find), _open(each.over))  # type: ignore[misc]
        for year in coming.years for at, each in enumerate(coming.by[year, "central"].county)
    ]  # fmt: skip
    columns = (Column("学年", 10), Column("学科", 34), Column("当年退休（人）", 10, _W), Column("需要（下限）", 12, _T), Column("需要（上限）", 12, _T),
               Column("退休后还有（人）", 11, _W), Column("须补（人）", 10, _W), Column("须补（区间）", 12, Look.CENTRE), Column("余", 10, _T))  # fmt: skip
    return Section("逐年学科", "今后各年各学科须补多少、余多少", columns, rows, "到当年 9 月 1 日止；不再招聘。单位：满工作量教师。")


def _rows(plan: StaffingPlan, coming: Coming) -> Section:
    rows: list[Sequence[Value]] = []
    for year in coming.years:
        posts, ends = coming.by[year, "central"].posts, [coming.by[year, case].posts for case in coming.cases]
        for at, each in enumerate(posts.rows if posts else ()):
            own = [end.rows[at].row.pupils for end in ends if end]
            known = [pupils for pupils in own if pupils is not None]
            rows.append((f"{year} 年", each.row.school, each.row.name, each.row.stage.label, _open(each.row.pupils), f"{min(known)}—{max(known)}" if known else OPEN,
                         _open(each.row.classes), OPEN if each.exact is None else float(each.exact), _open(each.share), each.row.quota, _open(each.over)))  # fmt: skip
    columns = (Column("学年", 10), Column("学校编号", 14), Column("学校", 26), Column("学段", 8), Column("在校生（预测）", 13, _W), Column("在校生（区间）", 14, Look.CENTRE),
               Column("班数（个）", 8, _W), Column("应核（未进位）", 13, _T), Column("应配（名）", 8, _W), Column("现有核定（名）", 10, _W), Column("核定比应配多（名）", 12, _W))  # fmt: skip
    return Section("逐年各校", "今后各年各校编制", columns, rows, on_page=0)


def _schools(plan: StaffingPlan, coming: Coming) -> Section:
    titles, names = {each.id: each.title for each in curriculum()}, {each.school: each.name for each in plan.request.classes}
    rows = [
        (f"{year} 年", each.school, names[each.school], titles[each.subject], _open(each.low), _open(each.high), "未交名单" if each.have is None else each.have,
         _open(each.short), _open(each.over))
        for year in coming.years for each in coming.by[year, "central"].schools if each.short or each.over or each.short is None
    ]  # fmt: skip
    columns = (Column("学年", 10), Column("学校编号", 14), Column("学校", 26), Column("学科", 34), Column("需要（下限）", 12, _T), Column("需要（上限）", 12, _T),
               Column("退休后还有（人）", 11, _W), Column("缺", 10, _T), Column("余", 10, _T))  # fmt: skip
    return Section("逐年各校学科", "今后各年各校学科余缺", columns, rows, "不缺不余的不列。单位：满工作量教师。", on_page=0)


def _open(value: float | None) -> Value:
    return OPEN if value is None else value
