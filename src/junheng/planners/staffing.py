"""师资方案: posts, subjects, retirements, careers."""

from __future__ import annotations

from junheng.planners.model import Kind, Parameter, Planner, TableInput

STAFFING = Planner(
    "staffing", "师资方案", "师资方案：编制够不够，哪些学科缺教师，何时退休",
    "师资方案：应核编制和分配、有编不补预警、各学科余缺、任职条件核对；按学生预测和退休逐年推算应核编制和须补的教师。", None,
    (
        TableInput("posts", "学校编制表", "学校编制表：在校生、班数、核定编制、在编、在岗不在编。", False, "学校编制表.xlsx", "--posts"),
        TableInput("classes", "班级数表", "班级数表：各年级班数。", False, "班级数表.xlsx", "--classes"),
        TableInput("teachers", "教师表", "教师表；须同时有班级数表。", False, "教师表.xlsx", "--teachers", ("classes",), people=True),
        TableInput("forecast", "学校预测表", "学校预测表（学龄人口预测写出的）；须同时有学校编制表。", False, "学校预测表.xlsx", "--forecast", ("posts",)),
        TableInput("parameters", "参数表", "参数表；不写则用自带的参数（多数待核）。", False, "参数表.xlsx", "--parameters"),
        Parameter("school_year", "学年", "学年（起始年）。", Kind.WHOLE, "--school-year", least=2000, most=2100, unit="年", required=True),
        Parameter("years", "往后推算", "往后推算几年：编制、学科、退休。", Kind.WHOLE, "--years", 3, least=1, most=15, unit="年"),
    ),
    "junheng.planners.work.staffing", any_of=("posts", "classes"), blank="只写出空白表和自带的参数表。",
)  # fmt: skip
