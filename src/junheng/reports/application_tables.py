"""国家申报表 表Ⅰ, Ⅱ-1, Ⅱ-2, Ⅲ and Ⅵ as grids: the official layout, filled."""

from __future__ import annotations

from collections.abc import Sequence

from junheng.common.stages import COMPULSORY_STAGES, Stage
from junheng.intake.model import Row
from junheng.judging.result import IndicatorVerdict, SchoolVerdict, Verdict
from junheng.reports.context import CountyReport
from junheng.reports.figures import COMBINED_TYPES, TEACHING_POINT, number, of_stage
from junheng.reports.grid import COVERED, Cell, Grid, Line, Look, head_lines, l_boxes
from junheng.reports.recognition import Recognition, recognition_table
from junheng.reports.words import school_label, verdict_words

RESOURCE_HEADS = (
    "每百名学生拥有高于规定学历教师数", "每百名学生拥有县级及以上骨干教师数", "每百名学生拥有体育、艺术（美术、音乐）专任教师数",
    "生均教学及辅助用房面积（㎡）", "生均体育运动场馆面积（㎡）", "生均教学仪器设备值（元）", "每百名学生拥有网络多媒体教室数",
)  # fmt: skip
_SCHOOL_COUNTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("primary_schools", ("211",)), ("nine_year_schools", ("312",)), ("junior_schools", ("311",)),
    ("complete_middle_schools", ("341",)), ("twelve_year_schools", ("345",)),
    ("special_schools", ("511", "512", "513", "514")), ("teaching_points", (TEACHING_POINT,)),
)  # fmt: skip


def table_1(report: CountyReport) -> Grid:
    """表Ⅰ: the county's own figures, then sums over its schools."""
    boxes = (
        ("A1:D1", "自然情况"), ("E1:H1", "经济情况"), ("I1:M1", "普通中小学校数（所）"), ("N1:N3", "特殊教育学校（所）"),
        ("O1:P1", "小学教学点数（个）"), ("Q1:R1", "教学班数（个）"), ("S1:T1", "在校学生数（人）"), ("U1:X1", "教职工数（人）"),
        ("A2:A3", "人口总数（万人）"), ("B2:B3", "农业人口数（万人）"), ("C2:C3", "乡镇数（个）"), ("D2:D3", "行政村数（个）"),
        ("E2:E3", "年人均国内生产总值（元）"), ("F2:F3", "年人均地方财政收入（元）"), ("G2:G3", "农民年人均纯收入（元）"),
        ("H2:H3", "城镇居民年人均可支配收入（元）"), ("I2:I3", "小学"), ("J2:J3", "九年一贯制学校"), ("K2:K3", "初中"),
        ("L2:L3", "完全中学"), ("M2:M3", "十二年一贯制学校"), ("O2:O3", "计"), ("P2:P3", "其中：50人及以上"),
        ("Q2:Q3", "小学"), ("R2:R3", "初中"), ("S2:S3", "小学"), ("T2:T3", "初中"), ("U2:V2", "小学"), ("W2:X2", "初中"),
        ("U3", "合计"), ("V3", "其中专任教师"), ("W3", "合计"), ("X3", "其中专任教师"),
    )  # fmt: skip
    figures = report.figures
    line = [_ten_thousand(figures.county(name)) for name in ("resident_population", "rural_population")]
    line += [Cell(figures.county(name), Look.WHOLE) for name in
             ("townships", "villages", "gdp_per_head_yuan", "revenue_per_head_yuan", "farmer_income_yuan", "urban_income_yuan")]  # fmt: skip
    line += [_school_count(report, name, types) for name, types in _SCHOOL_COUNTS]
    line.append(_points_from_50(report))
    for base in ("classes", "students"):
        line += [figures.stage_total(base, stage).cell() for stage in COMPULSORY_STAGES]
    for stage in COMPULSORY_STAGES:
        line += [figures.stage_total(base, stage).cell() for base in ("staff", "full_time_teachers")]
    return Grid(
        "表Ⅰ", "表Ⅰ　义务教育优质均衡发展县（市、区）基本情况", (9.5, 9.5, 7.5, 7.5, *(10.5,) * 4, *(7.5,) * 8, 15, 15, 10, 10, 16, 16, 16, 16),
        head_lines(24, *boxes, *l_boxes("ABCDEFGHIJKLMNOPQRSTUVWX", 4)), [line],
        ("注：“人口总数”和“农业人口数”按常住人口统计，数字保留两位小数。L5—L8 列数字保留整数。",
         "L9—L16 区县表未报的，按已报的学校表计数，没有该类学校表的记“未报”；L17—L24 由各校填报数汇总，一贯制学校和完全中学未分学段填报的，不计入，并注明缺几校。"),
        a3=True, subtitle=report.heading,
    )  # fmt: skip


def _ten_thousand(people: float | None) -> Cell:
    return Cell(None if people is None else people / 10000, Look.TWO)


def _school_count(report: CountyReport, name: str, types: tuple[str, ...]) -> Cell:
    reported = report.figures.county(name)
    counted = len({str(r["school_code"]) for r in report.figures.schools if str(r["school_type"]) in types})
    return Cell(reported if reported is not None else counted or None, Look.WHOLE)


def _points_from_50(report: CountyReport) -> Cell:
    reported = report.figures.county("teaching_points_from_50")
    if reported is not None:
        return Cell(reported, Look.WHOLE)
    points = [number(r, "students_primary") for r in report.figures.schools if str(r["school_type"]) == TEACHING_POINT]
    if not points or any(pupils is None for pupils in points):
        return Cell(None, Look.WHOLE)
    return Cell(sum((pupils or 0) >= 50 for pupils in points), Look.WHOLE)


def table_2_1(report: CountyReport) -> Grid:
    """表Ⅱ-1: how many schools reach each indicator, and the whole rule."""
    body: list[Line] = []
    for stage in COMPULSORY_STAGES:
        verdict = report.verdict.stages.get(stage)
        schools = verdict.schools if verdict else ()
        by_indicator = [[school.indicators[i].met for school in schools] for i in range(7)]
        overall = [None if s.verdict is Verdict.INSUFFICIENT else s.verdict is Verdict.PASS for s in schools]
        columns = [*by_indicator, overall]
        body.append([Cell(stage.label, Look.CENTRE, rows=2), Cell("达标学校总数", Look.CENTRE), *map(_reaching, columns)])
        body.append([COVERED, Cell("达标学校比例（%）", Look.CENTRE), *map(_share, columns)])
    heads = [(f"{letter}1", text) for letter, text in zip("CDEFGHIJ", (*RESOURCE_HEADS, "综合评估"), strict=True)]
    return Grid(
        "表Ⅱ-1", "表Ⅱ-1　小学、初中资源配置基本情况", (7, 17, *(15,) * 8),
        head_lines(10, ("A1:B2", ""), *heads, *l_boxes("CDEFGHIJ", 2)), body,
        ("注：有缺报项因而不能确定是否达标的学校记“待定”，不计入达标学校数。",), subtitle=report.heading,
    )  # fmt: skip


def _reaching(met: Sequence[bool | None]) -> Cell:
    waiting = sum(each is None for each in met)
    return Cell(sum(each is True for each in met), Look.WHOLE, after=f"（{waiting} 所待定）" if waiting else "")


def _share(met: Sequence[bool | None]) -> Cell:
    return Cell(sum(each is True for each in met) / len(met) * 100, Look.ONE) if met else Cell("—", Look.CENTRE)


def table_2_2(report: CountyReport) -> Grid:
    """表Ⅱ-2: every school's seven figures."""
    names = ("序号", "学校名称", "举办者类型", "在校生数", "年级数", "班级数", *RESOURCE_HEADS, "该校综合评估是否达标",
             "备注（注明有哪几项指标达标，哪几项指标达到85%）")  # fmt: skip
    heads = [(f"{letter}1", text) for letter, text in zip("ABCDEFGHIJKLMNO", names, strict=True)]
    body: list[Line] = []
    for stage in COMPULSORY_STAGES:
        verdict = report.verdict.stages.get(stage)
        for serial, school in enumerate(verdict.schools if verdict else (), 1):
            body.append(_school_line(report, stage, serial, school))
    return Grid(
        "表Ⅱ-2", "表Ⅱ-2　小学、初中资源配置基本情况（分学校）", (5, 24, 7, 8, 7, 10, *(10.5,) * 7, 9, 40),
        head_lines(15, *heads, *l_boxes("ABCDEFGHIJKLMN", 2), ("O2", "")), body, _table_2_2_notes(report), a3=True,
        subtitle=report.heading,
    )  # fmt: skip


def _school_line(report: CountyReport, stage: Stage, serial: int, school: SchoolVerdict) -> Line:
    row = report.school_rows.get((school.code, school.campus), {})
    return [
        Cell(serial, Look.WHOLE), Cell(school_label(school.name, school.campus)), _text(row.get("sponsor")),
        Cell(school.students, Look.WHOLE), Cell(number(row, "grades"), Look.WHOLE), _classes(row, stage),
        *(Cell(each.value, Look.TWO) for each in school.indicators),
        Cell(verdict_words(school.verdict, yes="是", no="否"), Look.CENTRE), Cell(remark(school.indicators)),
    ]  # fmt: skip


def _classes(row: Row, stage: Stage) -> Cell:
    """Classes of the stage; the whole school's, and saying so, where they were not reported by stage."""
    own = of_stage(row, "classes", stage)
    whole = number(row, "classes")
    return Cell(whole, Look.WHOLE, after="（全校）") if own is None and whole is not None else Cell(own, Look.WHOLE)


def _text(value: object) -> Cell:
    return Cell(None if value is None else str(value), Look.CENTRE)


def remark(indicators: Sequence[IndicatorVerdict]) -> str:
    """Which of the seven reach the limit, which the 85 % line, which neither, which are not known."""
    groups = (
        ("达标", [i for i in indicators if i.met is True]),
        ("达到85%", [i for i in indicators if i.met is False and i.near]),
        ("不足85%", [i for i in indicators if i.met is False and i.near is False]),
        ("待定", [i for i in indicators if i.met is None or (i.met is False and i.near is None)]),
    )
    parts = [f"第{_numbers(group)}项{word}" for word, group in groups if group]
    notes = (("依例外达标，截止日待核", [i for i in indicators if i.by_exception]), ("学段折算", [i for i in indicators if i.converted]))
    parts += [f"（第{_numbers(group)}项{word}）" for word, group in notes if group]
    return "；".join(part for part in parts if not part.startswith("（")) + "".join(p for p in parts if p.startswith("（"))


def _numbers(group: Sequence[IndicatorVerdict]) -> str:
    return "、".join(each.code.lstrip("L") for each in group)


def _table_2_2_notes(report: CountyReport) -> tuple[str, ...]:
    listed = {}
    for stage in COMPULSORY_STAGES:
        verdict = report.verdict.stages.get(stage)
        rows = [report.school_rows.get((s.code, s.campus), {}) for s in (verdict.schools if verdict else ())]
        listed[stage] = [str(row.get("school_type") or "") for row in rows]
    primary, junior = listed[Stage.PRIMARY], listed[Stage.JUNIOR]
    combined_primary, combined_junior = (sum(t in COMBINED_TYPES for t in types) for types in (primary, junior))
    counts = (
        f"注：1.小学学校总数 {len(primary)} 所（其中：一贯制学校的小学部有 {combined_primary} 所，50人及以上教学点有 "
        f"{primary.count(TEACHING_POINT)} 个），初中学校总数 {len(junior)} 所（其中：一贯制学校的初中部 {combined_junior} 所，"
        f"完全中学的初中部 {junior.count('341')} 所）。"
    )
    codes = (
        "2.举办者类型处填写代码：中央教育部门代码为1、中央其他部门为2、省级教育部门为3、省级其他部门为4、地级教育部门为5、地级其他部门为6、"
        "县级教育部门为7、县级其他部门为8、地方企业为9、民办为10。"
    )
    return (counts, codes, "3.L7—L13 数值均保留两位小数。备注中第1—7项依次为 L7—L13 各列指标；一所学校分校区的，一校区一行。")


def table_3(report: CountyReport) -> Grid:
    """表Ⅲ: county means and coefficients of variation."""
    body: list[Line] = []
    for stage in COMPULSORY_STAGES:
        verdict = report.verdict.stages.get(stage)
        balance = verdict.balance if verdict else ()
        means = [Cell(each.mean, Look.TWO) for each in balance] or [Cell("—", Look.CENTRE)] * 7
        spreads = [Cell(each.cv, Look.THREE) for each in balance] or [Cell("—", Look.CENTRE)] * 7
        composite = Cell(verdict.composite_cv, Look.THREE) if verdict and verdict.balance else Cell("—", Look.CENTRE)
        body.append([Cell(stage.label, Look.CENTRE, rows=2), Cell("全县平均值", Look.CENTRE), *means, Cell("——", Look.CENTRE)])
        body.append([COVERED, Cell("差异系数", Look.CENTRE), *spreads, composite])
    heads = [(f"{letter}1", text) for letter, text in zip("CDEFGHIJ", (*RESOURCE_HEADS, "综合"), strict=True)]
    return Grid(
        "表Ⅲ", "表Ⅲ　县域义务教育校际均衡情况", (7, 13, *(15,) * 8),
        head_lines(10, ("A1:B2", ""), *heads, *l_boxes("CDEFGHIJ", 2)), body,
        ("注：全县平均值保留两位小数，差异系数保留三位小数。",
         "任一纳入学校未报该项时，平均值和差异系数记“未报”；“综合”为各项差异系数的算术平均，仅供参考，不作判定。"),
        subtitle=report.heading,
    )  # fmt: skip


def table_6(report: CountyReport) -> Grid:
    """表Ⅵ, as the county reported it."""
    return recognition_table(report.heading, _recognition(report, ""), _recognition(report, "parent_"))


def _recognition(report: CountyReport, prefix: str) -> Recognition:
    county = report.figures.county
    names = ("questionnaires", "questionnaires_valid", "questionnaires_satisfied", "interviews", "interviews_satisfied")
    return Recognition(*(county(prefix + name) for name in names))
