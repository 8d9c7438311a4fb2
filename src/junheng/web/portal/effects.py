"""What happens besides, when a lottery is drawn, and when a lottery or a zoning is withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from junheng.common.errors import UserError
from junheng.planning.admission.lottery_record import record_of
from junheng.web.flow.errors import Refused
from junheng.web.flow.process import Taken
from junheng.web.publicity.guard import refuse_personal
from junheng.web.store import content, keep_content


def drawn(lottery: Any, taken: Taken) -> Mapping[str, Any]:
    """Draw from the list as published, by the seed; not before the day that was announced for it."""
    if timezone.localdate() < lottery.seed_on:
        raise Refused("还没有到种子产生的日期", why=f"公示的日期是 {lottery.seed_on:%Y-%m-%d}", remedy="请在这一天或以后抽取")
    refuse_personal(str(taken.data["seed"]), "seed")
    try:
        record = record_of(content(lottery.list_sha256).decode(), str(taken.data["seed"]))
    except UserError as error:
        raise Refused(error.what, why=error.why, remedy=error.remedy, fields={"seed": error.what}) from error
    lottery.seed_text, lottery.seed = record.seed_text, record.seed
    lottery.record_sha256 = keep_content(record.to_json().encode())
    lottery.drawn_at = timezone.now()
    return {"名单哈希": lottery.list_hash, "种子": lottery.seed, "结果": lottery.record_sha256}


def ended(subject: Any, taken: Taken) -> Mapping[str, Any]:
    refuse_personal(str(taken.data["reason"]), "reason")
    subject.ended_reason = taken.data["reason"]
    return {}
