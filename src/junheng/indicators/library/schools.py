"""政府保障程度与教育质量: indicators of a school, or of a school's stage (教督〔2017〕6号 第七、八条)."""

from __future__ import annotations

from junheng.common.codes import PRIVATE_SPONSOR, TOWN_CODES, URBAN_CODES
from junheng.common.stages import Stage
from junheng.indicators.expression import (
    CeilDiv,
    ClassesOver,
    CompulsoryClasses,
    OfStage,
    One,
    Pupils,
    QuotaForPupils,
    Reported,
    RoomsAtLeast,
    WholeSchool,
)
from junheng.indicators.model import Direction, Grain, Indicator, RatioUnit
from junheng.indicators.scope import FewerPupilsThan, HasStage, IsNot, OneOf
from junheng.tables.school import ART_ROOM_BANDS, CLASS_SIZE_BANDS, MUSIC_ROOM_BANDS

_LOWER = Direction.LOWER_IS_BETTER
_ROOMS_NEEDED = CeilDiv(CompulsoryClasses(), "classes_per_special_room", unit="room")
_SHARE_OF_PEOPLE = RatioUnit("%", "person", "person")
_ROOM_SHARE = RatioUnit("间/应有间", "room", "room")
_SHARE_OF_MONEY = RatioUnit("%", "yuan", "yuan")

NEARBY = Indicator(
    "nearby_enrolment", "就近划片入学比例", OfStage("catchment_pupils"), Pupils(), _SHARE_OF_PEOPLE, Grain.SCHOOL_STAGE,
    scope=(OneOf("urban_rural", (*URBAN_CODES, *TOWN_CODES)), OneOf("sponsor", (PRIVATE_SPONSOR,), excluded=True),
           IsNot("is_boarding")),
    what="划片范围内学生", gap_unit="人", whole_gap=True,
)  # fmt: skip
MUSIC_ROOMS = Indicator(
    "music_rooms", "每12个班级配备音乐专用教室", RoomsAtLeast("music_rooms", MUSIC_ROOM_BANDS, "music_room_area_m2"),
    _ROOMS_NEEDED, _ROOM_SHARE, Grain.SCHOOL, what="音乐专用教室", gap_unit="间", whole_gap=True,
)  # fmt: skip
ART_ROOMS = Indicator(
    "art_rooms", "每12个班级配备美术专用教室", RoomsAtLeast("art_rooms", ART_ROOM_BANDS, "art_room_area_m2"),
    _ROOMS_NEEDED, _ROOM_SHARE, Grain.SCHOOL, what="美术专用教室", gap_unit="间", whole_gap=True,
)  # fmt: skip
SCHOOL_SIZE = Indicator(
    "school_size", "学校规模（义务教育阶段在校生）", Pupils(), One(), RatioUnit("人", "person", "one"), Grain.SCHOOL, _LOWER,
    what="超出规模的学生", gap_unit="人", whole_gap=True,
)  # fmt: skip
OVERSIZE_CLASSES = Indicator(
    "oversize_classes", "超过规定班额的班级数", ClassesOver("class_size", CLASS_SIZE_BANDS), One(),
    RatioUnit("个", "class", "one"), Grain.SCHOOL, _LOWER, what="超标班级", gap_unit="个", whole_gap=True,
)  # fmt: skip
SMALL_SCHOOL_FUNDING = Indicator(
    "small_school_funding", "小规模学校公用经费保障程度", Reported("running_budget_yuan"),
    QuotaForPupils("small_school_floor_pupils", "primary_quota_yuan", "junior_quota_yuan"),
    _SHARE_OF_MONEY, Grain.SCHOOL, scope=(FewerPupilsThan("small_school_floor_pupils"),),
    what="公用经费", gap_unit="元",
)  # fmt: skip
TRAINING_HOURS = Indicator(
    "training_hours", "教师5年360学时培训完成率", Reported("trained_360h_teachers"), WholeSchool("full_time_teachers"),
    _SHARE_OF_PEOPLE, Grain.SCHOOL, what="满360学时的专任教师", gap_unit="人", whole_gap=True,
)  # fmt: skip
CERTIFICATES = Indicator(
    "teacher_certificates", "专任教师持证上岗率", Reported("certified_teachers"), WholeSchool("full_time_teachers"),
    _SHARE_OF_PEOPLE, Grain.SCHOOL, what="持证专任教师", gap_unit="人", whole_gap=True,
)  # fmt: skip
TRAINING_BUDGET = Indicator(
    "training_budget_share", "教师培训经费占公用经费预算比例", Reported("training_budget_yuan"), Reported("running_budget_yuan"),
    _SHARE_OF_MONEY, Grain.SCHOOL, what="教师培训经费", gap_unit="元",
)  # fmt: skip

_GRADUATES, _GRADE7 = Reported("graduates"), Reported("grade7_pupils_3_years_ago")
_IN, _OUT, _DEATHS = Reported("transfers_in_3_years"), Reported("transfers_out_3_years"), Reported("deaths_3_years")
RETENTION = Indicator(
    "retention", "初中三年巩固率（口径一）", _GRADUATES - _IN + _OUT, _GRADE7 - _DEATHS, _SHARE_OF_PEOPLE, Grain.SCHOOL,
    scope=(HasStage(Stage.JUNIOR),), what="巩固的学生", gap_unit="人", whole_gap=True,
)  # fmt: skip
RETENTION_B = Indicator(
    "retention_b", "初中三年巩固率（口径二）", _GRADUATES, _GRADE7 + _IN - _DEATHS - _OUT, _SHARE_OF_PEOPLE, Grain.SCHOOL,
    scope=(HasStage(Stage.JUNIOR),), what="巩固的学生", gap_unit="人", whole_gap=True,
)  # fmt: skip

INDICATORS = (
    NEARBY, MUSIC_ROOMS, ART_ROOMS, SCHOOL_SIZE, OVERSIZE_CLASSES, SMALL_SCHOOL_FUNDING, TRAINING_HOURS, CERTIFICATES,
    TRAINING_BUDGET, RETENTION, RETENTION_B,
)  # fmt: skip
