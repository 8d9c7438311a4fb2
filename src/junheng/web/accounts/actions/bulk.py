"""Accounts from a workbook: all or none, and their first passwords fetched once."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from junheng.common.errors import UserError
from junheng.web.accounts.actions.keep import add_account
from junheng.web.accounts.drafts import username_wrong
from junheng.web.accounts.models import PasswordSheet, User
from junheng.web.accounts.passwords import first_password
from junheng.web.accounts.workbook.first_passwords import Opened, first_passwords
from junheng.web.accounts.workbook.reading import Row, Upload, wrong_cells
from junheng.web.areas.models import Unit
from junheng.web.audit.actions import record


def open_in_bulk(upload: Upload, *, by: User) -> PasswordSheet:
    """Every account of a workbook without a wrong cell, and the sheet of first passwords.

    Hashing takes a tenth of a second each, so it is done before the database is asked to wait.
    """
    passwords = [first_password() for _ in upload.rows]
    hashes = [make_password(each) for each in passwords]
    return _open(upload, passwords, hashes, by=by)


@transaction.atomic
def _open(upload: Upload, passwords: list[str], hashes: list[str], *, by: User) -> PasswordSheet:
    # Asked again, one after the other for one unit: the same workbook may be uploaded twice at once.
    list(Unit.objects.select_for_update().filter(pk__in={row.draft.unit.pk for row in upload.rows if row.draft.unit}).order_by("pk"))
    if wrong_cells(upload, by=by):
        raise UserError("有账号刚刚已经开立", remedy="请重新上传，查看是哪几行")
    opened = []
    for row, password, hashed in zip(upload.rows, passwords, hashes, strict=True):
        username = _free_name(row)
        account = add_account(row.draft, row.contact, username, hashed, by=by)
        opened.append(Opened(account, password))
    sheet = PasswordSheet.objects.create(made_by=by, accounts=len(opened), sealed=first_passwords(opened))
    record(by=by.actor, action="accounts.opened_in_bulk", subject=f"password_sheet:{sheet.pk}", unit_path=by.unit_path, detail={"accounts": len(opened)})
    return sheet


def _free_name(row: Row) -> str:
    """The unit's code and a running number: 2121001719-01."""
    assert isinstance(row.draft.unit, Unit)
    base = row.draft.unit.code.lower()
    taken = User.objects.filter(username__startswith=f"{base}-").count()
    while username_wrong(name := f"{base}-{taken + 1:02}"):
        taken += 1
    return name


@transaction.atomic
def fetch_sheet(sheet: PasswordSheet, *, by: User) -> bytes:
    """The workbook, for the one who made it, once. It is gone afterwards."""
    locked = PasswordSheet.objects.select_for_update().get(pk=sheet.pk)
    if locked.made_by_id != by.pk or not locked.is_waiting or locked.sealed is None:
        raise UserError("这份首次密码单已经取走或过期", remedy="忘了密码的账号可以逐个重置密码")
    workbook: bytes = locked.sealed
    locked.sealed, locked.fetched_at = None, timezone.now()
    locked.save(update_fields=["sealed", "fetched_at"])
    record(by=by.actor, action="accounts.first_passwords_fetched", subject=f"password_sheet:{locked.pk}", unit_path=by.unit_path)
    return workbook


def forget_expired() -> int:
    """Empty the sheets nobody fetched within the day. Returns how many."""
    over = PasswordSheet.objects.filter(sealed__isnull=False, made_at__lt=timezone.now() - PasswordSheet.LASTS)
    return over.update(sealed=None)
