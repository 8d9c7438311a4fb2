"""A small county filled into the public official forms with openpyxl, as a clerk would, without any of our own writers."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl

FORMS = Path(__file__).resolve().parents[3] / ".." / "shared" / "forms"
EVIDENCED = ("layout", "unified_standards", "special_education_funding", "teacher_pay", "staffing_allocation", "migrant_children",
             "charters_and_it", "it_use", "moral_and_culture", "curriculum", "workload")  # fmt: skip
_BANDS = ("25人以下", "26-30人", "31-35人", "36-40人", "41-45人", "46-50人", "51-55人", "56-60人", "61-65人", "66人以上")
_VETOES = ("存在以考试方式招生", "存在违规择校行为", "存在重点学校或重点班", "存在“有编不补”或长期聘用编外教师的情况",
           "教育系统存在重大安全责任事故和严重违纪违规事件", "有弄虚作假行为", "规范治理校外培训机构及减轻中小学课外负担不力")  # fmt: skip
Line = tuple[str, str, Any]


def _fill(form: str, values: Mapping[str, Any], extra: Iterable[Line]) -> openpyxl.Workbook:
    book = openpyxl.load_workbook(FORMS / form)
    sheet = book.worksheets[0]
    left = dict(values)
    for row in range(2, sheet.max_row + 1):
        label = sheet.cell(row, 3).value
        if label in left:
            sheet.cell(row, 5).value = left.pop(label)
    assert not left, f"lines the form does not have: {sorted(left)}"
    for label, unit, value in extra:
        sheet.append([sheet.max_row, "补充信息", label, unit, value, "否"])
    return book


def school(folder: Path, name: str, kind: str, code: str, *, primary: int | None = None, junior: int | None = None,
           senior: int | None = None, lines: Iterable[Line] = (), **changes: Any) -> None:  # fmt: skip
    """A school well above every limit; `changes` overwrite lines (label → value, None = blank)."""
    pupils = (primary or 0) + (junior or 0)
    load = (primary or 0) + 1.1 * (junior or 0) + 1.32 * (senior or 0)
    classes = -(-pupils // 40)
    rooms = -(-classes // 12)
    teachers = round(pupils * 0.08) + 6
    budget = max(pupils, 100) * 0.14
    values: dict[str, Any] = {
        "学校名称": name, "学校类型": kind, "学校代码": code, "建校时间": 2018, "是否2010年及之前规划并建成": "否",
        "是否2016年及之前规划并建成": "否", "是否人口密度过高的大城市中心城区学校": "否",
        "是否50人及以上但不足100人的乡村小规模学校和教学点": "否", "是否最大班额低于30人的农村小规模学校": "否",
        "小学学生人数": primary, "初中学生人数": junior, "进城务工人员随迁子女在校生人数": 5,
        "家庭住址在划片范围内的在校学生人数（小学）": primary, "家庭住址在划片范围内的在校学生人数（初中）": junior,
        "班级总数": classes, **{f"每班{band}班级个数": 0 for band in _BANDS}, "每班36-40人班级个数": classes,
        "专任教师总人数": teachers, "县级及以上骨干教师数": round(load * 0.016) + 1,
        "持有教师资格证的专任教师人数": teachers, "近5年培训满360学时专任教师人数": teachers,
        "体育专任教师人数": round(load * 0.008) + 1, "音乐专任教师人数": round(load * 0.004) + 1, "美术专任教师人数": 1, "艺术专任教师人数": 0,
        "教学及辅助用房总面积": round(load * 7.5 + 50, 1), "室内体育用房面积": 50, "学校体育馆面积": 0, "校内体育场面积": round(load * 13, 1),
        "教学仪器设备资产值（账面原值）": round(load * 0.3, 2), "网络多媒体教室间数": round(load * 0.03) + 1,
        "音乐教室总间数": rooms, "单间面积≥96㎡的音乐教室间数": rooms, "73㎡≤单间面积＜96㎡的音乐教室间数": 0,
        "61㎡≤单间面积＜73㎡的音乐教室间数": 0, "美术教室总间数": rooms, "单间面积≥90㎡的美术教室间数": rooms,
        "67㎡≤单间面积＜90㎡的美术教室间数": 0, "61㎡≤单间面积＜67㎡的美术教室间数": 0,
        "上一年度公用经费预算总额": round(budget, 2), "上一年度公用经费决算总额": round(budget, 2),
        "上一年度教师培训经费预算总额": round(budget * 0.06, 4),
    }  # fmt: skip
    if primary:
        values |= {"专科学历教师人数（小学）": 1, "本科学历教师人数（小学）": round(primary * 0.055), "硕士学历教师人数（小学）": 0,
                   "博士研究生学历教师人数（小学）": 0}  # fmt: skip
    if junior:
        values |= {"本科学历教师人数（初中）": round(junior * 0.07), "硕士学历教师人数（初中）": 0, "博士研究生学历教师人数（初中）": 0,
                   "本届毕业学生人数": junior // 3, "毕业年级初一时在校学生数": junior // 3, "毕业年级三年转入学生数": 2,
                   "毕业年级三年转出学生数": 2, "毕业年级三年死亡学生数": 0}  # fmt: skip
    extra = [("举办者类型", "", "县级教育部门"), ("城乡分类", "", "111"), ("是否寄宿制", "是/否", "否"), *lines]
    if senior:
        extra.append(("高中学生人数", "人", senior))
    _fill("学校填报表格.xlsx", values | changes, extra).save(folder / f"{name}.xlsx")


def county(folder: Path, *, vetoes: Mapping[str, str] | None = None, judged: Iterable[str] = EVIDENCED, **changes: Any) -> None:
    """和平区's county form with everything in order; `vetoes`: label → 是/否 instead of 否."""
    values = {
        "区县名称": "和平区", "区县代码": "210102", "填报年度": 2025, "规定的小学生均公用经费标准": 1150, "规定的初中生均公用经费标准": 1350,
        "特殊教育学校经费总额": 900000, "特殊教育学校学生人数": 100, "上年度义务教育学校教师年平均工资收入水平（不含民办学校）": 10.5,
        "当地公务员年平均工资收入": 10.2, "符合交流条件教师总数": 100, "实际交流轮岗教师数": 12, "实际交流骨干教师数量": 3,
        "优质高中招生计划总人数": 200, "优质高中招生分配指标数": 110, "向农村学校分配指标数": 30, "符合条件的随迁子女总人数": 100,
        "在县域内公办学校就读的随迁子女人数": 88, "在政府购买服务的民办学校就读随迁子女人数": 2, "适龄残疾儿童少年总数": 100,
        "适龄残疾儿童少年入学总人数": 97,
    }  # fmt: skip
    lines: list[Line] = [("问卷总数", "份", 1000), ("回收有效问卷数", "份", 950), ("满意问卷数", "份", 900), ("实地走访人数", "人", 200),
                         ("实地走访满意人数", "人", 180)]  # fmt: skip
    for subject in ("语文", "数学", "科学", "体育", "艺术", "德育"):
        lines += [(f"{subject}学业水平等级", "级", "Ⅲ"), (f"{subject}校际差异率", "", 0.12)]
    lines += [(label, "是/否", (vetoes or {}).get(label, "否")) for label in _VETOES]
    book = _fill("区县填报表格.xlsx", values | changes, lines)
    sheet = book.create_sheet("评定表")
    sheet.append(["条目", "结论", "佐证", "评定人", "日期"])
    for criterion in judged:
        sheet.append([criterion, "达标", "材料齐全", "评定组", "2025-10-01"])
    book.save(folder / "区县填报表格.xlsx")


def good_county(folder: Path) -> None:
    """Eight schools of every type, all in order."""
    shutil.copytree(_good_county().name, folder, dirs_exist_ok=True)


@cache
def _good_county() -> TemporaryDirectory[str]:
    """Filled once and copied: filling nine workbooks takes longer than judging them."""
    kept = TemporaryDirectory()
    folder = Path(kept.name)
    school(folder, "甲小学", "小学", "2121990001", primary=400)
    school(folder, "乙小学", "小学", "2121990002", primary=600)
    school(folder, "丙小学", "小学", "2121990003", primary=480)
    school(folder, "丁初中", "初中", "3121990004", junior=600)
    school(folder, "戊初中", "初中", "3121990005", junior=450)
    school(folder, "己学校", "九年一贯制", "3121990006", primary=300, junior=200)
    school(folder, "庚教学点", "小学教学点", "2121990007", primary=49)
    school(folder, "辛中学", "完全中学", "3421990008", junior=300, senior=300)
    county(folder)
    return kept
