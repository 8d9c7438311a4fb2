"""What the commands about the site share: which data folder, and Django set up on it."""

from __future__ import annotations

import os
from pathlib import Path

import click

from junheng.common.errors import UserError

data_option = click.option(
    "--data", default=Path("data"), show_default=True, type=click.Path(path_type=Path, file_okay=False), metavar="目录",
    envvar="JUNHENG_DATA", help="站点数据目录：数据库、密钥、数据版本、佐证。",
)  # fmt: skip


def site_environment(data: Path) -> None:
    """Point this process, and those it starts, at a data folder. Before anything of Django is imported."""
    os.environ["JUNHENG_DATA"] = str(data.resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = "junheng.web.site.settings"


def open_site(data: Path, *, must_exist: bool = True) -> None:
    """Set Django up on a data folder. Raises UserError when there is none and there should be."""
    if must_exist and not data.is_dir():
        raise UserError("没有这个站点数据目录", where=str(data), remedy="请核对 --data，或先用 junheng serve 建立站点")
    data.mkdir(parents=True, exist_ok=True)
    site_environment(data)
    import django

    django.setup()


def migrate() -> None:
    """Bring the database to this version of the software. Safe to repeat."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
