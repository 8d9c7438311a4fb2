"""学校表: one row per school and campus — the lines of the official school form, and the optional ones.

Labels and order follow the public 学校填报表格 (school form); optional lines come from rules.md §2.1–2.2.
"""

from __future__ import annotations

from dataclasses import replace

from junheng.common.codes import SCHOOL_TYPES, SPONSORS, URBAN_RURAL
from junheng.common.stages import Stage
from junheng.common.units import BOOK, CLASS, M2, PERSON, PIECE, ROOM, YEAR, YUAN
from junheng.tables.model import Column, Kind, Split, Table, expand

_BASIC, _PUPILS, _CLASSES = "基本信息", "学生信息", "班级信息"
_TEACHERS, _PE_ART, _TEACHING_AREA, _SPORT_AREA = "教师学历信息", "体育艺术教师", "教学用房面积", "体育场馆面积"
_EQUIPMENT, _ROOMS, _FUNDS, _RETENTION, _EXTRA = "教学设备", "音乐美术教室", "经费信息", "巩固率数据", "补充信息"
_J = (Stage.JUNIOR,)


def _flag(name: str, label: str, group: str, *variants: str, required: bool = True, null: str = "未报") -> Column:
    return Column(name, label, Kind.FLAG, group=group, required=required, variants=variants, null_means=null)


def _people(name: str, label: str, group: str, *variants: str, required: bool = True, split: Split = Split.NONE,
            asked_of: tuple[Stage, ...] = (), null: str = "未报", note: str = "") -> Column:  # fmt: skip
    return Column(name, label, Kind.COUNT, PERSON, group, required, variants, split=split, asked_of=asked_of,
                  null_means=null, note=note)  # fmt: skip


def _area(name: str, label: str, group: str, *variants: str, required: bool = True, split: Split = Split.NONE,
          null: str = "未报", note: str = "") -> Column:  # fmt: skip
    return Column(name, label, Kind.AMOUNT, M2, group, required, variants, split=split, null_means=null, note=note)


def _rooms(name: str, label: str, *variants: str) -> Column:
    return Column(name, label, Kind.COUNT, ROOM, _ROOMS, required=True, variants=variants)


def _money(name: str, label: str, *variants: str, group: str = _FUNDS, required: bool = True,
           split: Split = Split.NONE) -> Column:  # fmt: skip
    return Column(name, label, Kind.AMOUNT, YUAN, group, required, variants, form_sign="万元", split=split)


CLASS_SIZE_BANDS: tuple[tuple[str, int, int | None], ...] = (
    ("classes_to_25", 0, 25), ("classes_26_30", 26, 30), ("classes_31_35", 31, 35), ("classes_36_40", 36, 40),
    ("classes_41_45", 41, 45), ("classes_46_50", 46, 50), ("classes_51_55", 51, 55), ("classes_56_60", 56, 60),
    ("classes_61_65", 61, 65), ("classes_from_66", 66, None),
)  # fmt: skip
"""班额分布: (column, smallest class, largest class; None = no upper end)."""

MUSIC_ROOM_BANDS: tuple[tuple[str, int], ...] = (
    ("music_rooms_from_96_m2", 96), ("music_rooms_73_to_96_m2", 73), ("music_rooms_61_to_73_m2", 61),
)  # fmt: skip
ART_ROOM_BANDS: tuple[tuple[str, int], ...] = (
    ("art_rooms_from_90_m2", 90), ("art_rooms_67_to_90_m2", 67), ("art_rooms_61_to_67_m2", 61),
)  # fmt: skip
"""单间面积分档: (column, smallest area in ㎡). Rooms under 61 ㎡ have no band on the form."""


def _band_column(name: str, smallest: int, largest: int | None) -> Column:
    variants: tuple[str, ...]
    if largest is None:
        label = f"每班{smallest}人以上班级个数"
        variants = (f"{smallest}人及以上班级数", f"{smallest}人以上班级数")
    elif smallest == 0:
        label = f"每班{largest}人以下班级个数"
        variants = (f"{largest}人及以下班级数", f"{largest}人以下班级数")
    else:
        label = f"每班{smallest}-{largest}人班级个数"
        variants = (f"{smallest}-{largest}人班级数",)
    return Column(name, label, Kind.COUNT, CLASS, _CLASSES, required=True, variants=variants, split=Split.OPTIONAL)


_OPT, _ALWAYS = Split.OPTIONAL, Split.ALWAYS
_NOT_CLAIMED = "不主张，不计入"

_FORM_COLUMNS: tuple[Column, ...] = (
    Column("school_name", "学校名称", Kind.TEXT, group=_BASIC, required=True, variants=("学校全称", "校名", "单位名称")),
    Column("school_type", "学校类型", Kind.CODE, group=_BASIC, required=True, codes=SCHOOL_TYPES,
           variants=("办学类型", "学校办学类型", "学校（机构）办学类型")),
    Column("school_code", "学校代码", Kind.ID, group=_BASIC, required=True,
           variants=("学校标识码", "学校（机构）标识码", "标识码", "学校编码", "学校（机构）代码")),
    Column("campus", "校区名称", Kind.TEXT, group=_BASIC, variants=("校区", "分校区名称", "所在校区"), null_means="无校区之分"),
    Column("county_code", "区县代码", Kind.ID, group=_BASIC, variants=("区划代码", "县区代码", "所属区县代码"),
           null_means="取同一文件夹内区县表的代码"),
    Column("founded_year", "建校时间", Kind.YEAR, YEAR, _BASIC, required=True, variants=("建校年份", "建校年", "建校时间（年）", "建校年月")),
    _flag("built_by_2010", "是否2010年及之前规划并建成", _BASIC, "2010年及之前规划并建成", "是否2010年及以前规划并建成", "是否2010年及之前建成"),
    _flag("built_by_2016", "是否2016年及之前规划并建成", _BASIC, "2016年及之前规划并建成", "是否2016年及以前规划并建成", "是否2016年及之前建成",
          "是否2016年（含）之前规划并建成"),
    _flag("is_dense_urban_core", "是否人口密度过高的大城市中心城区学校", _BASIC, "是否人口密度过高的中心城区学校"),
    _flag("is_small_rural_50_99", "是否50人及以上但不足100人的乡村小规模学校和教学点", _BASIC,
          "是否50人及以上但不足100人的农村小规模学校和教学点"),
    _flag("is_small_rural_class_under_30", "是否最大班额低于30人的农村小规模学校", _BASIC, "是否最大班额低于30人的乡村小规模学校"),
    Column("sponsor", "举办者类型", Kind.CODE, group=_BASIC, codes=SPONSORS, variants=("举办者", "举办者类别", "学校举办者类型", "举办者类型代码", "办别")),
    Column("urban_rural", "城乡分类", Kind.CODE, group=_BASIC, codes=URBAN_RURAL,
           variants=("城乡分类代码", "所在地城乡分类", "学校所在地城乡类型", "城乡类型", "所在地城乡类型")),
    _flag("is_boarding", "是否寄宿制", _BASIC, "是否寄宿制学校", "寄宿制学校", "是否寄宿", required=False),
    Column("grades", "年级数", Kind.COUNT, CLASS, _BASIC, variants=("年级个数",)),
    Column("uscc", "统一社会信用代码", Kind.ID, group=_BASIC, null_means="无（教学点可空）"),
    Column("students", "学生人数", Kind.COUNT, PERSON, _PUPILS, required=True, split=_ALWAYS, stage_leads=True,
           variants=("在校生数", "在校学生数", "在校生人数", "学生数", "在校学生人数")),
    _people("boarders", "寄宿生人数", _PUPILS, "寄宿生数", "寄宿生", required=False, split=_OPT),
    _people("migrant_pupils", "进城务工人员随迁子女在校生人数", _PUPILS, "随迁子女在校生人数", "进城务工人员随迁子女人数",
            "随迁子女人数", "随迁子女", split=_OPT),
    _people("left_behind_pupils", "留守儿童在校生人数", _PUPILS, "留守儿童人数", "农村留守儿童人数", required=False, split=_OPT),
    _people("inclusive_pupils", "随班就读学生人数", _PUPILS, "随班就读残疾学生人数", "随班就读", required=False, split=_OPT),
    _people("catchment_pupils", "家庭住址在划片范围内的在校学生人数", _PUPILS, "划片范围内在校学生人数", "片内学生人数",
            "片内学生", split=_ALWAYS),
    Column("classes", "班级总数", Kind.COUNT, CLASS, _CLASSES, required=True,
           variants=("班级数", "班级个数", "教学班数", "班数", "教学班个数"), split=_OPT),
    *(_band_column(*band) for band in CLASS_SIZE_BANDS),
    _people("full_time_teachers", "专任教师总人数", _TEACHERS, "专任教师数", "专任教师人数", "专任教师", "专任教师总数", split=_OPT),
    _people("junior_college_teachers", "专科学历教师人数", _TEACHERS, "专科毕业专任教师数", "大专学历教师人数",
            "专科学历专任教师人数", split=_ALWAYS),
    _people("bachelor_teachers", "本科学历教师人数", _TEACHERS, "本科毕业专任教师数", "本科学历专任教师人数", split=_ALWAYS),
    _people("master_teachers", "硕士学历教师人数", _TEACHERS, "硕士研究生学历教师人数", "硕士毕业专任教师数",
            "硕士学历专任教师人数", split=_ALWAYS),
    _people("doctor_teachers", "博士研究生学历教师人数", _TEACHERS, "博士学历教师人数", "博士毕业专任教师数",
            "博士学历专任教师人数", split=_ALWAYS),
    _people("below_college_teachers", "高中及以下学历教师人数", _TEACHERS, "高中阶段及以下毕业专任教师数", required=False,
            split=_ALWAYS),
    _people("backbone_teachers", "县级及以上骨干教师数", _TEACHERS, "县级及以上骨干教师人数", "骨干教师数", "骨干教师人数",
            "县级以上骨干教师数", split=_OPT),
    _people("certified_teachers", "持有教师资格证的专任教师人数", _TEACHERS, "持有教师资格证专任教师人数", "持证专任教师人数",
            "持有教师资格证的专任教师数"),
    _people("trained_360h_teachers", "近5年培训满360学时专任教师人数", _TEACHERS, "近五年培训满360学时专任教师人数",
            "5年360学时专任教师人数", "5年满360学时专任教师人数"),
    _people("pe_teachers", "体育专任教师人数", _PE_ART, "体育专任教师数", "体育教师人数", split=_OPT),
    _people("music_teachers", "音乐专任教师人数", _PE_ART, "音乐专任教师数", "音乐教师人数", split=_OPT),
    _people("fine_art_teachers", "美术专任教师人数", _PE_ART, "美术专任教师数", "美术教师人数", split=_OPT),
    _people("art_teachers", "艺术专任教师人数", _PE_ART, "艺术专任教师数", "艺术教师人数", split=_OPT),
    *(
        _people(f"visiting_{subject}_teachers", f"{label}交流轮岗/兼职/走教教师人数", _PE_ART, f"{label}到校交流轮岗、兼职、走教教师人数",
                f"{label}到校交流轮岗&兼职&走教教师人数", required=False, split=_OPT, null=_NOT_CLAIMED,
                note="仅50-100人乡村小规模学校填写")
        for subject, label in (("pe", "体育"), ("music", "音乐"), ("fine_art", "美术"), ("art", "艺术"))
    ),
    _area("teach_aux_area_m2", "教学及辅助用房总面积", _TEACHING_AREA, "教学及辅助用房面积", "教学及辅助用房",
          "教学及辅助用房建筑面积", "教学辅助用房面积", split=_OPT),
    _area("indoor_pe_area_m2", "室内体育用房面积", _TEACHING_AREA, "室内体育用房", split=_OPT),
    _area("gym_area_m2", "学校体育馆面积", _SPORT_AREA, "体育馆面积", "体育馆", split=_OPT),
    _area("sport_field_area_m2", "校内体育场面积", _SPORT_AREA, "体育场面积", "运动场地面积", "校内运动场地面积", "体育运动场地面积",
          "体育运动场面积", "运动场面积", "运动场地", split=_OPT),
    _area("leased_sport_area_m2", "校外租赁场馆面积", _SPORT_AREA, "校外租赁体育场馆面积", required=False, split=_OPT,
          null=_NOT_CLAIMED, note="仅人口密度过高的中心城区学校填写"),
    _area("other_sport_area_m2", "校内其他体育场面积", _SPORT_AREA, "校内其他专用运动场地面积", "校内其他运动场地面积",
          required=False, split=_OPT, null=_NOT_CLAIMED, note="仅人口密度过高的中心城区学校填写"),
    _money("equipment_value_yuan", "教学仪器设备资产值（账面原值）", "教学仪器设备资产值", "教学仪器设备值", "教学、实验仪器设备资产值",
           "教学仪器设备值（账面原值）", "教学仪器设备资产原值", "仪器设备值", group=_EQUIPMENT, split=_OPT),
    Column("multimedia_rooms", "网络多媒体教室间数", Kind.COUNT, ROOM, _EQUIPMENT, required=True, split=_OPT,
           variants=("网络多媒体教室数", "网络多媒体教室", "多媒体教室间数")),
    _rooms("music_rooms", "音乐教室总间数", "音乐专用教室总间数", "音乐教室间数"),
    _rooms("music_rooms_from_96_m2", "单间面积≥96㎡的音乐教室间数"),
    _rooms("music_rooms_73_to_96_m2", "73㎡≤单间面积＜96㎡的音乐教室间数"),
    _rooms("music_rooms_61_to_73_m2", "61㎡≤单间面积＜73㎡的音乐教室间数"),
    _rooms("art_rooms", "美术教室总间数", "美术专用教室总间数", "美术教室间数"),
    _rooms("art_rooms_from_90_m2", "单间面积≥90㎡的美术教室间数"),
    _rooms("art_rooms_67_to_90_m2", "67㎡≤单间面积＜90㎡的美术教室间数"),
    _rooms("art_rooms_61_to_67_m2", "61㎡≤单间面积＜67㎡的美术教室间数"),
    _money("running_budget_yuan", "上一年度公用经费预算总额", "上年度公用经费预算总额", "公用经费预算总额", "上一年度学校公用经费预算总额"),
    _money("running_spent_yuan", "上一年度公用经费决算总额", "上年度公用经费决算总额", "公用经费决算总额"),
    _money("training_budget_yuan", "上一年度教师培训经费预算总额", "上年度教师培训经费预算总额", "教师培训经费预算总额", "培训经费预算总额"),
    _people("graduates", "本届毕业学生人数", _RETENTION, "毕业学生人数", "初中毕业生数", asked_of=_J, note="初中填写"),
    _people("grade7_pupils_3_years_ago", "毕业年级初一时在校学生数", _RETENTION, "毕业年级三年前初一时在校生数", "三年前初一在校生数", asked_of=_J, note="初中填写"),
    _people("transfers_in_3_years", "毕业年级三年转入学生数", _RETENTION, "三年转入学生数", "毕业年级三年转入人数", "三年转入", asked_of=_J, note="初中填写"),
    _people("transfers_out_3_years", "毕业年级三年转出学生数", _RETENTION, "三年转出学生数", "毕业年级三年转出人数", "三年转出", asked_of=_J, note="初中填写"),
    _people("deaths_3_years", "毕业年级三年死亡学生数", _RETENTION, "三年死亡学生数", "毕业年级三年死亡人数", "三年死亡", asked_of=_J, note="初中填写"),
)  # fmt: skip

_OPTIONAL_COLUMNS: tuple[Column, ...] = (
    _people("male_pupils", "男生人数", _EXTRA, "男生数", required=False, split=_OPT),
    _people("female_pupils", "女生人数", _EXTRA, "女生数", required=False, split=_OPT),
    *(_people(f"grade{grade}_pupils", f"{label}学生人数", _EXTRA, f"{label}学生数", f"{label}在校生数", required=False)
      for grade, label in enumerate(("一年级", "二年级", "三年级", "四年级", "五年级", "六年级", "七年级", "八年级", "九年级"), 1)),
    _people("staff", "教职工总人数", _EXTRA, "教职工数", "教职工总数", "教职工", required=False, split=_OPT),
    *(_people(f"{name}_teachers", f"{label}专任教师人数", _EXTRA, f"{label}教师人数", required=False, split=_OPT)
      for name, label in (("full_senior_title", "正高级职称"), ("senior_title", "副高级职称"), ("middle_title", "中级职称"),
                          ("assistant_title", "助理级职称"), ("junior_title", "员级职称"), ("no_title", "未定职级"))),
    *(_people(f"teachers_age_{name}", f"{label}专任教师人数", _EXTRA, required=False)
      for name, label in (("to_24", "24岁及以下"), ("25_29", "25-29岁"), ("30_34", "30-34岁"), ("35_39", "35-39岁"),
                          ("40_44", "40-44岁"), ("45_49", "45-49岁"), ("50_54", "50-54岁"), ("55_59", "55-59岁"),
                          ("from_60", "60岁及以上"))),
    _people("posts_filled", "在编人数", _EXTRA, "在编教职工人数", required=False),
    _people("posts_filled_on_duty", "在编在岗人数", _EXTRA, required=False),
    _people("posts_filled_off_duty", "在编不在岗人数", _EXTRA, required=False),
    Column("computers", "计算机台数", Kind.COUNT, PIECE, _EXTRA, variants=("教学用计算机台数", "计算机数", "数字终端数"), split=_OPT),
    Column("books", "图书册数", Kind.COUNT, BOOK, _EXTRA, variants=("图书", "图书数", "图书藏量"), split=_OPT),
    Column("classrooms", "教室总数", Kind.COUNT, ROOM, _EXTRA, variants=("教室间数", "教室")),
    _area("land_area_m2", "占地面积", _EXTRA, "学校占地面积", required=False),
    _area("building_area_m2", "校舍建筑面积", _EXTRA, "校舍建筑总面积", required=False),
    _area("office_area_m2", "行政办公用房面积", _EXTRA, "行政办公用房", required=False),
    _area("living_area_m2", "生活用房面积", _EXTRA, "生活用房", required=False),
    _area("other_area_m2", "其他用房面积", _EXTRA, "其他用房", required=False),
    _area("dormitory_area_m2", "学生宿舍面积", _EXTRA, "学生宿舍", required=False),
    _area("dilapidated_area_m2", "危房面积", _EXTRA, "危房", required=False),
    _money("fixed_assets_yuan", "固定资产总值", "固定资产值", group=_EXTRA, required=False),
)  # fmt: skip

SCHOOL = Table(
    name="school",
    label="学校表",
    grain="一行一校（分校区的一行一校区）",
    key=("county_code", "school_code", "campus"),
    columns=tuple(
        # 专科 does not exceed what 初中 requires, so no indicator needs it and the official form does not ask for it.
        replace(column, required=False) if column.name == "junior_college_teachers_junior" else column
        for column in expand((*_FORM_COLUMNS, *_OPTIONAL_COLUMNS))
    ),
)
FORM_COLUMN_BASES = tuple(column.name for column in _FORM_COLUMNS)
"""Base names of the lines the official form prints (and its optional extra lines), in its order."""
