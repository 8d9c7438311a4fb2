"""首次密码单: the accounts opened, with the passwords of their first sign-in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from junheng.web.accounts.models import User
from junheng.web.accounts.workbook.writing import TextBook

_COLUMNS = (("单位代码", 16), ("单位名称", 28), ("姓名", 14), ("角色", 16), ("部门", 18), ("账号", 20), ("首次密码", 20))


@dataclass(frozen=True)
class Opened:
    account: User
    password: str


def first_passwords(opened: Sequence[Opened]) -> bytes:
    """One row per account, in the order of the upload; a note on what to do with them."""
    book = TextBook()
    note = "请分别交给本人。首次登录必须改密码；改过以后这里的密码不再有用。发完请删除本文件。"
    book.handed_out("首次密码", note, _COLUMNS, (
        (each.account.unit.code, each.account.unit.name, each.account.name, each.account.get_role_display(), each.account.get_department_display(),
         each.account.username, each.password)
        for each in opened
    ))  # fmt: skip
    return book.finish()
