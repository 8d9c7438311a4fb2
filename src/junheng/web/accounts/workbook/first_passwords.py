"""首次密码单: the accounts opened, with the passwords of their first sign-in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from junheng.web.accounts.models import User
from junheng.web.accounts.workbook.writing import TextBook

_HEAD = {"bold": True, "border": 1, "bg_color": "#F2F2F2", "align": "center"}
_COLUMNS = (("单位代码", 16), ("单位名称", 28), ("姓名", 14), ("角色", 16), ("部门", 18), ("账号", 20), ("首次密码", 20))


@dataclass(frozen=True)
class Opened:
    account: User
    password: str


def first_passwords(opened: Sequence[Opened]) -> bytes:
    """One row per account, in the order of the upload; a note on what to do with them."""
    book = TextBook()
    sheet = book.book.add_worksheet("首次密码")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    sheet.merge_range(0, 0, 0, len(_COLUMNS) - 1, "", book.look())
    book.text(sheet, 0, 0, "请分别交给本人。首次登录必须改密码；改过以后这里的密码不再有用。发完请删除本文件。", {"text_wrap": True, "font_color": "#9C2A10"})
    sheet.set_row(0, 34)
    for index, (label, width) in enumerate(_COLUMNS):
        sheet.set_column(index, index, width)
        book.text(sheet, 1, index, label, _HEAD)
    for number, each in enumerate(opened, 2):
        account = each.account
        texts = (account.unit.code, account.unit.name, account.name, account.get_role_display(), account.get_department_display(), account.username, each.password)
        for index, text in enumerate(texts):
            book.text(sheet, number, index, text, {"border": 1, "border_color": "#D9D9D9"})
    sheet.freeze_panes(2, 0)
    return book.finish()
