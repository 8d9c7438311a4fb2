"""What the public does, and the answer to it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from junheng.common.errors import UserError
from junheng.web.accounts.models import User
from junheng.web.audit.actions import Actor, record, record_reading
from junheng.web.audit.origin import acting_from
from junheng.web.flow.actions import take
from junheng.web.publicity.actions.pace import TooMany, admit
from junheng.web.publicity.models import Announcement, Objection
from junheng.web.publicity.process import REVIEW_DAYS

LONGEST = 2000
_MOST_AN_HOUR = 200
_MOST_FROM_ONE_PLACE = 20
"""Enough for a family or an office, too few for a machine."""
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without 0, O, 1 and I, which are mistaken for each other on paper."""


@transaction.atomic
def object_to(announcement: Announcement, text: str, contact: str, client_id: UUID | None = None, address: str | None = None) -> Objection:
    """Take an objection from anybody; returns it with its receipt. client_id: of the form; sent twice it counts once. address:
    where it came from, for the pace alone; None = not over the network. Raises UserError.

    Who objects is not recorded, nor where from: the log keeps the receipt alone.
    """
    text = text.strip()
    known = Objection.objects.filter(announcement=announcement, client_id=client_id).first() if client_id else None
    if known is not None:
        return known
    if not announcement.takes_objections:
        raise UserError("现在不能提出异议", why="公示期已满或公示已撤回", remedy="可向省级督导部门书面反映")
    if not text or len(text) > LONGEST:
        raise UserError("请写明异议", why=f"要有内容，不超过 {LONGEST} 字", remedy="请写清哪一项、为什么")
    hour_ago = timezone.now() - timedelta(hours=1)
    if Objection.objects.filter(announcement=announcement, received_at__gte=hour_ago).count() >= _MOST_AN_HOUR:
        raise TooMany("一小时内收到的异议太多", remedy="请过一会儿再提交；您写的内容还在下面")
    if address is not None:
        admit("objection", address, _MOST_FROM_ONE_PLACE,
              TooMany("从这里提交的异议太多", why=f"一小时内最多 {_MOST_FROM_ONE_PLACE} 件", remedy="请过一会儿再提交；您写的内容还在下面"))  # fmt: skip
    receipt = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
    objection = Objection.objects.create(
        announcement=announcement, unit=announcement.unit, receipt=receipt, client_id=client_id, text=text, contact=contact.strip()[:200],
        due_on=timezone.localdate() + timedelta(days=announcement.round.days(REVIEW_DAYS)),
    )  # fmt: skip
    with acting_from(""):
        record(by=Actor(None, "社会公众", "公众"), action="objection.receive", subject=objection.reference,
               unit_path=announcement.unit.path, after={"state": objection.state}, detail={"title": announcement.title})  # fmt: skip
    return objection


@transaction.atomic
def show_contact(objection: Objection, purpose: str, *, by: User) -> str:
    """How to reach whoever objected, as they left it. Raises UserError without a purpose."""
    record_reading(by=by.actor, action="objection.contact_shown", subject=objection.reference, unit_path=objection.unit_path, purpose=purpose)
    return str(objection.contact)


def review(objection: Objection, *, by: User, data: Mapping[str, Any] | None = None, seen_moves: int | None = None) -> Objection:
    return take(objection, "review", by=by, data=data, seen_moves=seen_moves)


def uphold(objection: Objection, *, by: User, data: Mapping[str, Any] | None = None, seen_moves: int | None = None) -> Objection:
    return take(objection, "uphold", by=by, data=data, seen_moves=seen_moves)


def dismiss(objection: Objection, *, by: User, data: Mapping[str, Any] | None = None, seen_moves: int | None = None) -> Objection:
    return take(objection, "dismiss", by=by, data=data, seen_moves=seen_moves)
