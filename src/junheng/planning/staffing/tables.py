"""师资用表: posts by school and stage, classes by grade, teachers. Teachers are people: names leave only masked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from junheng.common.codes import SCHOOL_TYPES, SEXES, STAGES_OF_SCHOOL_TYPE, CodeList
from junheng.common.errors import UserError
from junheng.common.stages import COMPULSORY_STAGES, Stage
from junheng.intake.plain_table import read_plain_table
from junheng.planning.parameters import OVERRIDES, Parameters
from junheng.planning.staffing.careers import Career
from junheng.planning.staffing.posts import StaffRow
from junheng.planning.staffing.subjects import LAST_PRIMARY, SchoolClasses
from junheng.tables import Column, Kind, Table

_STAGES = CodeList("学段", {str(stage): stage.label for stage in COMPULSORY_STAGES}, {}, "本系统")
_CODE = Column("school", "学校编号", Kind.ID, required=True, variants=("学校标识码", "学校代码"), note="校区各有编号的按校区填")
_NAME = Column("name", "学校名称", Kind.TEXT, required=True)
POSTS = Table(
    "staff_posts", "学校编制表", "一行一所学校的一个学段", ("school", "stage"),
    (
        _CODE, _NAME, Column("stage", "学段", Kind.CODE, codes=_STAGES, required=True),
        Column("pupils", "在校生", Kind.COUNT, null_means="未报，县应核编制待定"), Column("classes", "班数", Kind.COUNT, null_means="未报；小规模学校因此待定"),
        Column("is_teaching_point", "是否教学点", Kind.FLAG, required=True), Column("quota", "核定编制", Kind.COUNT, null_means="未报"),
        Column("on_quota", "在编", Kind.COUNT, null_means="未报"), Column("off_quota", "在岗不在编", Kind.COUNT, null_means="未报，不能判断有编不补", note="代课、聘用等编外教师"),
        Column("non_teaching", "非教学人员", Kind.COUNT, null_means="未报", note="在编的行政、教辅、工勤人员"),
    ),
)  # fmt: skip
_GRADES = "一二三四五六七八九"
CLASSES = Table(
    "staff_classes", "班级数表", "一行一所学校", ("school",),
    (
        _CODE, _NAME, Column("school_type", "办学类型", Kind.CODE, codes=SCHOOL_TYPES, required=True),
        *(Column(f"grade_{at}", f"{word}年级班数", Kind.COUNT, null_means="有这个学段的为未报，没有的不适用", note="确实没有班的填 0") for at, word in enumerate(_GRADES, 1)),
        Column("included", "随班就读人数", Kind.COUNT, null_means="未报"),
    ),
)  # fmt: skip
TEACHERS = Table(
    "staff_teachers", "教师表", "一行一名专任教师", ("number",),
    (
        Column("number", "教师编号", Kind.ID, required=True, note="不得使用身份证号"), Column("name", "姓名", Kind.TEXT, personal=True, null_means="不印姓名", note="结果中只保留姓"),
        _CODE, Column("stage", "任教学段", Kind.CODE, codes=_STAGES, required=True), Column("subject", "任教学科", Kind.TEXT, null_means="未报，不计入任何学科"),
        Column("sex", "性别", Kind.CODE, codes=SEXES, personal=True, null_means="未报，不能预测退休"),
        Column("born", "出生日期", Kind.DATE, personal=True, null_means="未报，不能预测退休", note="只知年月的填当月 1 日"),
        Column("years_here", "本校连续任教（年）", Kind.AMOUNT, null_means="未报，不计入符合交流条件"), Column("is_backbone", "是否骨干教师", Kind.FLAG, required=True, note="县级及以上"),
        Column("exempt", "豁免交流原因", Kind.TEXT, personal=True, null_means="不豁免", note="如孕哺期、重病，按当地规定"),
        Column("spouse", "配偶教师编号", Kind.ID, personal=True, null_means="配偶不是本县教师"), Column("times", "以往轮岗次数", Kind.COUNT, null_means="未报"),
        Column("weak_years", "乡村或薄弱学校任教（年）", Kind.AMOUNT, null_means="未报，任职条件待定"),
        Column("applies_senior", "拟申报高级职称", Kind.FLAG, null_means="不核对"), Column("principal", "拟选任校长", Kind.FLAG, null_means="不核对"),
        Column("longitude", "住址经度", Kind.AMOUNT, personal=True, null_means="按所在学校的位置计算通勤"),
        Column("latitude", "住址纬度", Kind.AMOUNT, personal=True, null_means="按所在学校的位置计算通勤"),
    ),
    person_level=True,
)  # fmt: skip


@dataclass(frozen=True)
class TeacherLine:
    """A teacher as told; what is None was not told. subject: as called, "" = not told."""

    number: str
    name: str
    school: str
    stage: Stage
    subject: str
    sex: str
    born: date | None
    years_here: float | None
    is_backbone: bool
    exempt: str
    spouse: str
    times: int | None
    career: Career
    longitude: float | None
    latitude: float | None


def read_posts(path: Path) -> list[StaffRow]:
    return [
        StaffRow(str(v["school"]), str(v["name"]), Stage(str(v["stage"])), _whole(v, "pupils"), _whole(v, "classes"), bool(v["is_teaching_point"]),
                 _whole(v, "quota"), _whole(v, "on_quota"), _whole(v, "off_quota"), _whole(v, "non_teaching"))
        for v in (line.values for line in read_plain_table(path, POSTS))
    ]  # fmt: skip


def read_classes(path: Path) -> tuple[list[SchoolClasses], dict[str, int | None]]:
    """Classes by grade, and pupils in 随班就读 by school. A blank of a stage the school has is missing; of another it is no grade."""
    out, included = [], {}
    for v in (line.values for line in read_plain_table(path, CLASSES)):
        stages = STAGES_OF_SCHOOL_TYPE.get(str(v["school_type"]), ())
        grades = {}
        for grade in range(1, len(_GRADES) + 1):
            told = _whole(v, f"grade_{grade}")
            if told is not None or (Stage.PRIMARY if grade <= LAST_PRIMARY else Stage.JUNIOR) in stages:
                grades[grade] = told
        out.append(SchoolClasses(str(v["school"]), str(v["name"]), grades))
        included[str(v["school"])] = _whole(v, "included")
    return out, included


def read_teachers(path: Path, schools: Sequence[str]) -> list[TeacherLine]:
    """Raises UserError for a teacher of a school that is not among these."""
    out = []
    for line in read_plain_table(path, TEACHERS):
        v = line.values
        if str(v["school"]) not in schools:
            raise UserError(f"教师所在的学校“{v['school']}”不在学校的表里", where=line.place, remedy="请核对学校编号")
        weak = v["weak_years"]
        career = Career(str(v["number"]), None if weak is None else Decimal(str(weak)), bool(v["applies_senior"]), bool(v["principal"]))
        out.append(TeacherLine(
            str(v["number"]), str(v["name"] or ""), str(v["school"]), Stage(str(v["stage"])), str(v["subject"] or ""), str(v["sex"] or ""),
            date.fromisoformat(str(v["born"])) if v["born"] else None, _number(v, "years_here"), bool(v["is_backbone"]), str(v["exempt"] or ""),
            str(v["spouse"] or ""), _whole(v, "times"), career, _number(v, "longitude"), _number(v, "latitude"),
        ))  # fmt: skip
    return out


def read_overrides(path: Path, parameters: Parameters) -> Parameters:
    return parameters.with_overrides(line.values for line in read_plain_table(path, OVERRIDES))


def parameter_rows(parameters: Parameters) -> list[Mapping[str, object]]:
    """Lines of OVERRIDES, to be changed by a county."""
    return [vars(each) | {"value": float(each.value)} for each in parameters.values()]


def _whole(values: Mapping[str, object], name: str) -> int | None:
    value = values[name]
    assert value is None or isinstance(value, int)
    return value


def _number(values: Mapping[str, object], name: str) -> float | None:
    value = values[name]
    return None if value is None else float(str(value))
