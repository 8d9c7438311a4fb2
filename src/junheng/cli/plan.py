"""`junheng plan`: one subcommand per planner, built from its declaration; `lottery` alone has a module of its own."""

from __future__ import annotations

import click

from junheng.cli.app import ChineseGroup
from junheng.cli.plan_command import command_of
from junheng.cli.plan_lottery import command as lottery
from junheng.planners.lottery import LOTTERY
from junheng.planners.registry import PLANNERS


@click.group("plan", cls=ChineseGroup)
def command() -> None:
    """规划：学龄人口预测、学校布局、划片招生、师资、达标方案。"""


for _planner in PLANNERS:
    command.add_command(lottery if _planner is LOTTERY else command_of(_planner))
