"""`junheng plan classes`: balanced classes for one entry grade."""

from __future__ import annotations

from pathlib import Path

import click

from junheng.cli.app import ChineseHelp
from junheng.common.digests import Digest
from junheng.common.stages import COMPULSORY_STAGES

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_STAGES = {stage.label: stage for stage in COMPULSORY_STAGES}


@click.command("classes", cls=ChineseHelp)
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="目录", help="结果写到这里。")
@click.option("--pupils", type=_FILE, metavar="文件", help="编班名单：一校一个年级的新生。")
@click.option("--classes", type=click.IntRange(1), metavar="个", help="班数。")
@click.option("--stage", default="小学", show_default=True, type=click.Choice(list(_STAGES)), metavar="学段", help="小学或初中；小学不得使用成绩。")
@click.option("--seed", metavar="文字", help="名单确定以后才产生的公开数字或文字。")
@click.option("--school", default="本校", show_default=True, metavar="学校", help="写在标题里的学校和年级。")
@click.option("--digest", default="sha256", show_default=True, type=click.Choice([str(each) for each in Digest]), metavar="算法", help="摘要算法：sha256 或 sm3（国密）。")
@click.option("--template", is_flag=True, help="只写出空白的编班名单。")
def command(out: Path, pupils: Path | None, classes: int | None, stage: str, seed: str | None, school: str, digest: str, template: bool) -> None:  # fmt: skip
    """均衡编班：各班人数、男女、随班就读相差不超过 1 人，多胞胎按意愿，结果由公开种子决定。"""
    from junheng.planning.admission.classes import balance_classes
    from junheng.planning.admission.tables import PUPILS, read_pupils
    from junheng.reports.plans.blank_tables import write_blank_tables
    from junheng.reports.plans.classes import write_classes
    from junheng.reports.staging import refuse_out

    if template:
        out.mkdir(parents=True, exist_ok=True)
        click.echo(f"已写出模板：{write_blank_tables(out, [PUPILS])[0]}")
        return
    if pupils is None or classes is None or seed is None:
        raise click.UsageError("缺少 --pupils、--classes 或 --seed（空白表用 --template 生成）")
    refuse_out(out, [pupils])
    listed, names = read_pupils(pupils)
    plan = balance_classes(listed, classes, _STAGES[stage], seed, Digest(digest))
    out.mkdir(parents=True, exist_ok=True)
    write_classes(out, plan, names, school)
    click.echo(f"{len(listed)} 人编成 {classes} 个班，各班人数相差 {plan.spread(lambda _: True)} 人。名单哈希 {plan.list_hash}")
    click.echo(f"  打开 {out / 'index.html'}")
