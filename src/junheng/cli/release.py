"""`junheng release`: list, show, compare and verify data releases."""

from __future__ import annotations

import json
from pathlib import Path

import click

from junheng.cli.app import ChineseGroup
from junheng.common.errors import ReleaseError
from junheng.common.findings import Level
from junheng.common.school_years import school_year_label
from junheng.intake.model import sorted_findings
from junheng.intake.release import Release, find_release, open_release, release_paths
from junheng.intake.release_diff import diff

_STORE = click.option(
    "--store", type=click.Path(path_type=Path), help="数据版本库；给出后，数据版本可以只写哈希的开头几位。"
)


@click.group(cls=ChineseGroup)
def command() -> None:
    """数据版本：列出、查看、比较、核验。

    数据版本写成后不再改变；更正产生新的数据版本。数据版本可以写目录，也可以写哈希的开头几位并用 --store 指明版本库。
    """


@command.command("list", short_help="列出一个版本库里的全部数据版本")
@click.argument("store", metavar="版本库", type=click.Path(path_type=Path))
def list_command(store: Path) -> None:
    """列出版本库里的全部数据版本，先旧后新；残缺的一并列出，退出码为 1。"""
    releases, damaged = [], []
    for path in release_paths(store):
        try:
            releases.append(open_release(path))
        except ReleaseError as error:
            damaged.append(error)
    for release in sorted(releases, key=lambda each: each.when.isoformat()):
        click.echo(_line(release))
    if not releases and not damaged:
        click.echo("这个版本库里还没有数据版本。用 junheng assess 测算一次即会写入。")
    for each in damaged:
        click.echo(f"错误：{each}", err=True)
    if damaged:
        raise click.exceptions.Exit(1)


@command.command("show", short_help="查看一个数据版本的来源、行数和校核发现")
@click.argument("release", metavar="数据版本")
@_STORE
@click.option("--json", "as_json", is_flag=True, help="输出清单原文（JSON）。")
def show(release: str, store: Path | None, as_json: bool) -> None:
    """查看一个数据版本：内容、来源文件、未采用的内容和校核发现。"""
    found = find_release(release, store)
    if as_json:
        click.echo(found.manifest.to_json())
        return
    errors = sum(finding.level is Level.ERROR for finding in found.findings)
    click.echo(f"数据版本  {found.hash}")
    click.echo(f"单位      {_counties(found)}")
    click.echo(f"学年      {school_year_label(found.school_year)}")
    click.echo(f"冻结      {found.by}，{_date(found)}（{_standing(found)}）")
    click.echo(f"契约      {found.manifest.contract}")
    rows = found.row_counts
    click.echo(f"内容      学校 {rows['school']} 行，区县 {rows['county']} 行，评定 {rows['judgement']} 行，来源单元格 {rows['source_cell']} 个")
    click.echo(f"来源文件  {len(found.sources)} 份")
    for source in found.sources:
        click.echo(f"  {source.name}  {source.size_bytes} 字节  sha256:{source.sha256[:16]}…")
    if found.left_out:
        click.echo(f"未采用    {len(found.left_out)} 项")
        for line in found.left_out:
            click.echo(f"  {line}")
    click.echo(f"校核发现  错误 {errors} 条，提示 {len(found.findings) - errors} 条")
    for finding in sorted_findings(found.findings):
        word = "错误" if finding.level is Level.ERROR else "提示"
        click.echo(f"  [{word} {finding.rule}] {finding.message}{finding.remedy}")


@command.command("diff", short_help="用文字比较两个数据版本")
@click.argument("old", metavar="旧版本")
@click.argument("new", metavar="新版本")
@_STORE
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出，供程序读取。")
def diff_command(old: str, new: str, store: Path | None, as_json: bool) -> None:
    """按学校和字段列出从旧版本到新版本的变化。"""
    a, b = find_release(old, store), find_release(new, store)
    changes = diff(a, b)
    if as_json:
        click.echo(json.dumps(
            {
                "schema": "junheng.release-diff/1", "old": a.hash, "new": b.hash,
                "changes": [
                    {"kind": c.kind, "table": c.table.name, "key": c.key, "who": c.who,
                     "field": c.column.name if c.column else None, "before": c.before, "after": c.after, "words": str(c)}
                    for c in changes
                ],
            },
            ensure_ascii=False, indent=1,
        ))  # fmt: skip
        return
    if a.school_year != b.school_year:
        click.echo(f"学年不同：{school_year_label(a.school_year)} → {school_year_label(b.school_year)}")
    click.echo(f"共 {len(changes)} 处变化。" if changes else "两个数据版本的填报内容相同。")
    for change in changes:
        click.echo(str(change))


@command.command("verify", short_help="重算哈希，证明数据版本没有被改动")
@click.argument("release", metavar="数据版本")
@_STORE
def verify(release: str, store: Path | None) -> None:
    """重算文件和内容的哈希，与清单核对；不符即报错，退出码为 1。"""
    found = open_release(find_release(release, store).path, verify=True)
    click.echo(f"核验无误：{found.hash}（{_counties(found)}，{school_year_label(found.school_year)}）。")


def _line(release: Release) -> str:
    return "  ".join((
        release.hash.removeprefix("sha256:")[:16], _counties(release), school_year_label(release.school_year),
        f"学校 {release.row_counts['school']} 所", _standing(release), release.by, _date(release),
    ))  # fmt: skip


def _counties(release: Release) -> str:
    named = [f"{name}（{code}）" if name else code or "未填区县" for code, name in release.counties.items()]
    return "、".join(named) if len(named) <= 3 else f"{'、'.join(named[:3])}等 {len(named)} 个县（区）"


def _standing(release: Release) -> str:
    return "正式" if release.is_formal else "有错误级发现，非正式"


def _date(release: Release) -> str:
    when = release.when
    return f"{when.year} 年 {when.month} 月 {when.day} 日 {when:%H:%M}"
