"""`junheng plan zones`: which village or neighbourhood belongs to which school."""

from __future__ import annotations

from pathlib import Path

import click

from junheng.cli.app import ChineseHelp
from junheng.cli.progress import progress

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("zones", cls=ChineseHelp)
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="目录", help="结果写到这里。")
@click.option("--blocks", type=_FILE, metavar="文件", help="片区表：村、小区、路段，适龄儿童，相邻关系，上年学校。")
@click.option("--schools", type=_FILE, metavar="文件", help="划片学校表。")
@click.option("--ways", type=_FILE, metavar="文件", help="路程表；不写则按直线距离。")
@click.option("--change-m", default=1000, show_default=True, type=click.IntRange(0), metavar="米", help="改划一名儿童抵多少米路程：越大，与上年的变动越少（0 为不计变动）。")
@click.option("--seconds", default=30.0, show_default=True, type=click.FloatRange(1, 86400), metavar="秒", help="最多求解多久。")
@click.option("--template", is_flag=True, help="只写出空白表。")
def command(out: Path, blocks: Path | None, schools: Path | None, ways: Path | None, change_m: int, seconds: float, template: bool) -> None:
    """划片方案：就近、连片、不超计划、小区不拆分、与上年变动最少；容不下时说明差在哪里。"""
    from junheng.planning.zoning.model import ZoneRequest
    from junheng.planning.zoning.plan import plan_zones
    from junheng.planning.zoning.tables import BLOCKS, SCHOOLS, WAYS, read_blocks, read_schools, read_ways
    from junheng.reports.plans.blank_tables import write_blank_tables
    from junheng.reports.plans.zones import write_zones
    from junheng.reports.staging import refuse_out

    if template:
        out.mkdir(parents=True, exist_ok=True)
        click.echo("已写出模板：" + "、".join(str(path) for path in write_blank_tables(out, (BLOCKS, SCHOOLS, WAYS))))
        return
    if blocks is None or schools is None:
        raise click.UsageError("缺少 --blocks 或 --schools（空白表用 --template 生成）")
    refuse_out(out, [blocks, schools])
    own_blocks, own_schools = read_blocks(blocks), read_schools(schools)
    request = ZoneRequest(own_blocks, own_schools, read_ways(ways, own_blocks, own_schools) if ways else None, change_m, seconds)
    with progress("求划片方案"):
        plan = plan_zones(request)
    out.mkdir(parents=True, exist_ok=True)
    write_zones(out, plan)
    over = sum(plan.excess.values())
    click.echo(f"{len(own_blocks)} 个片区划给 {len(own_schools)} 所学校" + (f"，仍超计划 {over} 人（{f'已证明至少超出 {plan.excess_bound} 人' if plan.excess_bound else '没有证明不能更少'}）" if over else "，都在招生计划以内")
               + f"；与最好的方案相差不超过 {plan.gap:.2%}。")  # fmt: skip
    click.echo(f"  打开 {out / 'index.html'}")
