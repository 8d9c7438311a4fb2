"""`junheng audit verify`: whether the audit log is what was written."""

from __future__ import annotations

from pathlib import Path

import click

from junheng.cli.app import ChineseGroup
from junheng.cli.site import data_option, open_site


@click.group("audit", cls=ChineseGroup)
def command() -> None:
    """审计：核验记录有没有被改动。"""


@command.command("verify")
@data_option
def verify(data: Path) -> None:
    """核验审计链：改动、删除、插入、截断任何一条都会指出。有不符时退出码为 1。"""
    open_site(data)
    from junheng.web.audit.models import ChainHead
    from junheng.web.audit.verify import verify as breaks

    found = 0
    for each in breaks():
        found += 1
        click.echo(each.why, err=True)
    head = ChainHead.objects.filter(pk=1).first()
    if found:
        click.echo(f"审计链有 {found} 处不符。", err=True)
        click.get_current_context().exit(1)
    click.echo(f"审计链完整：{head.seq if head else 0} 条全部相符，链尾 {head.hash if head else '（空）'}。")
