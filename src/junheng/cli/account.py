"""`junheng account`: the very first accounts, and the way back in when nobody else can open it."""

from __future__ import annotations

from pathlib import Path

import click

from junheng.cli.app import ChineseGroup, ChineseHelp
from junheng.cli.site import data_option, migrate, open_site
from junheng.common.errors import UserError

_ROLES = ("school_clerk", "county_admin", "county_reviewer", "city_reviewer", "province_admin", "province_expert", "department",
          "system_admin", "security_admin", "auditor")  # fmt: skip
"""As in web/rights/roles.py, which stands on Django; a test compares them."""


@click.group("account", cls=ChineseGroup)
def command() -> None:
    """账号：开立最初的账号，或在无人能登录时重置。平时在网页“账号”中办理。"""


@command.command("create", cls=ChineseHelp)
@data_option
@click.option("--role", required=True, type=click.Choice(_ROLES), metavar="角色", help="如 security_admin（安全管理员）、system_admin（系统管理员）、auditor（审计员）。")
@click.option("--unit", "unit_code", default="210000", show_default=True, metavar="代码", help="单位代码。")
@click.option("--username", required=True, metavar="账号", help="登录用的名称：小写字母、数字和 . _ - @。")
@click.option("--name", required=True, metavar="姓名", help="使用人的姓名。")
@click.option("--phone", default="", metavar="手机", help="系统管理员、安全管理员、审计员的手机和邮箱至少填一项。")
@click.option("--email", default="", metavar="邮箱", help="电子邮箱。")
@click.option("--department", default="", metavar="部门", help="部门用户的部门，如 finance（财政）。")
def create(data: Path, role: str, unit_code: str, username: str, name: str, phone: str, email: str, department: str) -> None:
    """开立一个账号，并显示首次密码。数据目录还没有建立时先建立。

    装好系统后先开立一个省级安全管理员，其余账号由其在网页中邀请或批量开立。
    """
    open_site(data, must_exist=False)
    migrate()
    from junheng.web.accounts.actions import open_account
    from junheng.web.accounts.drafts import Draft
    from junheng.web.areas.actions import ensure_divisions
    from junheng.web.areas.models import Unit
    from junheng.web.rights.roles import Department, Role

    if not Unit.objects.exists():
        ensure_divisions()
    unit = Unit.objects.filter(code=unit_code).first()
    if unit is None:
        raise UserError(f"没有代码是“{unit_code}”的单位", where="--unit", remedy="请核对代码；省是 210000")
    if department and department not in Department.values:
        raise UserError(f"没有“{department}”这个部门", where="--department", remedy=f"可以是：{'、'.join(Department.values)}")
    account, password = open_account(Draft(name, Role(role), unit, department, phone, email), username, by=None)
    click.echo(f"已开立：{account.unit.name}{account.get_role_display()} {account.name}，账号 {account.username}")
    click.echo(f"首次密码：{password}（只显示这一次，首次登录必须修改）")


@command.command("reset", cls=ChineseHelp)
@data_option
@click.option("--username", required=True, metavar="账号", help="要重置的账号。")
@click.option("--two-factor", is_flag=True, help="同时去掉两步验证，下次登录时重新设置。")
def reset(data: Path, username: str, two_factor: bool) -> None:
    """重置一个账号的密码，解除锁定，结束其所有登录。会记入审计。"""
    open_site(data)
    from junheng.web.accounts.actions import remove_second_factor, reset_password
    from junheng.web.accounts.models import User

    account = User.objects.select_related("unit").filter(username__iexact=username).first()
    if account is None:
        raise UserError(f"没有账号“{username}”", where="--username", remedy="请核对账号")
    if two_factor:
        remove_second_factor(account, by=None)
    click.echo(f"{account.name}（{account.username}）的新密码：{reset_password(account, by=None)}（只显示这一次，首次登录必须修改）")
