"""名册: person-level registers. They are rolled up to the school table at intake and never enter a release."""

from __future__ import annotations

from junheng.common.codes import SEXES, CodeList
from junheng.common.units import M2
from junheng.tables.model import Column, Kind, Table

STAGES = CodeList("学段", {"primary": "小学", "junior": "初中", "senior": "高中"}, {}, "本系统")
QUALIFICATIONS = CodeList(
    "学历",
    {"doctor": "博士研究生", "master": "硕士研究生", "bachelor": "本科", "junior_college": "专科", "below_college": "高中及以下"},
    {"博士": "doctor", "硕士": "master", "大学本科": "bachelor", "大专": "junior_college", "大学专科": "junior_college"},
    "教育统计报表",
)  # fmt: skip
SUBJECTS = CodeList(
    "任教学科",
    {"pe": "体育", "music": "音乐", "fine_art": "美术", "art": "艺术", "other": "其他"},
    {"体育与健康": "pe"},
    "教育统计报表",
)
ROOM_KINDS = CodeList(
    "教室类别",
    {"classroom": "普通教室", "music": "音乐教室", "fine_art": "美术教室", "laboratory": "实验室", "other": "其他"},
    {"音乐专用教室": "music", "美术专用教室": "fine_art"},
    "教育统计报表",
)

_SCHOOL_KEY = (
    Column("county_code", "区县代码", Kind.ID, required=True),
    Column("school_code", "学校代码", Kind.ID, required=True, variants=("学校标识码",)),
    Column("campus", "校区名称", Kind.TEXT, null_means="无校区之分"),
)

PUPIL = Table(
    "pupil", "学生名册", "一行一名在校生", ("pupil_id",),
    (
        Column("pupil_id", "学籍号", Kind.ID, required=True, personal=True),
        *_SCHOOL_KEY,
        Column("stage", "学段", Kind.CODE, codes=STAGES, required=True),
        Column("grade", "年级", Kind.COUNT),
        Column("class_id", "班级编号", Kind.ID, required=True),
        Column("sex", "性别", Kind.CODE, codes=SEXES, personal=True),
        Column("is_boarder", "是否寄宿", Kind.FLAG),
        Column("is_migrant", "是否随迁子女", Kind.FLAG, personal=True),
        Column("is_left_behind", "是否留守儿童", Kind.FLAG, personal=True),
        Column("in_catchment", "是否住在划片范围内", Kind.FLAG, personal=True),
    ),
    person_level=True,
)  # fmt: skip
TEACHER = Table(
    "teacher", "专任教师名册", "一行一名专任教师在一校的任职", ("teacher_id", "county_code", "school_code", "campus"),
    (
        Column("teacher_id", "教师编号", Kind.ID, required=True, personal=True),
        *_SCHOOL_KEY,
        Column("stage", "任教学段", Kind.CODE, codes=STAGES, required=True),
        Column("qualification", "学历", Kind.CODE, codes=QUALIFICATIONS, required=True),
        Column("subject", "任教学科", Kind.CODE, codes=SUBJECTS, required=True),
        Column("is_backbone", "是否县级及以上骨干教师", Kind.FLAG),
        Column("is_certified", "是否持有教师资格证", Kind.FLAG),
        Column("trained_360h", "近5年是否满360学时", Kind.FLAG),
    ),
    person_level=True,
)  # fmt: skip
CLASS = Table(
    "class", "班级名册", "一行一班", ("county_code", "school_code", "campus", "class_id"),
    (
        *_SCHOOL_KEY,
        Column("class_id", "班级编号", Kind.ID, required=True),
        Column("stage", "学段", Kind.CODE, codes=STAGES, required=True),
        Column("grade", "年级", Kind.COUNT),
        Column("class_size", "班额", Kind.COUNT, null_means="按学生名册计数"),
    ),
    person_level=True,
)  # fmt: skip
ROOM = Table(
    "room", "教室名册", "一行一间", ("county_code", "school_code", "campus", "room_id"),
    (
        *_SCHOOL_KEY,
        Column("room_id", "教室编号", Kind.ID, required=True),
        Column("kind", "教室类别", Kind.CODE, codes=ROOM_KINDS, required=True),
        Column("area_m2", "单间面积", Kind.AMOUNT, M2),
        Column("has_multimedia", "是否网络多媒体教室", Kind.FLAG),
    ),
    person_level=True,
)  # fmt: skip
