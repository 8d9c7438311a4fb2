"""轮岗方案: who goes where and why, what the shares come to, and the circuits of small schools."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import isfinite
from pathlib import Path

from junheng.common.masking import mask_name
from junheng.common.school_years import school_year_label
from junheng.planning.rotation.model import RotationPlan, YearReached
from junheng.planning.rotation.together import Together
from junheng.planning.staffing.subjects import curriculum
from junheng.reports.grid import Look
from junheng.reports.plans.plan_report import Column, PlanReport, Section, write_plan

BOOK = "轮岗方案.xlsx"
_PERSON = (Column("教师编号", 14), Column("姓名", 10))


def write_rotation(folder: Path, plan: Together, names: Mapping[str, str]) -> tuple[Path, ...]:
    """Write the page and the workbook; returns their paths. names: by 教师编号; they leave masked."""
    return write_plan(folder, rotation_report(plan, names), BOOK)


def rotation_report(plan: Together, names: Mapping[str, str]) -> PlanReport:
    rotation = plan.rotation
    answer = _several(rotation) if len(rotation.years) > 1 else _year(rotation, rotation.years[0])
    fulfilled = sum(each.after.why.count("达标") + each.after.why.count("：优先") > each.before.why.count("达标") + each.before.why.count("：优先") for each in rotation.careers)
    if fulfilled:
        answer += f"使 {fulfilled} 人满足任职条件。"
    if plan.circuits:
        answer += f"小规模学校由 {sum(bool(each.base) for each in plan.circuits)} 条走教线路服务。"
    ahead = [_years(rotation)] if len(rotation.years) > 1 else []
    careers = [each for each in [_careers(rotation, names)] if each.rows]
    first, last = rotation.years[0].school_year, rotation.years[-1].school_year
    return PlanReport(
        "谁去哪所学校交流轮岗？", school_year_label(first) + (f" 至 {school_year_label(last)}" if last > first else ""), answer,
        f"先填缺口，再使轮岗次数少的先去、照顾任职条件、多往乡村和薄弱学校、路程短、各校轻重均衡；{_proof(rotation)}",
        rotation.notes, (*ahead, _moves(plan, names), _schools(plan), *careers, _circuits(plan), _left_out(plan, names)),
        (
            "符合条件：在同一学校连续任教满规定年数，不在豁免之列。轮岗不少于符合条件教师的 10%，骨干不少于轮岗教师的 20%（教督〔2017〕6号）。",
            "不使任何学校的任何学科因此缺人或超员；夫妻不同时派出；一校派出有上限；路程不超过通勤上限；方案期内一人最多一次。",
            "走教：一名教师每周到几所小规模学校，各校所需之和不超过一人；先使线路最少，再使路程最短。",
        ),
        "人选须由学校和教师本人核实；交流期满一学年计入任职条件。姓名只保留姓。",
    )  # fmt: skip


def _proof(rotation: RotationPlan) -> str:
    if not isfinite(rotation.gap):
        return "求解提前结束，没有证明与最好的方案相差多少。"
    return f"合计（折算公里）与最好的方案相差不超过 {rotation.gap:.1f}。"


def _several(rotation: RotationPlan) -> str:
    years, last = rotation.years, rotation.years[-1]
    by_year = "、".join(f"{each.school_year} 年 {each.sent} 人" for each in years)
    missed = [f"{each.school_year} 年" for each in years if not each.reached]
    shares = f"{'、'.join(missed)}达不到规定比例" if missed else "各年都达到规定比例"
    return f"{len(years)} 年共安排轮岗 {len(rotation.moves)} 人（{by_year}），一人至多一次，{shares}；到 {last.school_year} 年填补学科缺口 {last.closed} 个（共 {rotation.gaps} 个）。"


def _year(rotation: RotationPlan, each: YearReached) -> str:
    share = each.sent / each.eligible if each.eligible else 0.0
    return (f"符合条件 {each.eligible} 人，安排轮岗 {each.sent} 人（{share:.1%}，要求不少于 {each.target} 人），其中骨干 {each.backbone} 人"
            + (f"（{each.backbone / each.sent:.1%}）" if each.sent else "") + f"；填补学科缺口 {each.closed} 个（共 {rotation.gaps} 个）。")  # fmt: skip


def _years(rotation: RotationPlan) -> Section:
    rows = [(f"{each.school_year} 年", each.eligible, each.target, each.sent, each.backbone, each.closed, "达到" if each.reached else "未达到") for each in rotation.years]
    columns = (Column("学年", 10), Column("符合条件（人）", 10, Look.WHOLE), Column("至少须去（人）", 10, Look.WHOLE), Column("安排（人）", 8, Look.WHOLE), Column("其中骨干（人）", 10, Look.WHOLE),
               Column("填补缺口（个）", 10, Look.WHOLE), Column("比例", 10, Look.CENTRE))  # fmt: skip
    return Section("各年", "各年达到的比例", columns, rows, "方案派出过的教师，以后各年不再计入符合条件。")


def _careers(rotation: RotationPlan, names: Mapping[str, str]) -> Section:
    rows = [(each.before.number, mask_name(names.get(each.before.number, "")), each.gained, each.before.why, each.after.why if each.gained else "不变") for each in rotation.careers]
    columns = (*_PERSON, Column("方案增加年数", 12, Look.WHOLE), Column("现在", 80), Column("方案期末", 80))
    return Section("任职条件", "任职条件：方案前后", columns, rows, "只列拟申报高级职称或拟选任校长的教师。", on_page=0)


def _titles() -> dict[str, str]:
    return {each.id: each.title for each in curriculum()} | {"": "其他学科"}


def _moves(plan: Together, names: Mapping[str, str]) -> Section:
    schools = {each.code: each.name for each in plan.rotation.request.schools}
    titles = _titles()
    rows = [(f"{each.school_year} 年", each.number, mask_name(names.get(each.number, "")), schools[each.from_school], schools[each.to_school], titles[each.subject], "是" if each.is_backbone else "",
             each.distance_km, each.why) for each in plan.rotation.moves]  # fmt: skip
    columns = (Column("学年", 10), *_PERSON, Column("现在学校", 24), Column("轮岗到", 24), Column("学科", 26), Column("骨干", 7, Look.CENTRE), Column("公里", 8, Look.ONE), Column("为什么", 70))
    return Section("轮岗名单", "谁去哪里，为什么", columns, rows)


def _schools(plan: Together) -> Section:
    out, came = Counter(each.from_school for each in plan.rotation.moves), Counter(each.to_school for each in plan.rotation.moves)
    rows = [(each.code, each.name, "是" if each.is_weak else "", out[each.code], came[each.code]) for each in plan.rotation.request.schools if out[each.code] or came[each.code]]
    columns = (Column("学校编号", 14), Column("学校", 26), Column("乡村或薄弱", 11, Look.CENTRE), Column("派出（人）", 8, Look.WHOLE), Column("接收（人）", 8, Look.WHOLE))
    return Section("各校进出", "各校派出和接收", columns, rows)


def _circuits(plan: Together) -> Section:
    schools = {each.code: each.name for each in plan.rotation.request.schools}
    titles = _titles()
    rows = [(titles[each.subject], schools[each.base] if each.base else "通勤范围内没有基地校", "、".join(schools[code] for code in each.schools), each.need, each.km if each.base else "待定")
            for each in plan.circuits]  # fmt: skip
    columns = (Column("学科", 30), Column("基地校", 24), Column("到校", 60), Column("工作量（人）", 12, Look.TWO), Column("每周往返公里", 13, Look.ONE))
    return Section("走教线路", "小规模学校的走教线路", columns, rows, "只安排不足一人的部分；整名的缺口须补人或轮岗。基地校须有这名教师，或为其补一名。")


def _left_out(plan: Together, names: Mapping[str, str]) -> Section:
    rows = [(number, mask_name(names.get(number, "")), why) for number, why in plan.rotation.left_out.items()]
    return Section("未列入", "没有列入符合条件的教师", (*_PERSON, Column("为什么", 60)), rows, "豁免原因属个人信息，不公示。", on_page=0)
