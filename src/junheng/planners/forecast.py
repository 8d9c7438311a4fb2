"""学龄人口预测: pupils by county and school for up to fifteen years, with intervals."""

from __future__ import annotations

from junheng.planners.common_inputs import policy
from junheng.planners.model import Kind, Parameter, Planner, Scope, TableInput

FORECAST = Planner(
    "forecast", "学龄人口预测", "学龄人口预测：今后各县、各校有多少学生，何时低于或超过标准",
    "学龄人口预测：今后各县、各校、各年级有多少学生，区间多大，哪所学校哪一年低于或超过标准。", Scope.COUNTIES,
    (
        TableInput("births", "出生人数表", "出生人数表：各县各年出生人数。", False, "出生人数表.xlsx", "--births"),
        TableInput("ages", "分年龄人口表", "分年龄人口表：单岁或五岁组；不写则用 2020 年人口普查（辽宁）。", False, "分年龄人口表.xlsx", "--ages"),
        TableInput("moves", "分年龄净迁移表", "分年龄净迁移表：入学前每年迁入、迁出的比例；不写则含在入学率里。", False, "分年龄净迁移表.xlsx", "--moves"),
        TableInput("past", "历年分年级学生数表", "历年分年级学生数表：用于算升级率、学校份额和回测。", False, "历年分年级学生数表.xlsx", "--past"),
        TableInput("townships", "学校所属乡镇表", "学校所属乡镇表：多对一层账。", False, "学校所属乡镇表.xlsx", "--townships"),
        Parameter("years", "年数", "预测几年。", Kind.WHOLE, "--years", 10, least=1, most=15, unit="年"),
        Parameter("reconcile", "对账方法", "学校与全县对账：按比例、按误差或自下而上。", Kind.CHOICE, "--reconcile", "按比例",
                  choices={each: each for each in ("按比例", "按误差", "自下而上")}, placeholder="方法"),
        Parameter("backtest", "回测年数", "倒退几年回测；须有历年分年级学生数表。", Kind.WHOLE, "--backtest", 0, least=0, most=6, unit="年"),
        policy("与哪个标准对照：政策包编号，或一个 YAML 文件。"),
    ),
    "junheng.planners.work.forecast", blank="只写出各空白表，不预测。",
)  # fmt: skip
