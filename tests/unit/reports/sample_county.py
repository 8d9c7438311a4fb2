"""A small made-up county for looking at reports: ten schools and campuses, both stages, some figures missing.

Facts and verdict agree with each other because the verdict's resource figures are worked out here from the facts,
in the plainest way; criteria are written down by hand.
"""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal
from fractions import Fraction

from junheng.common.findings import Finding, Level, Place
from junheng.intake.model import Facts, Row, SourceCell, county_key, school_key
from junheng.judging.result import (
    BalanceVerdict,
    CountyVerdict,
    CriterionVerdict,
    DemandVerdict,
    Evidence,
    Excluded,
    Gap,
    IndicatorVerdict,
    Influence,
    SchoolVerdict,
    StageVerdict,
    Verdict,
)
from junheng.policy.in_force import Cited, Source
from junheng.tables import table

COUNTY_CODE, SCHOOL_YEAR = "210199", 2025
WEIGHTS = {"primary": Fraction(1), "junior": Fraction(11, 10), "senior": Fraction(33, 25)}
LIMITS = {
    "primary": ("4.2", "1", "0.9", "4.5", "7.5", "2000", "2.3"),
    "junior": ("5.3", "1", "0.9", "5.8", "10.2", "2500", "2.4"),
}
INDICATORS = (
    ("higher_degree_teachers_per100", "高于规定学历教师", "人"), ("backbone_teachers_per100", "县级以上骨干教师", "人"),
    ("pe_art_teachers_per100", "体育艺术教师", "人"), ("teach_area_per_pupil", "教学及辅助用房", "㎡"),
    ("sport_area_per_pupil", "体育运动场馆", "㎡"), ("equipment_value_per_pupil", "教学仪器设备", "元"),
    ("multimedia_rooms_per100", "网络多媒体教室", "间"),
)  # fmt: skip
HOSTILE_NAME = "=HYPERLINK(\"http://x\")</script><b>小学"


def cited(text: str, clause: str, unverified: str = "") -> Cited:
    return Cited(Decimal(text), Source("jiaodu_2017_6", clause), date(2017, 4, 19), unverified)


def _school(serial: int, name: str, kind: str, pupils: dict[str, int | None], campus: str = "", **given: object) -> Row:
    row: Row = {column.name: None for column in table("school").columns}
    total = sum(n or 0 for n in pupils.values())
    row |= {
        "county_code": COUNTY_CODE, "school_code": f"{kind[0]}{'1' if kind != '312' else '2'}21{serial:06d}"[:10], "school_name": name, "campus": campus,
        "school_type": kind, "sponsor": "7", "urban_rural": "111" if serial % 3 else "220", "is_boarding": False,
        "founded_year": 1990 + serial, "built_by_2010": True, "built_by_2016": True, "is_dense_urban_core": serial == 1,
        "is_small_rural_50_99": 50 <= total < 100, "is_small_rural_class_under_30": False, "grades": 6 if kind == "211" else 9,
        "classes": max(1, total // 40), "classes_36_40": max(1, total // 40), "classes_41_45": 0,
        "migrant_pupils": total // 10, "full_time_teachers": total // 15, "certified_teachers": total // 15,
        "trained_360h_teachers": total // 15 - serial % 2, "backbone_teachers": total // 80, "pe_teachers": total // 250,
        "music_teachers": total // 300, "fine_art_teachers": total // 300, "art_teachers": 0,
        "teach_aux_area_m2": total * 5.9, "indoor_pe_area_m2": total * 0.4, "gym_area_m2": total * 1.5,
        "sport_field_area_m2": total * (7.5 + serial / 3), "equipment_value_yuan": total * (2100.0 + 70 * serial),
        "multimedia_rooms": total // 38, "music_rooms": 1, "music_rooms_from_96_m2": 1, "music_rooms_73_to_96_m2": 0,
        "music_rooms_61_to_73_m2": 0, "art_rooms": 1, "art_rooms_from_90_m2": 0, "art_rooms_67_to_90_m2": 1,
        "art_rooms_61_to_67_m2": 0, "running_budget_yuan": total * 1350.0, "running_spent_yuan": total * 1320.0,
        "training_budget_yuan": total * 70.0,
    }  # fmt: skip
    for stage, n in pupils.items():
        row[f"students_{stage}"] = n
        row[f"catchment_pupils_{stage}"] = n
        row[f"bachelor_teachers_{stage}"] = (n or 0) // 18
        row[f"junior_college_teachers_{stage}"] = (n or 0) // 60
        row[f"master_teachers_{stage}"] = 1
        row[f"doctor_teachers_{stage}"] = 0
    if "junior" in pupils:
        row |= {"graduates": 190, "grade7_pupils_3_years_ago": 200, "transfers_in_3_years": 10, "transfers_out_3_years": 15,
                "deaths_3_years": 1}  # fmt: skip
    return row | given


def sample_facts() -> Facts:
    """The facts of ten schools and campuses and their county, every figure with a made-up cell."""
    schools = [
        _school(1, "示例市中心小学", "211", {"primary": 1260}),
        _school(2, "示例二小学", "211", {"primary": 742}, backbone_teachers=4),
        _school(3, "示例镇青山小学", "211", {"primary": 62}, pe_teachers=0, visiting_pe_teachers=1, music_teachers=0),
        _school(4, HOSTILE_NAME, "211", {"primary": 388}, equipment_value_yuan=None),
        _school(5, "示例镇柳河教学点", "218", {"primary": 32}),
        _school(6, "示例第一初级中学", "311", {"junior": 980}, teach_aux_area_m2=4802.0),
        _school(7, "示例第二初级中学", "311", {"junior": 655}, pe_teachers=1, music_teachers=1, fine_art_teachers=1),
        _school(8, "示例九年一贯制学校", "312", {"primary": 166, "junior": 210}),
        _school(9, "示例实验学校", "312", {"primary": 540, "junior": 0}, campus="东校区", running_budget_yuan=None),
        _school(9, "示例实验学校", "312", {"primary": 0, "junior": 470}, campus="西校区"),
        _school(11, "示例完全中学", "341", {"junior": 420, "senior": 760}),
    ]
    county: Row = {column.name: None for column in table("county").columns}
    county |= {
        "county_name": "示例区", "county_code": COUNTY_CODE, "school_year": SCHOOL_YEAR, "primary_quota_yuan": 1150.0,
        "junior_quota_yuan": 1350.0, "special_school_funds_yuan": 1_264_000.0, "special_school_pupils": 158,
        "teacher_pay_yuan": 98600.0, "civil_servant_pay_yuan": 97200.0, "rotation_eligible": 812, "rotated_teachers": 93,
        "rotated_backbone_teachers": 21, "senior_high_places": 900, "senior_high_allocated": 480,
        "senior_high_allocated_rural": 120, "migrant_eligible": 640, "migrant_in_public": 600, "migrant_in_purchased": 12,
        "disabled_children": 71, "disabled_enrolled": 69, "disabled_in_special_schools": 40,
        "resident_population": 523_400.0, "rural_population": 101_200.0, "townships": 7, "villages": 63,
        "gdp_per_head_yuan": 78412.6, "questionnaires": 2100, "questionnaires_valid": 2032,
        "questionnaires_satisfied": 1911, "interviews": 120, "interviews_satisfied": 113,
        "level_chinese": 3, "difference_chinese": 0.121, "level_mathematics": 3, "difference_mathematics": 0.149,
        "veto_entrance_exam": False,
    }  # fmt: skip
    judgement: list[Row] = [
        {"county_code": COUNTY_CODE, "criterion": "layout", "outcome": "pass", "evidence": "布局规划（2021—2035）",
         "judged_by": "督导室", "judged_on": "2025-10-12"}]  # fmt: skip
    facts = Facts(SCHOOL_YEAR, schools, [county], judgement)
    for row in schools:
        file = f"学校/{row['school_code']}{row['campus']}.xlsx"
        for line, (name, value) in enumerate(row.items(), 2):
            if value is not None:
                facts.cells["school", school_key(row), name] = SourceCell(Place(file, "学校填报数据", f"E{line}"), str(value))
    for line, (name, value) in enumerate(county.items(), 2):
        if value is not None:
            facts.cells["county", county_key(county), name] = SourceCell(
                Place("区县填报表格.xlsx", "区县填报数据", f"E{line}"), str(value))  # fmt: skip
    return facts


def _number(row: Row, *names: str) -> float | None:
    values = [row[name] for name in names]
    if any(value is None for value in values):
        return None
    return float(sum(value for value in values if isinstance(value, int | float)))


def _numerators(row: Row, stage: str, weight: float) -> list[float | None]:
    degrees = ["bachelor", "master", "doctor"] + (["junior_college"] if stage == "primary" else [])
    claimed = ("visiting_pe_teachers",) if row["is_small_rural_50_99"] and row["visiting_pe_teachers"] else ()
    area, indoor = _number(row, "teach_aux_area_m2"), _number(row, "indoor_pe_area_m2")
    whole = [
        _number(row, "backbone_teachers"),
        _number(row, "pe_teachers", "music_teachers", "fine_art_teachers", "art_teachers", *claimed),
        None if area is None or indoor is None else area - indoor,
        _number(row, "gym_area_m2", "sport_field_area_m2"),
        _number(row, "equipment_value_yuan"),
        _number(row, "multimedia_rooms"),
    ]
    first = _number(row, *(f"{degree}_teachers_{stage}" for degree in degrees))
    return [first, *(None if value is None else value * weight for value in whole)]


def _school_verdict(row: Row, stage: str) -> SchoolVerdict:
    pupils = row[f"students_{stage}"]
    assert isinstance(pupils, int)
    weighted = {s: WEIGHTS[s] * (int(str(row[f"students_{s}"] or 0))) for s in WEIGHTS}
    weight = float(weighted[stage] / sum(weighted.values()))
    out = []
    for index, x in enumerate(_numerators(row, stage, weight)):
        name, what, unit = INDICATORS[index]
        per = 1 if unit in ("㎡", "元") else 100
        value = None if x is None else x / pupils * per
        limit = float(LIMITS[stage][index])
        short = 0.0 if value is None else max(0.0, (limit - value) * pupils / per / weight)
        amount = math.ceil(short) if per == 100 else short
        out.append(
            IndicatorVerdict(
                f"L{index + 1}", name, value, 0.0 if value is None else value, math.inf if value is None else value,
                cited(LIMITS[stage][index], f"第六条（{index + 1}）"), limit * 0.85,
                None if value is None else value >= limit,
                None if value is None else limit * 0.85 <= value < limit,
                None if value is None else (value - limit) / limit,
                Gap(what, unit, amount, 0.0) if amount else None,
                exception="small_rural_visiting_teachers" if index == 2 and row["is_small_rural_50_99"] else "",
                by_exception=index == 2 and bool(row["is_small_rural_50_99"]),
                converted=index in (1, 2) and weight < 1,
            )
        )  # fmt: skip
    met, known = sum(v.met is True for v in out), [v for v in out if v.margin is not None]
    low = any(v.met is False and not v.near for v in out)
    verdict = Verdict.FAIL if low or sum(v.met is False for v in out) > 1 else Verdict.PASS if met >= 6 and len(known) == 7 else Verdict.INSUFFICIENT
    return SchoolVerdict(COUNTY_CODE, str(row["school_code"]), str(row["campus"] or ""), str(row["school_name"]), stage, pupils,
                         tuple(out), verdict, min(known, key=lambda v: v.margin or 0).code)  # fmt: skip


def _stage_verdict(facts: Facts, stage: str, cv_limit: str) -> StageVerdict:
    rows = [row for row in facts.school if row[f"students_{stage}"] and row["school_type"] != "218"]
    schools = tuple(_school_verdict(row, stage) for row in rows)
    balance = []
    for index in range(7):
        values = [s.indicators[index].value for s in schools]
        limit = cited(cv_limit, "第六条")
        mean = sd = cv = None
        if all(value is not None for value in values):
            pairs = [(s.students or 0, s.indicators[index].value or 0.0) for s in schools]
            total = sum(p for p, _ in pairs)
            mean = sum(p * x for p, x in pairs) / total
            sd = math.sqrt(sum(p * (x - mean) ** 2 for p, x in pairs) / total)
            cv = sd / mean
        verdict = Verdict.INSUFFICIENT if cv is None else Verdict.PASS if cv <= float(cv_limit) else Verdict.FAIL
        margin = None if cv is None else (float(cv_limit) - cv) / float(cv_limit)
        flips = (Influence(schools[0].code, "", schools[0].name, 0.43, 0.41, True, True),) if verdict is Verdict.FAIL else ()
        balance.append(BalanceVerdict(f"L{index + 1}", INDICATORS[index][0], mean, sd, cv, cv, cv, 0.213 if cv is None else cv, limit,
                                      verdict, margin, len(schools), flips))  # fmt: skip
    order = (Verdict.FAIL, Verdict.INSUFFICIENT, Verdict.PASS)
    worst = next(v for v in order if any(b.verdict is v for b in (*balance, *schools)))
    cvs = [b.cv for b in balance if b.cv is not None]
    return StageVerdict(stage, tuple(balance), sum(cvs) / 7 if len(cvs) == 7 else None, None, schools, worst)


P, F, W = Verdict.PASS, Verdict.FAIL, Verdict.INSUFFICIENT
_CRITERIA: tuple[tuple[str, str, int, str, Verdict, tuple[DemandVerdict, ...], tuple[str, ...]], ...] = (
    ("layout", "government", 1, "学校规划布局合理", P, (), ("学校规划布局合理，符合国家规定要求",)),
    ("unified_standards", "government", 2, "城乡四统一", W, (DemandVerdict("primary_quota", "", 1150.0, 1150.0, 1.0, cited("720", "第七条（二）"), "at_least", P),), ("建设标准统一", "编制标准统一")),
    ("music_art_rooms", "government", 3, "音乐、美术专用教室", F, (DemandVerdict("music_rooms", "", None, None, None, cited("1", "第七条（三）"), "at_least", F, ("2121000001",), by_exception={"rooms_built_by_2016": ("2121000002",)}, gap=Gap("音乐专用教室", "间", 2.0, 0.0)),), ()),
    ("school_size", "government", 4, "学校规模", P, (DemandVerdict("school_size", "", None, None, None, cited("2000", "第七条（四）"), "at_most", P),), ()),
    ("class_size", "government", 5, "班额", W, (DemandVerdict("oversize_classes", "", None, None, None, cited("0", "第七条（五）"), "at_most", W, undecided=("3121000006",)),), ()),
    ("small_school_funding", "government", 6, "小规模学校公用经费", P, (DemandVerdict("small_school_funding", "", None, None, None, cited("1", "第七条（六）"), "at_least", P),), ()),
    ("special_education_funding", "government", 7, "特殊教育生均公用经费", P, (DemandVerdict("special_education_funding", "", 8000.0, 1264000.0, 158.0, cited("8000", "第七条（七）"), "at_least", P),), ("随班就读残疾学生生均公用经费不低于 8000 元",)),
    ("teacher_pay", "government", 8, "教师工资", P, (DemandVerdict("teacher_pay", "", 1.0144, 98600.0, 97200.0, cited("1", "第七条（八）"), "at_least", P),), ("足额核定教师绩效工资总量",)),
    ("training_hours", "government", 9, "教师 5 年 360 学时培训", F, (DemandVerdict("training_hours", "", 0.985, 394.0, 400.0, cited("1", "第七条（九）"), "at_least", F, gap=Gap("满 360 学时专任教师", "人", 6.0, 0.0)),), ()),
    ("staffing_allocation", "government", 10, "统筹分配编制", W, (), ("统筹分配各校教职工编制和岗位数量",)),
    ("rotation", "government", 11, "交流轮岗", P, (DemandVerdict("rotation_share", "", 0.1145, 93.0, 812.0, cited("0.10", "第七条（十一）"), "at_least", P), DemandVerdict("rotation_backbone_share", "", 0.2258, 21.0, 93.0, cited("0.20", "第七条（十一）"), "at_least", P)), ()),
    ("teacher_certificates", "government", 12, "持证上岗", P, (DemandVerdict("teacher_certificates", "", 1.0, 400.0, 400.0, cited("1", "第七条（十二）"), "at_least", P),), ()),
    ("nearby_enrolment", "government", 13, "就近划片入学", P, (DemandVerdict("nearby_enrolment", "primary", 1.0, 2770.0, 2770.0, cited("1", "第七条（十三）"), "at_least", P), DemandVerdict("nearby_enrolment", "junior", 1.0, 1800.0, 1800.0, cited("0.95", "第七条（十三）"), "at_least", P)), ()),
    ("senior_high_quota", "government", 14, "优质高中名额分配", P, (DemandVerdict("senior_high_share", "", 0.5333, 480.0, 900.0, cited("0.5", "第七条（十四）"), "at_least", P),), ()),
    ("migrant_children", "government", 15, "随迁子女与留守儿童", W, (DemandVerdict("migrant_share", "", 0.95625, 612.0, 640.0, cited("0.85", "第七条（十五）"), "at_least", P),), ("留守儿童关爱体系健全",)),
    ("retention", "quality", 1, "初中三年巩固率", P, (DemandVerdict("retention", "", 0.9799, 975.0, 995.0, cited("0.95", "第八条（一）"), "at_least", P),), ()),
    ("disabled_enrolment", "quality", 2, "残疾儿童少年入学率", P, (DemandVerdict("disabled_share", "", 0.9718, 69.0, 71.0, cited("0.95", "第八条（二）"), "at_least", P),), ()),
    ("charters_and_it", "quality", 3, "章程与信息化", W, (), ("所有学校制定章程",)),
    ("training_budget", "quality", 4, "教师培训经费", F, (DemandVerdict("training_budget_share", "", None, None, None, cited("0.05", "第八条（四）"), "at_least", F, ("3121000007",), ("3221000009@东校区",), gap=None),), ()),
    ("it_use", "quality", 5, "信息化手段运用", W, (), ("教师能熟练运用信息化手段组织教学",)),
    ("moral_and_culture", "quality", 6, "德育与校园文化", W, (), ("德育工作、校园文化建设水平达到良好以上",)),
    ("curriculum", "quality", 7, "课程开齐开足", W, (), ("课程开齐开足",)),
    ("workload", "quality", 8, "课业负担", W, (), ("无过重课业负担",)),
    ("national_monitoring", "quality", 9, "国家义务教育质量监测", W, (DemandVerdict("level_chinese", "", 3.0, 3.0, 1.0, cited("3", "第八条（九）"), "at_least", P), DemandVerdict("difference_chinese", "", 0.121, 0.121, 1.0, cited("0.15", "第八条（九）"), "less_than", P)), ()),
    ("recognition", "recognition", 1, "社会认可度", P, (DemandVerdict("questionnaire_satisfaction", "", 0.9405, 1911.0, 2032.0, cited("0.85", "第九条"), "at_least", P), DemandVerdict("interview_satisfaction", "", 0.9417, 113.0, 120.0, cited("0.85", "第九条"), "at_least", P)), ()),
    ("veto", "veto", 1, "一票否决事项", W, (DemandVerdict("veto_entrance_exam", "", 0.0, 0.0, 1.0, cited("0", "第十条"), "equal", P), DemandVerdict("veto_school_choice", "", None, None, None, cited("0", "第十条"), "equal", W)), ()),
)  # fmt: skip


def sample_verdict(facts: Facts | None = None) -> CountyVerdict:
    facts = facts or sample_facts()
    criteria = {}
    for key, group, number, title, conclusion, demands, needed in _CRITERIA:
        article = {"government": "第七条", "quality": "第八条"}.get(group, "第九条")
        only = demands[0] if len(demands) == 1 else None
        criteria[key] = CriterionVerdict(
            key, group, number, title, f"教督〔2017〕6号 {article}（{number}）", only.value if only else None,
            tuple(code for d in demands for code in d.failing), conclusion,
            Evidence(needed, P if key == "layout" else W) if needed else None, conclusion, demands,
            ("一票否决第 7 项是否属国家清单待核",) if key == "veto" else (),
        )  # fmt: skip
    stages = {"primary": _stage_verdict(facts, "primary", "0.50"), "junior": _stage_verdict(facts, "junior", "0.45")}
    return CountyVerdict(
        COUNTY_CODE, "示例区", SCHOOL_YEAR, "jiaodu_2017_6", "2025-09-01", "sha256:" + "ab" * 32, "duckdb", Verdict.FAIL,
        stages, criteria, (Excluded("2121000005", "", "示例镇柳河教学点", "teaching_point_under_50"),),
        reasons=("初中“每百名学生拥有体育、艺术专任教师数”有 2 所学校低于 85% 底线", "音乐专用教室 1 所学校不足", "教师 5 年 360 学时培训完成率 98.5%，须为 100%"),
        unverified=("特殊口径的截止日期尚未核实",),
        exceptions=("依例外达标，截止日待核：示例镇青山小学（到校走教体音美教师计入）",),
    )  # fmt: skip


def sample_findings() -> list[Finding]:
    place = Place("学校/2121000004.xlsx", "学校填报数据", "E52")
    return [
        Finding(Level.ERROR, "E-multimedia-within-classrooms", place, "“网络多媒体教室间数”为 41，多于“教室总数”38", "请核对两项，或在备注说明", "multimedia_rooms", "2121000004"),
        Finding(Level.WARNING, "W-not-reported", Place("学校/2121000004.xlsx", "学校填报数据", "E49"), "“教学仪器设备资产值（账面原值）”未报", "请补报", "equipment_value_yuan", "2121000004"),
    ]  # fmt: skip
