"""`junheng serve`: the site, on this machine."""

from __future__ import annotations

from pathlib import Path

import click

from junheng.cli.app import ChineseHelp
from junheng.cli.site import data_option, migrate, open_site


@click.command("serve", cls=ChineseHelp)
@data_option
@click.option("--host", default="127.0.0.1", show_default=True, metavar="地址", help="监听的地址；0.0.0.0 表示本机的所有地址。")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), metavar="端口", help="监听的端口。")
@click.option("--processes", default=2, show_default=True, type=click.IntRange(1, 64), metavar="个数", help="网页进程数，约等于处理器核数。")
def command(data: Path, host: str, port: int, processes: int) -> None:
    """启动站点：网页、后台任务和到期处理。第一次启动时建立数据库。

    数据库默认用数据目录里的 SQLite；设 DATABASE_URL 用 PostgreSQL，设 JUNHENG_STORE=s3://桶/前缀 用对象存储。
    网址后加 /healthz 可查看是否就绪。按 Ctrl+C 停止。
    """
    open_site(data, must_exist=False)
    migrate()
    from junheng.web.site.server import serve

    click.echo(f"站点：http://{host}:{port}/（按 Ctrl+C 停止）")
    serve(host, port, processes)
