"""师资方案: posts, subjects and careers as a page and a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

from junheng.common.masking import mask_name
from junheng.common.school_years import school_year_label
from junheng.planning.staffing.plan import StaffingPlan
from junheng.planning.staffing.posts import PostPlan
from junheng.planning.staffing.subjects import Need, curriculum
from junheng.reports.grid import Look
from junheng.reports.plans.plan_report import Column, PlanReport, Section, Value, write_plan
from junheng.reports.plans.staffing_years import coming_answer, coming_sections

BOOK = "师资方案.xlsx"
OPEN = "待定"
_SCHOOL = (Column("学校编号", 14), Column("学校", 26))
_W, _T = Look.WHOLE, Look.TWO


def write_staffing(folder: Path, plan: StaffingPlan) -> tuple[Path, ...]:
    """Write the page and the workbook into a folder that exists; returns their paths."""
    return write_plan(folder, staffing_report(plan), BOOK)


def staffing_report(plan: StaffingPlan) -> PlanReport:
    return PlanReport(
        "编制够不够，哪些学科缺教师？", school_year_label(plan.request.school_year), "".join(_answer(plan)) or "没有可以计算的表。", "", plan.notes,
        tuple(_sections(plan)),
        (
            "应核编制：先按学段全县合计再进位（初中 1:13.5，小学 1:19）；小规模学校取班师比与生师比中较高的。校内分配按最大余数法，合计不变。",
            "学科需求：各年级班数 × 课程方案的周课时和占比 ÷ 教师标准周课时；占比是区间，所以需求也是区间，低于下限为缺，高于上限为余。",
            "几所学校可以合用一名教师（走教），所以全县缺口不等于各校缺口进位后相加。",
        ),
        "教师姓名只保留姓。",
    )  # fmt: skip


def _answer(plan: StaffingPlan) -> Iterator[str]:
    if plan.posts is not None:
        total, quota = plan.posts.total, plan.posts.quota
        if total is None:
            known = sum(plan.posts.known_only.values())
            yield f"县应核编制待定（已报的学校应核 {known} 名）。"
        elif quota is None:
            yield f"县应核编制 {total} 名，核定编制未报全。"
        else:
            yield f"县应核编制 {total} 名，核定 {quota} 名，" + (f"缺 {total - quota} 名。" if total > quota else "已达到国家标准。")
    if plan.subjects is not None:
        short = [(each.to_find, each.subject) for each in plan.subjects.county if each.to_find]
        titles = {each.id: each.title for each in curriculum()}
        if short:
            yield "全县缺：" + "、".join(f"{titles[subject]} {count} 人" for count, subject in sorted(short, key=lambda pair: (-(pair[0] or 0), pair[1]))) + "。"
        elif all(each.to_find is not None for each in plan.subjects.county):
            yield "各学科全县合计都不缺。"
        else:
            yield "学科余缺待定。"
    yield from coming_answer(plan)


def _sections(plan: StaffingPlan) -> Iterator[Section]:
    if plan.posts is not None:
        yield _stages(plan.posts)
    if plan.subjects is not None:
        yield _county(plan)
    yield from coming_sections(plan)
    if plan.posts is not None:
        yield _posts(plan.posts)
    if plan.subjects is not None:
        yield _by_school(plan)
        yield _named(plan)
    if plan.careers:
        yield _careers(plan)


def _exact(value: Fraction | None) -> Value:
    return OPEN if value is None else float(value)


def _open(value: float | None) -> Value:
    return OPEN if value is None else value


def _stages(posts: PostPlan) -> Section:
    rows = [(stage.label, _open(due), posts.known_only[stage]) for stage, due in posts.due.items()]
    return Section("县应核编制", "县应核编制", (Column("学段", 10), Column("应核（名）", 12, _W), Column("已报学校应核（名）", 14, _W)), rows)


def _posts(posts: PostPlan) -> Section:
    rows: list[Sequence[Value]] = []
    for each in posts.rows:
        row = each.row
        rows.append((row.school, row.name, row.stage.label, row.pupils, row.classes, each.method, _exact(each.exact), _open(each.share), row.quota, _open(each.over),
                     row.on_quota, _open(each.vacant), row.off_quota, "有编不补风险" if each.unfilled else ""))  # fmt: skip
    columns = (*_SCHOOL, Column("学段", 8), Column("在校生（人）", 9, _W), Column("班数（个）", 8, _W), Column("核编办法", 30), Column("应核（未进位）", 13, _T), Column("应配（名）", 8, _W),
               Column("核定", 8, _W), Column("核定比应配多", 12, _W), Column("在编", 8, _W), Column("空编", 8, _W), Column("在岗不在编", 11, _W), Column("预警", 14))  # fmt: skip
    return Section("各校编制", "各校编制", columns, rows, "应配：县应核编制分到各校的整数，合计等于县应核编制。跨校调剂须由县委编办（机构编制委员会）确认。")


def _need(each: Need) -> tuple[Value, ...]:
    return _open(each.low), _open(each.high), "未交名单" if each.have is None else each.have, _open(each.short), _open(each.over)


_NEED = (Column("需要（下限）", 12, _T), Column("需要（上限）", 12, _T), Column("现有", 10, _W), Column("缺", 10, _T), Column("余", 10, _T))


def _county(plan: StaffingPlan) -> Section:
    assert plan.subjects is not None
    subjects = {each.id: each for each in curriculum()}
    rows = [(subjects[each.subject].title, "加强" if subjects[each.subject].named else "", *_need(each), _open(each.to_find)) for each in plan.subjects.county]
    return Section("学科", "全县学科教师", (Column("学科", 34), Column("文件点名", 14), *_NEED, Column("须补（人）", 10, _W)), rows, "单位：满工作量教师。")


def _by_school(plan: StaffingPlan) -> Section:
    assert plan.subjects is not None
    titles, names = {each.id: each.title for each in curriculum()}, {each.school: each.name for each in plan.request.classes}
    rows = [(each.school, names[each.school], titles[each.subject], *_need(each)) for each in plan.subjects.schools if each.high != 0 or each.have]
    return Section("各校学科", "各校学科教师", (*_SCHOOL, Column("学科", 34), *_NEED), rows, "单位：满工作量教师。")


def _named(plan: StaffingPlan) -> Section:
    rows = [(each.school, each.name, each.what, _open(each.need), "未交名单" if each.have is None else each.have, _open(each.to_find)) for each in plan.named]
    columns = (*_SCHOOL, Column("教师", 14), Column("应有", 8, _W), Column("现有", 10, _W), Column("须补", 8, _W))
    return Section("心理特教", "心理健康、特殊教育教师", columns, [row for row in rows if row[5] != 0], "心理健康教师每校 1 名是鼓励性要求。已配齐的不列。")


def _careers(plan: StaffingPlan) -> Section:
    people = {each.number: each for each in plan.request.teachers}
    rows = [(each.number, mask_name(people[each.number].name), each.why) for each in plan.careers]
    return Section("任职条件", "乡村或薄弱学校任教年数", (Column("教师编号", 14), Column("姓名", 10), Column("核对", 90)), rows, on_page=0)
