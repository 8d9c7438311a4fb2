"""`junheng restore`: a new site out of a backup."""

from __future__ import annotations

from pathlib import Path

import click

from junheng.cli.app import ChineseHelp
from junheng.cli.progress import progress
from junheng.cli.site import data_option, migrate, open_site


@click.command("restore", cls=ChineseHelp)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="备份文件")
@data_option
def command(file: Path, data: Path) -> None:
    """从备份恢复到一个新的数据目录（或新的 PostgreSQL 库），核对每一项的校验值，并核验审计链。

    先把备份时的密钥目录放到 JUNHENG_KEYS（默认是数据目录的 keys/）。
    """
    open_site(data, must_exist=False)
    migrate()
    from junheng.web.audit.verify import verify
    from junheng.web.site.actions import restore

    with progress("恢复") as step:
        manifest = restore(file, step)
    broken = list(verify())
    for each in broken:
        click.echo(each.why, err=True)
    rows = sum(manifest["tables"].values())
    click.echo(f"已恢复 {rows} 行、{len(manifest['sha256'])} 项，校验值全部相符。审计链{'有不符，见上' if broken else '完整'}。")
    if broken:
        click.get_current_context().exit(1)
