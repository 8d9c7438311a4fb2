"""What can be done about a shortfall, and whose it is: suggestions by indicator and criterion (教育部门 and its partners)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Remedy(NamedTuple):
    """A suggested measure, the department that leads and those that help."""

    measure: str
    lead: str
    partners: str


_EDU, _FINANCE, _STAFF, _POSTS, _PLANS, _LAND = "教育局", "财政局", "编办", "人社局", "发改局", "自然资源局"

_REMEDIES: Mapping[str, Remedy] = {
    "higher_degree_teachers_per100": Remedy("补充高于规定学历的专任教师，支持在职教师提升学历", _EDU, f"{_STAFF}、{_POSTS}"),
    "backbone_teachers_per100": Remedy("通过交流轮岗调入骨干教师，培养本校县级以上骨干教师", _EDU, _POSTS),
    "pe_art_teachers_per100": Remedy("招聘或县域内调配体育、音乐、美术专任教师", _EDU, f"{_STAFF}、{_POSTS}"),
    "teach_area_per_pupil": Remedy("新建、改扩建教学及辅助用房，或分流学生", _EDU, f"{_PLANS}、{_LAND}、{_FINANCE}"),
    "sport_area_per_pupil": Remedy("扩建体育场馆、改造校内运动场地，或分流学生", _EDU, f"{_PLANS}、{_LAND}、{_FINANCE}"),
    "equipment_value_per_pupil": Remedy("按配备标准补充教学仪器设备", _EDU, _FINANCE),
    "multimedia_rooms_per100": Remedy("建设网络多媒体教室", _EDU, _FINANCE),
    "balance": Remedy("优先向影响差异系数最大的学校配置该项资源", _EDU, f"{_FINANCE}、{_STAFF}"),
    "layout": Remedy("完善学校布局规划并备齐佐证材料", _EDU, f"{_LAND}、{_PLANS}"),
    "unified_standards": Remedy("统一城乡建设、编制、公用经费和装备标准，执行不低于省市定额的标准", _EDU, f"{_FINANCE}、{_STAFF}、{_PLANS}"),
    "primary_quota": Remedy("提高小学生均公用经费标准", _FINANCE, _EDU),
    "junior_quota": Remedy("提高初中生均公用经费标准", _FINANCE, _EDU),
    "music_rooms": Remedy("新建或改建面积达标的音乐专用教室", _EDU, f"{_PLANS}、{_FINANCE}"),
    "art_rooms": Remedy("新建或改建面积达标的美术专用教室", _EDU, f"{_PLANS}、{_FINANCE}"),
    "school_size": Remedy("新建学校或调整学区，分流学生", _EDU, f"{_LAND}、{_PLANS}"),
    "oversize_classes": Remedy("增设班级、控制起始年级班额、调整学区", _EDU, f"{_LAND}、{_STAFF}"),
    "small_school_funding": Remedy("不足 100 人的学校按 100 人核定并拨付公用经费", _FINANCE, _EDU),
    "special_education_funding": Remedy("足额拨付特殊教育学校公用经费", _FINANCE, f"{_EDU}、残联"),
    "inclusive_education_funding": Remedy("足额拨付随班就读残疾学生公用经费", _FINANCE, f"{_EDU}、残联"),
    "teacher_pay": Remedy("落实义务教育教师工资待遇，核定绩效工资总量", _POSTS, f"{_FINANCE}、{_EDU}"),
    "training_hours": Remedy("安排未满学时的教师参加培训", _EDU, _FINANCE),
    "staffing_allocation": Remedy("在编制总额和岗位总量内统筹分配各校编制和岗位", _EDU, f"{_STAFF}、{_POSTS}"),
    "rotation_share": Remedy("扩大符合条件教师的交流轮岗", _EDU, f"{_POSTS}、{_STAFF}"),
    "rotation_backbone_share": Remedy("安排更多骨干教师交流轮岗", _EDU, f"{_POSTS}、{_STAFF}"),
    "teacher_certificates": Remedy("组织未持证教师取得资格，或调整岗位", _EDU, _POSTS),
    "nearby_enrolment": Remedy("规范划片招生，清理片外就读", _EDU, "公安局"),
    "senior_high_share": Remedy("提高优质高中名额分配比例并向农村初中倾斜", _EDU, ""),
    "migrant_share": Remedy("增加公办学位或购买民办学校学位", _EDU, f"{_FINANCE}、公安局"),
    "migrant_children": Remedy("健全留守儿童关爱体系", _EDU, "民政局、乡镇（街道）"),
    "retention": Remedy("落实控辍保学，核实转学去向", _EDU, "乡镇（街道）"),
    "disabled_share": Remedy("一人一案安置未入学残疾儿童少年", _EDU, "残联、民政局、卫健局"),
    "charters_and_it": Remedy("各校制定章程，完善管理与教学信息化", _EDU, ""),
    "training_budget_share": Remedy("按不低于公用经费预算 5% 安排教师培训经费", _EDU, _FINANCE),
    "it_use": Remedy("开展信息化教学应用培训，提高设备利用率", _EDU, ""),
    "moral_and_culture": Remedy("提升德育和校园文化建设水平", _EDU, ""),
    "curriculum": Remedy("开齐开足课程，落实综合实践和劳动教育", _EDU, ""),
    "workload": Remedy("落实减负要求", _EDU, ""),
    "level_": Remedy("针对监测薄弱学科改进教学", _EDU, ""),
    "difference_": Remedy("加强薄弱学校该学科教学帮扶", _EDU, ""),
    "questionnaire_satisfaction": Remedy("分析不满意原因并整改", _EDU, ""),
    "interview_satisfaction": Remedy("分析不满意原因并整改", _EDU, ""),
    "veto_unfilled_posts": Remedy("及时补充在编教师，清理长期聘用编外教师", _EDU, f"{_STAFF}、{_POSTS}"),
    "veto_safety_discipline": Remedy("查清责任，彻底整改", _EDU, "市场监管局、公安局"),
    "veto_": Remedy("立即纠正，查清责任", _EDU, ""),
}  # fmt: skip

REPORT_MISSING = Remedy("核实后补报，补报后自动重算", _EDU, "")
GIVE_EVIDENCE = Remedy("备齐佐证材料，组织评定并填入评定表", _EDU, "")


def remedy_for(id: str) -> Remedy:
    """The suggestion for an indicator or criterion id; families such as level_… share one."""
    if id in _REMEDIES:
        return _REMEDIES[id]
    family = next((each for key, each in _REMEDIES.items() if key.endswith("_") and id.startswith(key)), None)
    return family or Remedy("查明原因并整改", _EDU, "")
