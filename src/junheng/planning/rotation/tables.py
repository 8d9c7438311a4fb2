"""轮岗用表: schools with where they lie; teachers and classes are the tables of staffing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from junheng.common.codes import SCHOOL_TYPES, STAGES_OF_SCHOOL_TYPE
from junheng.intake.plain_table import read_plain_table
from junheng.planning.rotation.model import RotationSchool, Teacher
from junheng.planning.staffing.subjects import subject_of
from junheng.planning.staffing.tables import TeacherLine
from junheng.tables import Column, Kind, Table

SCHOOLS = Table(
    "rotation_schools", "轮岗学校表", "一行一所学校（或校区）", ("code",),
    (
        Column("code", "学校编号", Kind.ID, required=True, variants=("学校标识码",)), Column("name", "学校名称", Kind.TEXT, required=True),
        Column("school_type", "办学类型", Kind.CODE, codes=SCHOOL_TYPES, required=True), Column("is_weak", "是否乡村或薄弱学校", Kind.FLAG, required=True),
        Column("is_small", "是否小规模学校", Kind.FLAG, required=True, note="学生不足 100 人或教学点；为其安排走教"),
        Column("longitude", "经度", Kind.AMOUNT, required=True), Column("latitude", "纬度", Kind.AMOUNT, required=True),
    ),
)  # fmt: skip


def read_schools(path: Path) -> tuple[list[RotationSchool], set[str]]:
    """Schools, and the codes of the small ones."""
    lines = [line.values for line in read_plain_table(path, SCHOOLS)]
    schools = [
        RotationSchool(str(v["code"]), str(v["name"]), STAGES_OF_SCHOOL_TYPE.get(str(v["school_type"]), ()), bool(v["is_weak"]),
                       float(str(v["longitude"])), float(str(v["latitude"])))
        for v in lines
    ]  # fmt: skip
    return schools, {str(v["code"]) for v in lines if v["is_small"]}


def teachers_of(lines: Sequence[TeacherLine]) -> list[Teacher]:
    """Of subjects outside the curriculum ("") teachers exchange among themselves. Whose subject is not told has one of his
    own: he counts as eligible and cannot be sent, since nobody knows whom he would leave short."""
    out = []
    for each in lines:
        subject = subject_of(each.subject)
        out.append(Teacher(each.number, each.school, each.stage, f"?{each.number}" if subject is None else subject, each.years_here, each.is_backbone, each.exempt,
                           each.spouse, each.times, each.born, each.sex, each.longitude, each.latitude, each.career))  # fmt: skip
    return out
