"""`junheng plan`: one subcommand per planner, each in its own module `plan_<name>.py`."""

from __future__ import annotations

from collections.abc import Mapping

import click

from junheng.cli.app import ChineseGroup

PLANNERS: Mapping[str, tuple[str, str]] = {
    "admission": ("junheng.cli.plan_admission", "招生方案：每个孩子去哪所学校，为什么"),
    "classes": ("junheng.cli.plan_classes", "均衡编班：人数、男女、随班就读相差不超过 1 人"),
    "forecast": ("junheng.cli.plan_forecast", "学龄人口预测：今后各县、各校有多少学生，何时低于或超过标准"),
    "improvement": ("junheng.cli.plan_improvement", "达标方案：怎样花最少的钱，使每所学校和每项差异系数都达标"),
    "lottery": ("junheng.cli.plan_lottery", "摇号：名单公示、抽取、核验"),
    "rotation": ("junheng.cli.plan_rotation", "交流轮岗方案：谁去哪所学校；小规模学校的走教"),
    "siting": ("junheng.cli.plan_siting", "布局方案：哪些学校新建、扩建、保留、并入、停办，孩子们怎样上学"),
    "staffing": ("junheng.cli.plan_staffing", "师资方案：编制够不够，哪些学科缺教师，何时退休"),
    "zones": ("junheng.cli.plan_zones", "划片方案：哪个村、哪个小区划给哪所学校"),
}
"""Subcommand → (module with a click command named `command`, one-line help)."""


@click.group("plan", cls=ChineseGroup, lazy=PLANNERS)
def command() -> None:
    """规划：学龄人口预测、学校布局、划片招生、师资、达标方案。"""
