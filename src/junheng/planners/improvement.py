"""达标方案: the cheapest way to pass."""

from __future__ import annotations

from junheng.planners.common_inputs import policy, seconds
from junheng.planners.model import Kind, Parameter, Planner, Scope, TableInput

IMPROVEMENT = Planner(
    "improvement", "达标方案", "达标方案：怎样花最少的钱，使每所学校和每项差异系数都达标",
    "达标方案：怎样花最少的钱，使每所学校和每项差异系数都达标。", Scope.COUNTY,
    (
        TableInput("costs", "单价表", "单价表（.xlsx 或 .csv）；不写则用自带的示例单价（待核）。", False, "单价表.xlsx", "--costs"),
        TableInput("pins", "约束表", "约束表：不许动的教师、固定的数量、优先的学校。", False, "约束表.xlsx", "--pins"),
        Parameter("budget", "每年预算", "每年预算（万元），几年写几个，用逗号分开；只写一个则每年相同；不写则不限。", Kind.MONEYS, "--budget", least=0, unit="万元"),
        Parameter("years", "年数", "分几年完成；每年支付的费用按年数计。", Kind.WHOLE, "--years", 1, least=1, most=15, unit="年"),
        seconds(60.0),
        policy("政策包编号，或一个 YAML 文件。"),
        TableInput("forecast", "学校预测表", "学校预测表（学龄人口预测写出）：方案在预测值、下限、上限下都要达标。", False, "学校预测表.xlsx", "--forecast", ("forecast_year",)),
        Parameter("forecast_year", "预测学年", "取预测的哪一学年；须与学校预测表同用。", Kind.WHOLE, "--forecast-year", least=2000, most=2100, unit="年", beside=("forecast",)),
    ),
    "junheng.planners.work.improvement",
    "选择招聘、培养、校际调配、改扩建、购置的数量，给出学校、年度、费用和理由，并证明离最省还差多少。方案写出前已按判定程序精确复核。",
    prefilled=True, blank="只写出单价表和约束表的模板，不求解。",
)  # fmt: skip
