"""Thousands of invitations out of one workbook that was looked at (check_many.py): written in the background, their links
fetched once."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from junheng.common.errors import UserError
from junheng.web.accounts.actions.invitations import hash_of, write_invitation
from junheng.web.accounts.drafts import Draft, contact_cleaned
from junheng.web.accounts.keeping import may_give
from junheng.web.accounts.models import Invitation, InvitationSheet, User
from junheng.web.accounts.workbook.links import Invited, links
from junheng.web.areas.models import Unit
from junheng.web.audit.actions import record
from junheng.web.rights.roles import Role

INVITE = "accounts.invite_many"
BATCH = 100
_GIVEN_UP_AFTER = timedelta(days=7)
Step = Callable[[int], None]


def invite_all(sheet: InvitationSheet, *, by: User, on_step: Step) -> int:
    """Every invitation of the sheet, in transactions of a hundred; what an earlier run made is left. Returns how many
    people are invited. on_step: told how many so far. Raises UserError when the inviter may no longer invite one of them."""
    if sheet.rows is None or sheet.secret is None:
        raise UserError("这份名单已经过期", remedy="请重新上传工作簿")
    rows = json.loads(sheet.rows)
    for start in range(0, len(rows), BATCH):
        _write(sheet, rows, range(start, min(start + BATCH, len(rows))), by)
        on_step(min(start + BATCH, len(rows)))
    InvitationSheet.objects.filter(pk=sheet.pk, done_at=None).update(done_at=timezone.now())
    return len(rows)


@transaction.atomic
def _write(sheet: InvitationSheet, rows: list[dict[str, Any]], numbers: range, by: User) -> None:
    hashes = {number: hash_of(token_of(sheet, number)) for number in numbers}
    made = set(Invitation.objects.filter(token_hash__in=hashes.values()).values_list("token_hash", flat=True))
    units = Unit.objects.in_bulk({rows[number]["unit"] for number in numbers})
    for number in numbers:
        if hashes[number] in made:
            continue
        row, unit = rows[number], units[rows[number]["unit"]]
        role = Role(row["role"])
        if not may_give(by, role, unit):
            raise UserError(f"您不能邀请{unit.name}的{role.label}", why="您的角色或管理范围刚刚变了", remedy="请另一位管理员重新上传")
        contact, _ = contact_cleaned(phone="", email=row["email"])
        draft = Draft(row["name"], role, unit, row["department"])
        write_invitation(draft, contact, hashes[number], by=by, lasts=InvitationSheet.LINKS_LAST)


def token_of(sheet: InvitationSheet, number: int) -> str:
    """256 bits nobody can guess who has not the sheet's secret."""
    assert sheet.secret is not None
    return base64.urlsafe_b64encode(hmac.digest(sheet.secret, str(number).encode(), "sha256")).rstrip(b"=").decode()


def fetch_links(sheet: InvitationSheet, site: str, *, by: User) -> bytes:
    """The workbook, for the one who made it, once. What the links were made from is gone afterwards."""
    if sheet.made_by_id != by.pk or not sheet.is_waiting:
        raise over()
    workbook = links(_invited(sheet, site))  # takes a second: not while the database waits
    with transaction.atomic():
        locked = InvitationSheet.objects.select_for_update().get(pk=sheet.pk)
        if not locked.is_waiting:
            raise over()
        locked.rows, locked.secret, locked.fetched_at = None, None, timezone.now()
        locked.save(update_fields=["rows", "secret", "fetched_at"])
        record_sheet(locked, "invitation_links_fetched", by)
    return workbook


def _invited(sheet: InvitationSheet, site: str) -> list[Invited]:
    assert sheet.rows is not None
    assert sheet.done_at is not None
    rows = json.loads(sheet.rows)
    units = Unit.objects.in_bulk({row["unit"] for row in rows})
    names = dict(Unit.objects.exclude(kind="school").values_list("code", "name"))
    return [
        Invited(units[row["unit"]], names, row["name"], Role(row["role"]), row["department"],
                f"{site}{reverse('join', kwargs={'token': token_of(sheet, number)})}", sheet.made_at + InvitationSheet.LINKS_LAST)
        for number, row in enumerate(rows)
    ]  # fmt: skip


def forget_links() -> int:
    """Empty the sheets nobody fetched in time, and those whose job never ended. Returns how many."""
    now = timezone.now()
    seen = InvitationSheet.objects.filter(wrong__isnull=False, made_at__lt=now - InvitationSheet.LASTS)
    waiting = InvitationSheet.objects.filter(secret__isnull=False)
    late = waiting.filter(done_at__lt=now - InvitationSheet.LASTS) | waiting.filter(done_at=None, made_at__lt=now - _GIVEN_UP_AFTER)
    return seen.update(wrong=None) + late.update(typed=None, rows=None, secret=None)


def over() -> UserError:
    return UserError("这份邀请链接单已经取走或过期", remedy="没有拿到链接的人，请撤回原邀请后重新邀请")


def record_sheet(sheet: InvitationSheet, what: str, by: User) -> None:
    record(by=by.actor, action=f"accounts.{what}", subject=f"invitation_sheet:{sheet.pk}", unit_path=by.unit_path, detail={"people": sheet.people})
