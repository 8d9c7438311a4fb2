"""交流轮岗方案: who goes where next year, and circuits for small schools."""

from __future__ import annotations

from junheng.planners.common_inputs import seconds
from junheng.planners.model import Kind, Parameter, Planner, TableInput

ROTATION = Planner(
    "rotation", "交流轮岗方案", "交流轮岗方案：谁去哪所学校；小规模学校的走教",
    "交流轮岗方案：先补学科缺口，比例达到政策要求，不使任何学校缺人，照顾通勤和夫妻；小规模学校安排走教。", None,
    (
        TableInput("schools", "轮岗学校表", "轮岗学校表。", True, "轮岗学校表.xlsx", "--schools"),
        TableInput("classes", "班级数表", "班级数表：各年级班数，用于算学科余缺。", True, "班级数表.xlsx", "--classes"),
        TableInput("teachers", "教师表", "教师表。", True, "教师表.xlsx", "--teachers", people=True),
        TableInput("parameters", "轮岗参数表", "轮岗参数表；不写则用自带的参数（年限、豁免、通勤等待核）。", False, "参数表.xlsx", "--parameters"),
        Parameter("school_year", "轮岗学年", "轮岗学年（起始年），即第一年。", Kind.WHOLE, "--school-year", least=2000, most=2100, unit="年", required=True),
        Parameter("years", "年数", "几年一起安排：每人最多一次，各年都达到比例，各校轻重均衡。", Kind.WHOLE, "--years", 1, least=1, most=6, unit="年"),
        seconds(60.0),
    ),
    "junheng.planners.work.rotation", blank="只写出空白表和自带的参数表。",
)  # fmt: skip
