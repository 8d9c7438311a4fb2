"""`junheng account`, as a process of its own on an empty folder."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from junheng.cli.account import _ROLES
from junheng.web.rights.roles import Role


def run(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "JUNHENG_DATA")}
    return subprocess.run([sys.executable, "-m", "junheng", "account", *arguments, "--data", str(data)],
                          capture_output=True, text=True, env=environment, timeout=120, check=False)  # fmt: skip


def test_the_first_accounts_are_opened_and_reset_on_the_command_line(tmp_path):
    data = tmp_path / "site"
    first = run(data, "create", "--role", "security_admin", "--username", "anquan", "--name", "王一", "--phone", "15412345678")
    assert first.returncode == 0, first.stderr
    assert "辽宁省安全管理员 王一" in first.stdout
    password = re.search(r"\w{4}-\w{4}-\w{4}", first.stdout).group()  # type: ignore[union-attr]
    same = run(data, "create", "--role", "auditor", "--username", "shenji", "--name", "王一", "--phone", "15412345678")
    assert same.returncode == 1
    assert "必须由不同的人担任" in same.stderr
    reset = run(data, "reset", "--username", "anquan", "--two-factor")
    assert reset.returncode == 0, reset.stderr
    assert password not in reset.stdout
    assert "没有账号" in run(data, "reset", "--username", "nobody").stderr


def test_a_unit_nobody_knows_is_named(tmp_path):
    answer = run(tmp_path / "site", "create", "--role", "county_admin", "--unit", "999999", "--username", "xian", "--name", "李二")
    assert answer.returncode == 1
    assert "没有代码是“999999”的单位" in answer.stderr


def test_no_folder_to_reset_in_is_said(tmp_path):
    assert "没有这个站点数据目录" in run(tmp_path / "none", "reset", "--username", "anquan").stderr


def test_the_command_knows_every_role():
    assert set(_ROLES) == set(Role.values)
