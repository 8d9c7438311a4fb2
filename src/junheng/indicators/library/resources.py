"""七项资源配置指标 (教督〔2017〕6号 第六条), one value per school and stage."""

from __future__ import annotations

from junheng.indicators.expression import ByStage, OfStage, Pupils, Shared
from junheng.indicators.model import Grain, Indicator, RatioUnit

PUPILS = Pupils()
_GRADUATES = OfStage("bachelor_teachers") + OfStage("master_teachers") + OfStage("doctor_teachers")
HIGHER_DEGREE_TEACHERS = ByStage(primary=_GRADUATES + OfStage("junior_college_teachers"), junior=_GRADUATES)
"""高于规定学历: 小学 is 专科 and above, 初中 is 本科 and above."""

_TEACHERS_PER_100 = RatioUnit("人/百名学生", "person", "person")

HIGHER_DEGREE = Indicator(
    "higher_degree_teachers_per100", "每百名学生拥有高于规定学历教师数",
    HIGHER_DEGREE_TEACHERS, PUPILS, _TEACHERS_PER_100, Grain.SCHOOL_STAGE, scale=100,
    what="高于规定学历教师", gap_unit="人", whole_gap=True,
)  # fmt: skip
BACKBONE = Indicator(
    "backbone_teachers_per100", "每百名学生拥有县级以上骨干教师数",
    Shared("backbone_teachers", converted=True), PUPILS, _TEACHERS_PER_100, Grain.SCHOOL_STAGE, scale=100,
    what="县级及以上骨干教师", gap_unit="人", whole_gap=True,
)  # fmt: skip
PE_ART = Indicator(
    "pe_art_teachers_per100", "每百名学生拥有体育、艺术（美术、音乐）专任教师数",
    Shared("pe_teachers", converted=True) + Shared("music_teachers", converted=True)
    + Shared("fine_art_teachers", converted=True) + Shared("art_teachers", converted=True),
    PUPILS, _TEACHERS_PER_100, Grain.SCHOOL_STAGE, scale=100,
    extra={"small_rural_visiting_teachers":
           Shared("visiting_pe_teachers", True, True) + Shared("visiting_music_teachers", True, True)
           + Shared("visiting_fine_art_teachers", True, True) + Shared("visiting_art_teachers", True, True)},
    what="体育、艺术专任教师", gap_unit="人", whole_gap=True,
)  # fmt: skip
TEACH_AREA = Indicator(
    "teach_area_per_pupil", "生均教学及辅助用房面积",
    Shared("teach_aux_area_m2") - Shared("indoor_pe_area_m2"), PUPILS,
    RatioUnit("㎡/生", "m2", "person"), Grain.SCHOOL_STAGE, what="教学及辅助用房", gap_unit="㎡",
)  # fmt: skip
SPORT_AREA = Indicator(
    "sport_area_per_pupil", "生均体育运动场馆面积",
    Shared("gym_area_m2") + Shared("sport_field_area_m2"), PUPILS,
    RatioUnit("㎡/生", "m2", "person"), Grain.SCHOOL_STAGE,
    extra={"dense_core_sport_area":
           Shared("leased_sport_area_m2", claimed=True) + Shared("other_sport_area_m2", claimed=True)},
    what="体育运动场馆", gap_unit="㎡",
)  # fmt: skip
EQUIPMENT = Indicator(
    "equipment_value_per_pupil", "生均教学仪器设备值", Shared("equipment_value_yuan"), PUPILS,
    RatioUnit("元/生", "yuan", "person"), Grain.SCHOOL_STAGE, what="教学仪器设备", gap_unit="元",
)  # fmt: skip
MULTIMEDIA = Indicator(
    "multimedia_rooms_per100", "每百名学生拥有网络多媒体教室数", Shared("multimedia_rooms"), PUPILS,
    RatioUnit("间/百名学生", "room", "person"), Grain.SCHOOL_STAGE, scale=100,
    what="网络多媒体教室", gap_unit="间", whole_gap=True,
)  # fmt: skip

INDICATORS = (HIGHER_DEGREE, BACKBONE, PE_ART, TEACH_AREA, SPORT_AREA, EQUIPMENT, MULTIMEDIA)
