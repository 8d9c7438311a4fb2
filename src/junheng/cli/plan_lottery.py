"""`junheng plan lottery`: publish a list, draw from it, and let anybody prove the draw."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from junheng.cli.app import ChineseGroup, ChineseHelp
from junheng.common.digests import Digest
from junheng.common.errors import UserError

if TYPE_CHECKING:
    from junheng.planning.admission.lottery_record import Record

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group("lottery", cls=ChineseGroup)
def command() -> None:
    """摇号：名单公示、抽取、核验；任何人用公示的名单和种子都能算出同样的结果。

    次序：报名截止后 list 写出名单并公示哈希；种子产生后 draw 抽取；家长、公证人用 verify 核验。
    """


@command.command("list", cls=ChineseHelp)
@click.argument("applicants", type=_FILE, metavar="报名名单")
@click.option("--school", required=True, metavar="学校", help="学校名称（或标识码），写入公示名单。")
@click.option("--places", required=True, type=click.IntRange(0), metavar="人", help="招生计划数。")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="文件", help="公示名单写到这个 .txt 文件。")
@click.option("--digest", default="sha256", show_default=True, type=click.Choice([str(each) for each in Digest]), metavar="算法", help="摘要算法：sha256 或 sm3（国密）。")
@click.option("--siblings-apart", is_flag=True, help="同胞各自抽取；不写则一并抽取，同时录取或同时落选。")
@click.option("--add-places", is_flag=True, help="抽到同胞而剩余名额不足时增加计划；不写则后延，由后面的儿童递补（待核，按当地办法）。")
@click.option("--waiting-list", is_flag=True, help="未抽中的按次序候补；不写则放弃的学位不补录（民办学校）。")
def publish(applicants: Path, school: str, places: int, out: Path, digest: str, siblings_apart: bool, add_places: bool, waiting_list: bool) -> None:  # fmt: skip
    """写出公示名单和它的哈希。名单只有报名号和同胞标记，行的次序与报名表无关。

    在种子产生之前公示：名单、哈希，以及将来怎样产生种子（例如某日的体育彩票开奖号码，或公证处现场抽取的数字）。
    """
    from junheng.intake.plain_table import read_plain_table
    from junheng.planning.admission.lottery import Applicant, LastUnit, Terms, canonical_list
    from junheng.planning.admission.tables import LOTTERY_APPLICANTS

    rule = LastUnit.ADD_PLACES if add_places else LastUnit.PASS_OVER
    terms = Terms(school, places, Digest(digest), not siblings_apart, rule, waiting_list)
    lines = read_plain_table(applicants, LOTTERY_APPLICANTS)
    text = canonical_list(terms, (Applicant(str(line.values["number"]), str(line.values["siblings"] or "")) for line in lines))
    _write(out, text)
    click.echo(f"{terms.school}：报名 {len(lines)} 人，计划 {places} 人" + ("，不超过计划，不必摇号，全部录取。" if len(lines) <= places else "，须摇号。"))
    click.echo(f"  公示名单 {out}\n  名单哈希（{digest}）{terms.digest.of(text)}")


@command.command("draw", cls=ChineseHelp)
@click.argument("published", type=_FILE, metavar="公示名单")
@click.option("--seed", required=True, metavar="文字", help="公示名单以后才产生的公开数字或文字（空格和全角半角不计）。")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="文件", help="结果写到这个 .json 文件。")
@click.option("--json", "as_json", is_flag=True, help="同时把结果写到标准输出（JSON）。")
def draw_from(published: Path, seed: str, out: Path, as_json: bool) -> None:
    """抽取：签号 = 摘要(种子:报名号)，从小到大录取到计划数为止。"""
    from junheng.planning.admission.lottery_record import record_of

    record = record_of(_read(published), seed)
    _write(out, record.to_json())
    click.echo(record.to_json() if as_json else f"{_counts(record)}\n  名单哈希 {record.list_hash}\n  种子 {record.seed}\n  结果 {out}")


@command.command("verify", cls=ChineseHelp)
@click.argument("result", type=_FILE, metavar="摇号结果")
@click.option("--list-hash", required=True, metavar="哈希", help="公示的名单哈希（从公告上抄录，不要从结果文件里取）。")
@click.option("--seed", required=True, metavar="文字", help="公布的种子文字。")
@click.option("--list", "published", type=_FILE, metavar="文件", help="公示名单；给出后能指出名单的哪一行被改动。")
def verify(result: Path, list_hash: str, seed: str, published: Path | None) -> None:
    """核验：用公示的哈希和种子重新抽取，逐人比对；有任何不同就指出是什么，并以退出码 1 结束。"""
    from junheng.planning.admission.lottery_record import differences, read_record

    record = read_record(_read(result))
    found = differences(record, list_hash, seed, _read(published) if published else None)
    if found:
        click.echo(f"核验不通过，{len(found)} 处不同：")
        click.echo("\n".join(f"  {line}" for line in found))
        raise click.exceptions.Exit(1)
    click.echo(f"核验通过：名单与公示的一致，种子一致，{len(record.result)} 人的结果与重算完全相同。{_counts(record)}")


@command.command("template", cls=ChineseHelp)
@click.argument("out", type=click.Path(path_type=Path, file_okay=False), metavar="目录")
def template(out: Path) -> None:
    """写出空白的报名名单。"""
    from junheng.planning.admission.tables import LOTTERY_APPLICANTS
    from junheng.reports.plans.blank_tables import write_blank_tables

    out.mkdir(parents=True, exist_ok=True)
    click.echo(f"已写出模板：{write_blank_tables(out, [LOTTERY_APPLICANTS])[0]}")


def _counts(record: Record) -> str:
    admitted = sum(each.outcome == "录取" for each in record.result)
    return f"录取 {admitted} 人，未录取 {len(record.result) - admitted} 人。"


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
