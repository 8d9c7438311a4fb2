"""模板: the workbook a keeper fills in, with dropdowns of what the keeper may choose."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from junheng.web.accounts.keeping import roles_kept_by
from junheng.web.accounts.models import Invitation, User
from junheng.web.accounts.workbook.columns import AT_ONCE, COLUMNS, FIELDS, MOST_ROWS, SHEET
from junheng.web.accounts.workbook.writing import TextBook
from junheng.web.areas.models import Unit
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import Department, Role

_MOST_UNITS = 2000
"""Beyond this a dropdown of codes helps nobody; the codes are typed."""

_BLANK_LINES = 20
"""Below the schools that are listed, for others."""

_HEAD = {"bold": True, "border": 1, "border_color": "#BFBFBF", "bg_color": "#F2F2F2", "text_wrap": True, "align": "center"}
_CELL = {"border": 1, "border_color": "#D9D9D9", "num_format": "@", "locked": False}


def template_for(keeper: User) -> bytes:
    """One row ready for each school of the keeper's that has no clerk yet and none invited, where they fit on the sheet."""
    book = TextBook()
    sheet = book.book.add_worksheet(SHEET)
    for index, column in enumerate(COLUMNS):
        sheet.set_column(index, index, column.width, book.look(num_format="@", locked=False))
        book.text(sheet, 0, index, column.label + ("*" if column.required else ""), _HEAD | ({"font_color": "#1F4E8C"} if column.required else {}))
    sheet.set_row(0, 30)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    rows = _prefilled(keeper)
    lines = max(AT_ONCE, len(rows) + _BLANK_LINES)
    for number in range(1, lines + 1):
        values = rows[number - 1] if number <= len(rows) else {}
        for index, field in enumerate(FIELDS):
            book.text(sheet, number, index, values.get(field, ""), _CELL)
    units = list(Unit.objects.within(*keeper.reach)[: _MOST_UNITS + 1])
    _guide(book, keeper)
    _lists(book, sheet, keeper, units if len(units) <= _MOST_UNITS else [], lines)
    return book.finish()


def _prefilled(keeper: User) -> list[dict[str, str]]:
    staffed = User.objects.filter(role=Role.SCHOOL_CLERK, is_active=True).values("unit")
    invited = Invitation.objects.filter(role=Role.SCHOOL_CLERK, accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now()).values("unit")
    schools = Unit.objects.within(*keeper.reach).filter(kind=UnitKind.SCHOOL, closed_on=None).exclude(pk__in=staffed).exclude(pk__in=invited)
    found = list(schools[: MOST_ROWS + 1])
    if len(found) > MOST_ROWS:
        return []
    return [{"code": each.code, "unit_name": each.name, "role": Role.SCHOOL_CLERK.label} for each in found]


def _lists(book: TextBook, sheet: Any, keeper: User, units: list[Unit], lines: int) -> None:
    """The choices, on a sheet of their own that the dropdowns point to."""
    roles = [role.label for role in Role if role in roles_kept_by(keeper)]
    choices = {"code": [each.code for each in units], "unit_name": [each.name for each in units], "role": roles,
               "department": list(Department.labels) if Role.DEPARTMENT.label in roles else []}  # fmt: skip
    options = book.book.add_worksheet("选项")
    for index, field in enumerate(FIELDS):
        values = choices.get(field, [])
        for number, value in enumerate(values):
            book.text(options, number, index, value)
        if values:
            letter = "ABCDEFG"[index]
            strict = field in ("role", "department")
            sheet.data_validation(1, index, lines, index, {
                "validate": "list", "source": f"=选项!${letter}$1:${letter}${len(values)}", "error_type": "stop" if strict else "warning",
                "error_title": "不在列表中", "error_message": "请从下拉列表中选。",
            })  # fmt: skip
    options.hide()


def _guide(book: TextBook, keeper: User) -> None:
    guide = book.book.add_worksheet("填写说明")
    guide.set_column(0, 0, 16)
    guide.set_column(1, 1, 70)
    lines = [("怎么填", f"一行一个账号，每次最多 {MOST_ROWS:,} 行。带 * 的列必填。没有账号的学校已经列好，填上姓名即可；不填姓名的行不开立。"),
             ("以后", f"上传后整份检查：有一处不对就一个也不开立，并指出每一处在哪一格。全部无误才一次办理：不超过 {AT_ONCE} 行的当场开立，给首次密码单；更多的在后台逐个邀请，给邀请链接单，由本人自己设账号和密码。"),
             *((column.label, column.help) for column in COLUMNS)]  # fmt: skip
    for number, (term, said) in enumerate(lines):
        book.text(guide, number, 0, term, {"bold": True, "valign": "top"})
        book.text(guide, number, 1, said, {"text_wrap": True})
