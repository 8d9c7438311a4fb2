"""`junheng keys rotate`: change the keys that personal data is encrypted with."""

from __future__ import annotations

from pathlib import Path

import click

from junheng.cli.app import ChineseGroup
from junheng.cli.progress import progress
from junheng.cli.site import data_option, open_site


@click.group("keys", cls=ChineseGroup)
def command() -> None:
    """密钥：更换加密个人信息的密钥。"""


@command.command("rotate")
@data_option
@click.option("--retire", is_flag=True, help="不造新密钥：把没换完的换完，停用旧密钥（移到密钥目录的 retired/ 里，站点不再读它）。")
def rotate(data: Path, retire: bool) -> None:
    """换一把新密钥，把加密保存的内容全部改用新密钥加密，并重算查重用的校验值。站点可以照常运行。

    中途断了，再运行一次就接着换。旧密钥留着，直到加上 --retire 再运行一次。此前做的备份要用旧密钥才能打开：停用以后也请留存。
    """
    open_site(data)
    from junheng.web.audit.anchors import sign_again
    from junheng.web.privacy.actions import retire_unused, rotate, seal_all_again

    with progress("换密钥") as step:
        active = (seal_all_again if retire else rotate)(lambda what, done, of: step(f"{what} {done}/{of}"))
    click.echo(f"现在用的密钥：{active}。加密保存的内容已全部换完。")
    if retire:
        sign_again()
        retired = retire_unused()
        click.echo(f"已停用 {len(retired)} 把旧密钥：{'、'.join(retired)}。" if retired else "没有要停用的旧密钥。")
