"""A long workbook of people to invite: taken as it is, and looked at in the background, all or none."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable

from django.db import transaction
from django.urls import reverse

from junheng.common.errors import UserError
from junheng.web.accounts.actions.invite_many import INVITE, over, record_sheet
from junheng.web.accounts.models import InvitationSheet, User
from junheng.web.accounts.workbook.kept import Wrong, lines_again, lines_kept, wrong_kept
from junheng.web.accounts.workbook.reading import Lines, Upload, drafted, wrong_cells
from junheng.web.jobs.actions import enqueue
from junheng.web.jobs.models import Job


@transaction.atomic
def begin_inviting(lines: Lines, *, by: User) -> Job:
    """Queue the looking at every cell, and the inviting that follows where none is wrong."""
    people = len(lines.named)
    sheet = InvitationSheet.objects.create(made_by=by, people=people, typed=lines_kept(lines), secret=secrets.token_bytes(32))
    return enqueue(INVITE, f"核对并邀请 {people:,} 个人", by=by, unit=by.unit, arguments={"sheet": str(sheet.pk)},
                   leads_to=f"{reverse('bulk_accounts')}?checked={sheet.pk}")  # fmt: skip


def check_all(sheet: InvitationSheet, *, by: User, on_row: Callable[[int], None]) -> None:
    """Look at every cell once; a sheet that was looked at is left. Raises UserError where a cell is wrong: the maker finds
    them on the page, and nobody is invited."""
    if sheet.typed is None:
        return
    upload = drafted(lines_again(sheet.typed))
    wrong = Wrong.of(wrong_cells(upload, by=by, on_row=on_row))
    _write(sheet, upload, wrong, by)
    if wrong.count:
        raise UserError(f"工作簿有 {wrong.count:,} 处不对，一个人也没有邀请", remedy="请点“返回”，按列出的单元格改好后重新上传")


@transaction.atomic
def _write(sheet: InvitationSheet, upload: Upload, wrong: Wrong, by: User) -> None:
    locked = InvitationSheet.objects.select_for_update().get(pk=sheet.pk)
    if locked.typed is None:
        raise over()
    if wrong.count:
        locked.wrong, locked.secret = wrong_kept(wrong), None
    else:
        locked.rows = json.dumps(_people(upload)).encode()
        record_sheet(locked, "invited_in_bulk", by)
    locked.typed = None
    locked.save(update_fields=["typed", "wrong", "rows", "secret"])
    sheet.refresh_from_db()


def _people(upload: Upload) -> list[dict[str, object]]:
    return [
        {"name": each.name, "role": str(each.role), "unit": each.unit.pk, "department": each.department, "email": each.email}
        for each in (row.draft for row in upload.rows)
        if each.unit is not None
    ]
