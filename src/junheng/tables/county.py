"""区县表: one row per county — the lines of the official county form, 表Ⅰ, 表Ⅵ, monitoring results and veto items."""

from __future__ import annotations

from junheng.common.units import ANSWER, COUNT, FRACTION, PERSON, YEAR, YUAN
from junheng.tables.model import Column, Kind, Table

_BASIC, _FUNDS, _PAY, _ROTATION = "基本信息", "经费标准", "工资收入", "教师交流轮岗"
_SENIOR_HIGH, _MIGRANT, _DISABLED = "优质高中招生", "随迁子女", "残疾儿童入学"
_PROFILE, _RECOGNITION, _MONITORING, _VETO = "县域概况（表Ⅰ）", "社会认可度（表Ⅵ）", "国家义务教育质量监测", "一票否决事项"


def _people(name: str, label: str, group: str, *variants: str, required: bool = True, keywords: tuple[str, ...] = (),
            form_sign: str = "") -> Column:  # fmt: skip
    kind = Kind.AMOUNT if form_sign else Kind.COUNT
    return Column(name, label, kind, PERSON, group, required, variants, keywords, form_sign=form_sign)


def _money(name: str, label: str, group: str, *variants: str, form_sign: str = "", required: bool = True) -> Column:
    return Column(name, label, Kind.AMOUNT, YUAN, group, required, variants, form_sign=form_sign)


def _answers(name: str, label: str, *variants: str) -> Column:
    return Column(name, label, Kind.COUNT, ANSWER, _RECOGNITION, variants=variants)


def _count(name: str, label: str, *variants: str) -> Column:
    return Column(name, label, Kind.COUNT, COUNT, _PROFILE, variants=variants)


MONITORED_SUBJECTS: tuple[tuple[str, str], ...] = (
    ("chinese", "语文"), ("mathematics", "数学"), ("science", "科学"),
    ("physical_education", "体育"), ("art", "艺术"), ("moral_education", "德育"),
)  # fmt: skip
"""监测科目: (name, label), in the order of 表Ⅴ."""

VETO_ITEMS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("veto_entrance_exam", "存在以考试方式招生", ("考试", "招生|选拔|入学")),
    ("veto_school_choice", "存在违规择校行为", ("择校",)),
    ("veto_key_schools", "存在重点学校或重点班", ("重点学校|重点校|重点班",)),
    ("veto_unfilled_posts", "存在“有编不补”或长期聘用编外教师的情况", ("编外|有编不补",)),
    ("veto_safety_discipline", "教育系统存在重大安全责任事故和严重违纪违规事件", ("安全事故|责任事故|违纪违规|违规违纪",)),
    ("veto_falsification", "有弄虚作假行为", ("弄虚作假",)),
    ("veto_tutoring", "规范治理校外培训机构及减轻中小学课外负担不力", ("校外培训",)),
)
"""一票否决事项: (column, label, keywords, "|" between alternatives). Whether the last belongs to the national list is 待核 (policy pack)."""

_FORM_COLUMNS: tuple[Column, ...] = (
    Column("county_name", "区县名称", Kind.TEXT, group=_BASIC, required=True, variants=("县区名称", "县（市、区）名称", "区（县）名称", "区县", "县区", "县（市、区）", "县级单位名称")),
    Column("county_code", "区县代码", Kind.ID, group=_BASIC, required=True, variants=("县区代码", "区划代码", "行政区划代码", "区县编码", "县（市、区）代码")),
    Column("school_year", "填报年度", Kind.YEAR, YEAR, _BASIC, required=True, variants=("学年", "填报学年", "年度", "学年度", "填报年份")),
    _money("primary_quota_yuan", "规定的小学生均公用经费标准", _FUNDS, "小学生均公用经费标准", "小学生均公用经费基准定额"),
    _money("junior_quota_yuan", "规定的初中生均公用经费标准", _FUNDS, "初中生均公用经费标准", "初中生均公用经费基准定额"),
    _money("special_school_funds_yuan", "特殊教育学校经费总额", _FUNDS, "特殊教育学校公用经费总额", "特殊教育学校公用经费"),
    _people("special_school_pupils", "特殊教育学校学生人数", _FUNDS, "特殊教育学生数", "特殊教育学校学生数"),
    _money("inclusive_funds_yuan", "随班就读残疾学生公用经费总额", _FUNDS, "随班就读公用经费总额", "随班就读学生公用经费总额", "随班就读经费总额", required=False),
    _people("inclusive_pupils", "随班就读残疾学生人数", _FUNDS, "随班就读学生人数", "随班就读人数", required=False),
    _money("teacher_pay_yuan", "上年度义务教育学校教师年平均工资收入水平（不含民办学校）", _PAY, "教师年平均工资", "教师平均工资",
           "义务教育学校教师年平均工资收入", "教师年平均工资收入", "上年度义务教育学校教师年平均工资收入水平", form_sign="万元"),
    _money("civil_servant_pay_yuan", "当地公务员年平均工资收入", _PAY, "公务员年平均工资", "公务员平均工资",
           "当地公务员平均工资收入水平", "公务员工资", form_sign="万元"),
    _people("rotation_eligible", "符合交流条件教师总数", _ROTATION, "符合交流轮岗条件教师总数", "符合交流条件数", "符合条件教师总数"),
    _people("rotated_teachers", "实际交流轮岗教师数", _ROTATION, "实际交流教师数", "交流数", "交流轮岗教师数"),
    _people("rotated_backbone_teachers", "实际交流骨干教师数量", _ROTATION, "实际交流骨干教师数", "骨干交流数", "交流轮岗骨干教师数", "其中：骨干教师数"),
    _people("senior_high_places", "优质高中招生计划总人数", _SENIOR_HIGH, "优质高中招生计划数", "优质高中计划数", "优质高中招生名额总数", "优质高中计划"),
    _people("senior_high_allocated", "优质高中招生分配指标数", _SENIOR_HIGH, "优质高中分配数", "优质高中分配指标数", "优质高中分配"),
    _people("senior_high_allocated_rural", "向农村学校分配指标数", _SENIOR_HIGH, "优质高中农村分配数", "农村分配数", "农村分配", "向农村初中分配指标数",
            "其中：分配农村学校"),
    _people("migrant_eligible", "符合条件的随迁子女总人数", _MIGRANT, "符合条件随迁子女总数", "随迁子女符合条件数", "随迁符合条件"),
    _people("migrant_in_public", "在县域内公办学校就读的随迁子女人数", _MIGRANT, "公办学校就读的随迁子女人数", "随迁子女公办就读数", "随迁公办",
            "随迁子女在公办学校就读人数"),
    _people("migrant_in_purchased", "在政府购买服务的民办学校就读随迁子女人数", _MIGRANT, "政府购买服务的民办学校就读的随迁子女人数",
            "在政府购买服务的民办学校就读的随迁子女人数", "随迁子女购买学位数", "随迁购买", "政府购买服务就读人数",
            "随迁子女在政府购买服务的民办学校就读人数"),
    _people("disabled_children", "适龄残疾儿童少年总数", _DISABLED, "适龄残疾儿童少年总人数", "适龄残疾数", "适龄残疾"),
    _people("disabled_enrolled", "适龄残疾儿童少年入学总人数", _DISABLED, "适龄残疾儿童少年入学人数", "残疾入学数", "残疾入学", "残疾儿童少年入学人数"),
    _people("disabled_in_special_schools", "其中：在特殊教育学校就读人数", _DISABLED, "在特殊教育学校就读的残疾儿童少年人数",
            "在特殊教育学校就读人数", "特殊教育学校就读人数", required=False),
)  # fmt: skip

_PROFILE_COLUMNS: tuple[Column, ...] = (
    _people("resident_population", "人口总数", _PROFILE, "常住人口", "常住人口数", "年末常住人口", "常住人口总数", required=False, form_sign="万人"),
    _people("rural_population", "农业人口数", _PROFILE, "乡村人口", "乡村人口数", required=False, form_sign="万人"),
    _count("townships", "乡镇数", "乡镇个数", "乡镇（街道）数", "乡（镇）数"), _count("villages", "行政村数", "村数", "行政村个数", "村个数"),
    _money("gdp_per_head_yuan", "年人均国内生产总值", _PROFILE, "人均GDP", "人均国内生产总值", required=False),
    _money("revenue_per_head_yuan", "年人均地方财政收入", _PROFILE, "人均财政收入", "人均地方财政收入", required=False),
    _money("farmer_income_yuan", "农民年人均纯收入", _PROFILE, "农民收入", "农民人均纯收入", "农村居民年人均可支配收入", required=False),
    _money("urban_income_yuan", "城镇居民年人均可支配收入", _PROFILE, "城镇居民收入", "城镇居民人均可支配收入", required=False),
    _count("primary_schools", "小学数", "小学校数", "小学学校数", "普通小学数", "小学（所）"),
    _count("nine_year_schools", "九年一贯制学校数"), _count("junior_schools", "初中数", "初中校数", "初中学校数", "初级中学数", "初中（所）"),
    _count("complete_middle_schools", "完全中学数"), _count("twelve_year_schools", "十二年一贯制学校数"),
    _count("special_schools", "特殊教育学校数"), _count("teaching_points", "小学教学点数", "教学点数"),
    _count("teaching_points_from_50", "50人及以上教学点数", "小学教学点数（50人及以上）", "其中：50人及以上教学点数", "≥50人教学点数",
           "其中：50人及以上", "小学教学点数（其中：50人及以上）"),
    _money("education_spending_yuan", "一般公共预算教育支出", _PROFILE, "教育支出", form_sign="万元", required=False),
    _people("compulsory_pupils", "义务教育在校学生数", _PROFILE, "在校生数", "在校学生数", "在校生", "义务教育在校生数", "义务教育阶段在校生数", required=False),
)  # fmt: skip

_RECOGNITION_COLUMNS: tuple[Column, ...] = (
    _answers("questionnaires", "问卷总数", "问卷发放数", "问卷发放总数", "发放问卷数", "问卷发放", "问卷发放份数", "发放问卷总数",
             "问卷总份数", "问卷总数（计）"),
    _answers("questionnaires_valid", "回收有效问卷数", "有效问卷数", "问卷有效数", "其中：回收有效问卷数"),
    _answers("questionnaires_satisfied", "满意问卷数", "问卷满意数", "其中：满意问卷数"),
    _people("interviews", "实地走访人数", _RECOGNITION, "走访人数", "实地走访总人数", "走访", "走访总人数", required=False),
    _people("interviews_satisfied", "实地走访满意人数", _RECOGNITION, "走访满意人数", "走访满意数", "满意人数", "其中：满意人数",
            required=False),
    _answers("parent_questionnaires", "问卷总数（家长）", "家长问卷总数", "家长问卷发放数"),
    _answers("parent_questionnaires_valid", "回收有效问卷数（家长）", "家长有效问卷数"),
    _answers("parent_questionnaires_satisfied", "满意问卷数（家长）", "家长满意问卷数", "家长问卷满意数"),
    _people("parent_interviews", "实地走访人数（家长）", _RECOGNITION, "家长走访人数", "实地走访家长人数", required=False),
    _people("parent_interviews_satisfied", "实地走访满意人数（家长）", _RECOGNITION, "家长走访满意人数", "走访家长满意人数", required=False),
)  # fmt: skip


def _monitoring_columns() -> tuple[Column, ...]:
    out: list[Column] = []
    for name, label in MONITORED_SUBJECTS:
        out.append(Column(f"level_{name}", f"{label}学业水平等级", Kind.LEVEL, group=_MONITORING, keywords=(label, "级"),
                          variants=(f"{label}等级", f"{label}水平等级", f"{label}学业水平", f"{label}监测等级", f"{label}监测水平等级", f"{label}水平",
                                    f"{label}（学业水平）", f"{label}学生学业水平")))
        out.append(Column(f"difference_{name}", f"{label}校际差异率", Kind.FRACTION, FRACTION, _MONITORING,
                          keywords=(label, "差异"), variants=(f"{label}差异率", f"{label}学业水平校际差异率")))
    return tuple(out)  # fmt: skip


COUNTY = Table(
    name="county",
    label="区县表",
    grain="一行一县",
    key=("county_code",),
    columns=(
        *_FORM_COLUMNS,
        *_PROFILE_COLUMNS,
        *_RECOGNITION_COLUMNS,
        *_monitoring_columns(),
        *(
            Column(name, label, Kind.FLAG, group=_VETO, keywords=keywords,
                   variants=(f"是否{label}", f"一票否决：{label}", f"是否{label.removeprefix('教育系统').removeprefix('有')}"))
            for name, label, keywords in VETO_ITEMS
        ),
    ),
)  # fmt: skip
FORM_COLUMN_NAMES = tuple(column.name for column in _FORM_COLUMNS)
