"""`junheng plan siting`: the layout of a county's schools over several periods."""

from __future__ import annotations

from pathlib import Path

import click

from junheng.cli.app import ChineseHelp
from junheng.cli.progress import progress


@click.command("siting", cls=ChineseHelp)
@click.argument("folder", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="文件夹")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="目录", help="结果写到这里。")
@click.option("--name", default="", metavar="名称", help="县（市、区）名称；不写则用文件夹名。")
@click.option("--datum", default="cgcs2000", show_default=True, type=click.Choice(["cgcs2000", "wgs84", "gcj02", "bd09"]), help="经纬度的坐标系：高德、腾讯地图是 gcj02，百度地图是 bd09。")
@click.option("--seconds", default=120.0, show_default=True, type=click.FloatRange(1, 86400), metavar="秒", help="求方案、逐校反问、比选各最多多久。")
@click.option("--sweep", "choices", is_flag=True, help="多方案比选：路程、费用、班额各看重一些，另求几个方案，列出每个方案的得失。")
@click.option("--template", is_flag=True, help="只写出空白表。")
def command(folder: Path | None, out: Path, name: str, datum: str, seconds: float, choices: bool, template: bool) -> None:
    """布局方案：哪些学校新建、扩建、保留、并入、停办，何时，多少钱，孩子们怎样上学；逐校说明反过来会怎样。

    文件夹里放需求点表、学生数表、学校和候选点表；可另放约束表、资金表、参数表、路程表或路段表。没有方案时，说明是哪些约束冲突，最少怎样放宽。
    """
    from junheng.planning.geography import Datum
    from junheng.planning.siting.opposites import explained
    from junheng.planning.siting.reading import read_county
    from junheng.planning.siting.solve import solve
    from junheng.planning.siting.sweep import sweep
    from junheng.planning.siting.tables import OPTIONAL, REQUIRED
    from junheng.reports.plans.blank_tables import write_blank_tables
    from junheng.reports.plans.siting import write_siting
    from junheng.reports.staging import refuse_out

    if template:
        out.mkdir(parents=True, exist_ok=True)
        click.echo("已写出模板：" + "、".join(str(path) for path in write_blank_tables(out, (*REQUIRED, *OPTIONAL))))
        return
    if folder is None:
        raise click.UsageError("缺少文件夹（空白表用 --template 生成）")
    refuse_out(out, [folder])
    with progress("求布局方案") as step:
        plan = solve(read_county(folder, name or folder.resolve().name, Datum(datum)), seconds=seconds, notify=step)
        swept = sweep(plan, seconds=seconds, notify=step) if choices else None
        told = explained(swept.own if swept else plan, seconds=seconds, notify=step)
        plan = told.plan
        out.mkdir(parents=True, exist_ok=True)
        write_siting(out, plan, told.opposites, swept.joined(plan).choices if swept else ())
    click.echo(f"{plan.county.name}：{sum(state[-1].open for state in plan.states)} 所学校，合计 {plan.cost / 10_000:,.2f} 万元；与最好的方案相差不超过 {plan.gap:.2%}。")
    click.echo(f"  打开 {out / 'index.html'}")
