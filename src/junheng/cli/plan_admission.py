"""`junheng plan admission`: every child to a school."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from junheng.cli.app import ChineseHelp
from junheng.common.digests import Digest
from junheng.common.stages import COMPULSORY_STAGES

_STAGES = {stage.label: stage for stage in COMPULSORY_STAGES}
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("admission", cls=ChineseHelp)
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="目录", help="结果写到这里。")
@click.option("--schools", type=_FILE, metavar="文件", help="招生学校表。")
@click.option("--children", type=_FILE, metavar="文件", help="招生儿童名单。")
@click.option("--order", "order", type=_FILE, metavar="文件", help="录取次序表；不写则用自带的次序（第一类以外待核）。")
@click.option("--seed", metavar="文字", help="名单公示以后才产生的公开数字或文字；不写则只写出公示名单和哈希。")
@click.option("--digest", default="sha256", show_default=True, type=click.Choice([str(each) for each in Digest]), metavar="算法", help="摘要算法：sha256 或 sm3（国密）。")
@click.option("--siblings-apart", is_flag=True, help="同胞各自安排；不写则尽量同校。")
@click.option("--no-elder", is_flag=True, help="不照顾兄姊在读；不写则同类中兄姊在读的优先。")
@click.option("--private-waiting", is_flag=True, help="民办未抽中的可以候补；不写则不补录。")
@click.option("--stage", type=click.Choice(list(_STAGES)), metavar="学段", help="小学或初中；写了就按班额标准核对招生计划。")
@click.option("--template", is_flag=True, help="只写出空白表和自带的录取次序表。")
def command(out: Path, schools: Path | None, children: Path | None, order: Path | None, seed: str | None, digest: str, siblings_apart: bool,
            no_elder: bool, private_waiting: bool, stage: str | None, template: bool) -> None:  # fmt: skip
    """招生方案：民办和公办同时安排，划片学校按次序录取，其余统筹到路程合计最短，逐人说明为什么。

    先不写 --seed 运行一次，公示名单和哈希；种子产生后加上 --seed 再运行。
    """
    from junheng.planning.admission.admit import admit
    from junheng.planning.admission.model import Rules, Way
    from junheng.planning.admission.priorities import built_in_classes
    from junheng.planning.admission.private import lists_to_publish
    from junheng.planning.admission.tables import (
        CHILDREN,
        CLASSES,
        SCHOOLS,
        built_in_class_rows,
        read_children,
        read_classes,
        read_schools,
    )
    from junheng.reports.plans.admission import LOTTERIES, list_path, write_admission
    from junheng.reports.plans.blank_tables import write_blank_tables, write_filled_table
    from junheng.reports.staging import refuse_out

    if template:
        out.mkdir(parents=True, exist_ok=True)
        written = [*write_blank_tables(out, (SCHOOLS, CHILDREN)), write_filled_table(out, CLASSES, built_in_class_rows())]
        click.echo("已写出模板：" + "、".join(str(path) for path in written))
        return
    if schools is None or children is None:
        raise click.UsageError("缺少 --schools 或 --children（空白表用 --template 生成）")
    refuse_out(out, [schools, children])
    rules = Rules(read_classes(order) if order else built_in_classes(), not siblings_apart, not no_elder, private_waiting, Digest(digest),
                  _class_size(stage))  # fmt: skip
    own_schools, own_children = read_schools(schools), read_children(children)
    out.mkdir(parents=True, exist_ok=True)
    if seed is None:
        (out / LOTTERIES).mkdir(exist_ok=True)
        click.echo("尚无种子。请先公示以下名单的哈希和产生种子的办法：")
        for name, text in lists_to_publish(own_schools, own_children, rules).items():
            path = list_path(out, name)
            path.write_bytes(text.encode())
            click.echo(f"  {path}\n    {digest} {rules.digest.of(text)}")
        return
    plan = admit(own_schools, own_children, rules, seed)
    write_admission(out, plan)
    lost = sum(each.way is Way.NONE for each in plan.placements)
    click.echo(f"{len(plan.placements)} 名儿童：{len(plan.placements) - lost} 名已有学校，{lost} 名待安排。")
    click.echo(f"  打开 {out / 'index.html'}")


def _class_size(stage: str | None) -> int | None:
    """The most pupils in a class, by the policy in force today."""
    from junheng.policy import resolve

    return None if stage is None else int(resolve("quality_balance_2017", "", date.today()).limits["class_size"].at(_STAGES[stage]).value)
