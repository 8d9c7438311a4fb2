"""Showing figures of single schools to the public, by a document of the province, and stopping it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from junheng.common.errors import UserError
from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.audit.actions import record
from junheng.web.flow.actions import take
from junheng.web.portal.models import Disclosure
from junheng.web.publicity.guard import refuse_personal


@transaction.atomic
def disclose(*, by: User, document: str) -> Disclosure:
    """document: the number and title of the decision. Raises UserError: no document named, or decided already."""
    document = document.strip()[:200]
    if not document:
        raise UserError("没有写明依据的文件", why="标准没有规定公布单独一所学校的数值，须有省级文件", remedy="请填文号和标题")
    refuse_personal(document, "document")
    province = Unit.objects.select_for_update().get(parent=None)
    known = Disclosure.objects.filter(state="in_force").first()
    if known is not None:
        raise UserError("学校数值已经在公开", why=f"依据{known.document}", remedy="依据换了文件的，请先停止公开，再登记新的文件")
    made = Disclosure.objects.create(unit=province, document=document)
    record(by=by.actor, action="disclosure.open", subject=made.reference, unit_path=province.path, after={"document": document})
    return made


def stop_disclosing(disclosure: Disclosure, *, by: User, data: Mapping[str, Any] | None = None, seen_moves: int | None = None) -> Disclosure:
    return take(disclosure, "withdraw", by=by, data=data, seen_moves=seen_moves)
