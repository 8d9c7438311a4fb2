"""Lotteries and admission zones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from junheng.common.errors import UserError
from junheng.planning.admission.lottery import read_list
from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.audit.actions import record
from junheng.web.flow.actions import take
from junheng.web.portal.models import Lottery, ZoneLine, Zoning
from junheng.web.publicity.guard import refuse_personal
from junheng.web.store import keep_content

_BATCH = 2000


def publish_list(*, by: User, unit: Unit, list_text: str, seed_from: str, seed_on: date) -> Lottery:
    """Publish a canonical list and its hash. Raises UserError: not such a list, published already, or a seed that may be known already."""
    terms, applicants = read_list(list_text)
    list_hash, seed_from = terms.digest.of(list_text), seed_from.strip()
    refuse_personal(f"{terms.school}\n{seed_from}", "seed_from")
    if not seed_from or len(seed_from) > 300:
        raise UserError("请写明种子将来怎样产生", why="要在种子产生之前说定，不超过 300 字", remedy="例如“某月某日体育彩票排列五开奖号码”")
    if seed_on <= timezone.localdate():
        raise UserError("种子产生日期应在今天以后", why="名单公示的时候种子必须还没有产生", remedy="请改用以后的日期")
    if Lottery.objects.filter(unit=unit, list_hash=list_hash).exists():
        raise UserError("这份名单已经公示过", remedy="请到摇号列表中查看")
    sha256 = keep_content(list_text.encode())
    with transaction.atomic():
        made = Lottery.objects.create(
            unit=unit, school=terms.school, places=terms.places, applicants=len(applicants), digest=str(terms.digest), list_sha256=sha256,
            list_hash=list_hash, seed_from=seed_from, seed_on=seed_on,
        )  # fmt: skip
        record(by=by.actor, action="lottery.publish", subject=made.reference, unit_path=unit.path,
               after={"school": terms.school, "list_hash": list_hash}, detail={"seed_from": seed_from, "seed_on": str(seed_on)})  # fmt: skip
    return made


@transaction.atomic
def publish_zoning(*, by: User, unit: Unit, school_year: int, document: str, lines: Iterable[Mapping[str, Any]]) -> Zoning:
    """lines: place, school, code (None = not given), in order. Raises UserError."""
    document, lines = document.strip()[:200], list(lines)
    if not document or not lines:
        raise UserError("学区划分不完整", why="要有公布的文件名称和至少一个片区", remedy="请补齐后再公布")
    refuse_personal("\n".join([document, *(f"{each['place']} {each['school']}" for each in lines)]), "file")
    made = Zoning.objects.create(unit=unit, school_year=school_year, document=document)
    ZoneLine.objects.bulk_create(
        (ZoneLine(zoning=made, place=str(each["place"])[:100], school=str(each["school"])[:100], code=str(each["code"] or "")[:20]) for each in lines),
        batch_size=_BATCH,
    )  # fmt: skip
    record(by=by.actor, action="zoning.publish", subject=made.reference, unit_path=unit.path, after={"school_year": school_year, "lines": len(lines)})
    return made


def draw_lottery(lottery: Lottery, *, by: User, data: Mapping[str, Any] | None = None, seen_moves: int | None = None) -> Lottery:
    return take(lottery, "draw", by=by, data=data, seen_moves=seen_moves)


def withdraw_lottery(lottery: Lottery, *, by: User, data: Mapping[str, Any] | None = None, seen_moves: int | None = None) -> Lottery:
    return take(lottery, "withdraw", by=by, data=data, seen_moves=seen_moves)


def withdraw_zoning(zoning: Zoning, *, by: User, data: Mapping[str, Any] | None = None, seen_moves: int | None = None) -> Zoning:
    return take(zoning, "withdraw", by=by, data=data, seen_moves=seen_moves)
