"""`junheng plan lottery`: publish a list, draw from it, and let anybody prove the draw.

Not built from the declaration (`planners.lottery`) like the other commands: these are four acts of different people on different days,
each on one file of its own — who draws has the published list and not the applications, who proves has neither. What they ask for and
say in common is taken from there.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from junheng.cli.app import ChineseGroup, ChineseHelp
from junheng.cli.plan_command import attributes
from junheng.common.errors import UserError
from junheng.planners.lottery import LOTTERY

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_DECLARED = {each.id: each for each in LOTTERY.parameters}


def _option(id: str, **more: Any) -> Callable[[Any], Any]:
    """A declared parameter as an option of one of these commands."""
    return click.option(_DECLARED[id].option, id, **attributes(_DECLARED[id]) | more)


@click.group("lottery", cls=ChineseGroup, short_help=LOTTERY.summary)
def command() -> None:
    """摇号：名单公示、抽取、核验；任何人用公示的名单和种子都能算出同样的结果。

    次序：报名截止后 list 写出名单并公示哈希；种子产生后 draw 抽取；家长、公证人用 verify 核验。
    """


@command.command("list", cls=ChineseHelp)
@click.argument("applicants", type=_FILE, metavar="报名名单")
@_option("school", required=True)
@_option("places", required=True)
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="文件", help="公示名单写到这个 .txt 文件。")
@_option("digest")
@_option("siblings_apart")
@_option("add_places")
@_option("waiting_list")
def publish(applicants: Path, out: Path, **values: Any) -> None:
    """写出公示名单和它的哈希。名单只有报名号和同胞标记，行的次序与报名表无关。

    在种子产生之前公示：名单、哈希，以及将来怎样产生种子（例如某日的体育彩票开奖号码，或公证处现场抽取的数字）。
    """
    from junheng.planners.work.lottery import announcement, read_applicants, terms_of
    from junheng.planning.admission.lottery import canonical_list

    terms, applied = terms_of(values), read_applicants(applicants)
    text = canonical_list(terms, applied)
    _write(out, text)
    click.echo(announcement(terms, len(applied)))
    click.echo(f"  公示名单 {out}\n  名单哈希（{terms.digest}）{terms.digest.of(text)}")


@command.command("draw", cls=ChineseHelp)
@click.argument("published", type=_FILE, metavar="公示名单")
@click.option("--seed", required=True, metavar="文字", help="公示名单以后才产生的公开数字或文字（空格和全角半角不计）。")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="文件", help="结果写到这个 .json 文件。")
@click.option("--json", "as_json", is_flag=True, help="同时把结果写到标准输出（JSON）。")
def draw_from(published: Path, seed: str, out: Path, as_json: bool) -> None:
    """抽取：签号 = 摘要(种子:报名号)，从小到大录取到计划数为止。"""
    from junheng.planners.work.lottery import counted
    from junheng.planning.admission.lottery_record import record_of

    record = record_of(_read(published), seed)
    _write(out, record.to_json())
    click.echo(record.to_json() if as_json else f"{counted(record)}\n  名单哈希 {record.list_hash}\n  种子 {record.seed}\n  结果 {out}")


@command.command("verify", cls=ChineseHelp)
@click.argument("result", type=_FILE, metavar="摇号结果")
@click.option("--list-hash", required=True, metavar="哈希", help="公示的名单哈希（从公告上抄录，不要从结果文件里取）。")
@click.option("--seed", required=True, metavar="文字", help="公布的种子文字。")
@click.option("--list", "published", type=_FILE, metavar="文件", help="公示名单；给出后能指出名单的哪一行被改动。")
def verify(result: Path, list_hash: str, seed: str, published: Path | None) -> None:
    """核验：用公示的哈希和种子重新抽取，逐人比对；有任何不同就指出是什么，并以退出码 1 结束。"""
    from junheng.planners.work.lottery import counted
    from junheng.planning.admission.lottery_record import differences, read_record

    record = read_record(_read(result))
    found = differences(record, list_hash, seed, _read(published) if published else None)
    if found:
        click.echo(f"核验不通过，{len(found)} 处不同：")
        click.echo("\n".join(f"  {line}" for line in found))
        raise click.exceptions.Exit(1)
    click.echo(f"核验通过：名单与公示的一致，种子一致，{len(record.result)} 人的结果与重算完全相同。{counted(record)}")


@command.command("template", cls=ChineseHelp)
@click.argument("out", type=click.Path(path_type=Path, file_okay=False), metavar="目录")
def template(out: Path) -> None:
    """写出空白的报名名单。"""
    out.mkdir(parents=True, exist_ok=True)
    click.echo(f"已写出模板：{LOTTERY.write_templates(out)[0]}")


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise UserError("文件不是 UTF-8 文本", where=str(path), remedy="请用 junheng plan lottery 写出的原文件") from error


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())  # bytes: a line end changed on the way would change the hash
    except OSError as error:
        raise UserError("结果写不出来", where=str(path), why=error.strerror or "", remedy="请核对路径和权限") from error
