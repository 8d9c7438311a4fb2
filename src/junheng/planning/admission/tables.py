"""招生用表: the tables the admission planners are handed. Personal data: they are read, never published or kept."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from junheng.common.codes import SEXES, CodeList
from junheng.intake.plain_table import read_plain_table
from junheng.planning.admission.classes import Pupil, TwinWish
from junheng.planning.admission.model import Child, PriorityClass, School
from junheng.planning.admission.priorities import built_in_classes
from junheng.tables import Column, Kind, Table

_NUMBER = Column("number", "报名号", Kind.ID, required=True, note="由报名系统编号，将随结果公示，不得使用身份证号")
_NAME = Column("name", "姓名", Kind.TEXT, personal=True, null_means="不公示姓名", note="公示时只保留姓，其余为*")
_SIBLINGS = Column("siblings", "同胞组", Kind.ID, null_means="没有同时报名的同胞", note="双胞胎、多孩同时报名的填同一个组号，任意取")
_SPOT = (
    Column("longitude", "经度", Kind.AMOUNT, null_means="未报", note="度；全部表格用同一坐标系"),
    Column("latitude", "纬度", Kind.AMOUNT, null_means="未报", note="度"),
)  # fmt: skip

LOTTERY_APPLICANTS = Table(
    "lottery_applicants", "摇号报名名单", "一行一名报名儿童", ("number",), (_NUMBER, _NAME, _SIBLINGS), person_level=True
)
SCHOOLS = Table(
    "admission_schools", "招生学校表", "一行一所学校（或单独招生的校区）", ("code",),
    (
        Column("code", "学校编号", Kind.ID, required=True, variants=("学校标识码",), note="几个校区分别招生的，各给一个编号"),
        Column("name", "学校名称", Kind.TEXT, required=True), Column("places", "招生计划", Kind.COUNT, required=True, note="人"),
        Column("is_private", "是否民办", Kind.FLAG, required=True), *_SPOT,
        Column("classes", "起始年级班数", Kind.COUNT, null_means="未报，不核对班额"),
    ),
)  # fmt: skip
CHILDREN = Table(
    "admission_children", "招生儿童名单", "一行一名报名儿童", ("number",),
    (
        _NUMBER, _NAME, _SIBLINGS,
        Column("household", "户籍在学区", Kind.FLAG, required=True, personal=True),
        Column("residence", "居住在学区", Kind.FLAG, required=True, personal=True, note="自有住房或合法稳定居所，按当地规定"),
        Column("permit_months", "居住证（月）", Kind.COUNT, personal=True, null_means="没有提供居住证", note="连续持有的月数"),
        Column("points", "积分", Kind.AMOUNT, personal=True, null_means="没有积分，排在有积分的之后", note="当地用积分排序的填写"),
        Column("zone_schools", "划片学校编号", Kind.TEXT, null_means="没有划片学校，统筹安排", note="多校划片的按志愿次序填，用顿号分开"),
        Column("private_choice", "民办志愿编号", Kind.ID, null_means="不报民办", note="只能填一所"),
        Column("elder_school", "兄姊在读学校编号", Kind.ID, null_means="没有兄姊在读"), *_SPOT,
    ),
    person_level=True,
)  # fmt: skip
CLASSES = Table(
    "priority_classes", "录取次序表", "一行一类，自上而下", ("id",),
    (
        Column("id", "类别编号", Kind.TEXT, required=True), Column("title", "类别", Kind.TEXT, required=True),
        Column("household", "要求户籍在学区", Kind.FLAG, null_means="不论"), Column("residence", "要求居住在学区", Kind.FLAG, null_means="不论"),
        Column("permit_months_at_least", "居住证至少（月）", Kind.COUNT, null_means="不要求居住证"),
        Column("source", "来源", Kind.TEXT, null_means="当地未注明"), Column("unverified", "待核原因", Kind.TEXT, null_means="已核实"),
    ),
)  # fmt: skip
_WISHES = CodeList("多胞胎意愿", {each.value: each.value for each in TwinWish}, {"同一班": "同班", "分班": "不同班"}, "本系统")
PUPILS = Table(
    "class_pupils", "编班名单", "一行一名新生", ("number",),
    (
        Column("number", "报名号", Kind.ID, required=True, variants=("学号", "学籍号")), _NAME,
        Column("sex", "性别", Kind.CODE, codes=SEXES, required=True, personal=True),
        Column("needs", "随班就读", Kind.FLAG, required=True, personal=True, note="只用于均衡编班，不公示"),
        Column("marks", "此前成绩", Kind.AMOUNT, personal=True, null_means="不用成绩", note="小学入学编班不得使用"),
        Column("twins", "同胞组", Kind.ID, null_means="没有同年级的同胞"),
        Column("wish", "多胞胎意愿", Kind.CODE, codes=_WISHES, null_means="无所谓", note="同班或不同班"),
    ),
    person_level=True,
)  # fmt: skip
_BETWEEN = re.compile(r"[、,，;；\s]+")


def _text(values: Mapping[str, object], name: str) -> str:
    return str(values[name] or "")


def _count(values: Mapping[str, object], name: str) -> int | None:
    value = values[name]
    assert value is None or isinstance(value, int)
    return value


def _number(values: Mapping[str, object], name: str) -> float | None:
    value = values[name]
    assert value is None or isinstance(value, float | int)
    return value


def read_schools(path: Path) -> list[School]:
    return [
        School(_text(v, "code"), _text(v, "name"), _count(v, "places") or 0, bool(v["is_private"]), _number(v, "longitude"), _number(v, "latitude"), _count(v, "classes"))
        for v in (line.values for line in read_plain_table(path, SCHOOLS))
    ]  # fmt: skip


def read_children(path: Path) -> list[Child]:
    return [
        Child(
            _text(v, "number"), _text(v, "name"), _text(v, "siblings"), bool(v["household"]), bool(v["residence"]), _count(v, "permit_months"),
            _number(v, "points"), tuple(part for part in _BETWEEN.split(_text(v, "zone_schools").upper()) if part), _text(v, "private_choice"),
            _text(v, "elder_school"), _number(v, "longitude"), _number(v, "latitude"),
        )
        for v in (line.values for line in read_plain_table(path, CHILDREN))
    ]  # fmt: skip


def read_classes(path: Path) -> tuple[PriorityClass, ...]:
    """The order of admission, top down."""
    return tuple(
        PriorityClass(_text(v, "id"), _text(v, "title"), _flag(v, "household"), _flag(v, "residence"), _count(v, "permit_months_at_least"),
                      _text(v, "source"), _text(v, "unverified"))
        for v in (line.values for line in read_plain_table(path, CLASSES))
    )  # fmt: skip


def _flag(values: Mapping[str, object], name: str) -> bool | None:
    value = values[name]
    return None if value is None else bool(value)


def built_in_class_rows() -> Sequence[Mapping[str, object]]:
    """The built-in order as lines of CLASSES, to be changed by a county."""
    words = {True: "是", False: "否", None: None}
    return [
        {"id": each.id, "title": each.title, "household": words[each.household], "residence": words[each.residence],
         "permit_months_at_least": each.permit_months_at_least, "source": each.source, "unverified": each.unverified}
        for each in built_in_classes()
    ]  # fmt: skip


def read_pupils(path: Path) -> tuple[list[Pupil], list[str]]:
    """Pupils, and their names in the same order ("" where not told)."""
    lines = [line.values for line in read_plain_table(path, PUPILS)]
    pupils = [
        Pupil(_text(v, "number"), _text(v, "sex"), bool(v["needs"]), _number(v, "marks"), _text(v, "twins"), TwinWish(str(v["wish"])) if v["wish"] else None)
        for v in lines
    ]  # fmt: skip
    return pupils, [_text(v, "name") for v in lines]
