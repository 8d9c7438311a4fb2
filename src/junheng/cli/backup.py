"""`junheng backup`: the whole site in one file."""

from __future__ import annotations

from pathlib import Path

import click

from junheng.cli.app import ChineseHelp
from junheng.cli.progress import progress
from junheng.cli.site import data_option, open_site


@click.command("backup", cls=ChineseHelp)
@data_option
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="文件", help="写到这个 .tar.gz 文件，不能已存在。")
def command(data: Path, out: Path) -> None:
    """备份站点：数据库、数据版本、上传的文件和佐证，每一项都带校验值。站点可以照常运行。

    密钥不在备份里（JUNHENG_KEYS，默认在数据目录的 keys/）：请另行保管，没有它，备份里加密的内容谁也打不开。
    """
    open_site(data)
    from junheng.web.site.backup import write_backup

    with progress("备份") as step:
        members = write_backup(out, step)
    click.echo(f"已备份 {members} 项到 {out}。请另外保管密钥目录。")
