"""Tell of what happened: notices, and the messages they cause, out of the audit log (read_log.py)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.urls import reverse

from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.audit.models import AuditEvent
from junheng.web.notices.actions.read_log import read_log
from junheng.web.notices.channels import configured
from junheng.web.notices.models import Channel, Delivery, Notice, Reader
from junheng.web.notices.rule import NoticeRule
from junheng.web.notices.rules import RULES
from junheng.web.notices.told import Told, subject_of

_ROWS = 500
_LONGEST = 600
_APART = 5
"""So many notices of one kind come singly at one reading; more become one."""


def dispatch(today: date) -> list[int]:
    """Tell of everything that happened since the last time; returns the events of which somebody was told."""
    told: list[int] = []
    read_log(Reader.NOTICES, lambda events: told.extend(_tell(events)))
    return told


def _tell(events: Sequence[AuditEvent]) -> list[int]:
    """Of these events, in the caller's transaction."""
    notices = _new(_notices(events))
    Notice.objects.bulk_create(notices, batch_size=_ROWS)
    Delivery.objects.bulk_create(_deliveries(notices, events[-1].seq), batch_size=_ROWS)
    return sorted({notice.event_seq for notice in notices})


def _notices(events: Sequence[AuditEvent]) -> list[Notice]:
    spoken = [(event, rules) for event in events if (rules := [each for each in RULES if each.speaks_of(event)])]
    units = {each.path: each for each in Unit.objects.filter(path__in={event.unit_path for event, _ in spoken})}
    found: dict[tuple[User, NoticeRule], list[Told]] = {}
    for event, rules in spoken:
        told = Told(event, units.get(event.unit_path), subject_of(event.subject))
        named: set[int] = set()
        for rule in rules:
            for user in _people(rule, told):
                # The first rule that names a person is the one that speaks to them.
                if user.pk not in named:
                    named.add(user.pk)
                    found.setdefault((user, rule), []).append(told)
    return [notice for (user, rule), told in found.items() for notice in _said(rule, told, user)]


def _said(rule: NoticeRule, told: Sequence[Told], user: User) -> Iterable[Notice]:
    """One notice each, or one for all where somebody did the same to many things at once."""
    if len(told) <= _APART:
        yield from (_notice(rule, each, user, rule.words(each), rule.link(each)) for each in told)
        return
    names = "；".join(str(each.subject or each.unit or "") for each in told[:3])
    url = reverse(rule.listed) if rule.listed else rule.link(told[-1])
    yield _notice(rule, told[-1], user, f"共 {len(told)} 项：{names}等。", url, len(told))


def _people(rule: NoticeRule, told: Told) -> Iterable[User]:
    """Whoever acted knows already."""
    for audience in rule.audience:
        yield from audience.of(told).exclude(pk=told.event.actor_id or 0).select_related("notice_preference")


def _notice(rule: NoticeRule, told: Told, user: User, text: str, url: str, count: int = 1) -> Notice:
    text = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return Notice(user=user, event_seq=told.event.seq, title=rule.title, text=text, url=url, count=count, at=told.event.at)


def _new(notices: Sequence[Notice]) -> list[Notice]:
    """Without those already made, should the cursor ever have been set back."""
    seqs = {notice.event_seq for notice in notices}
    known = set(Notice.objects.filter(event_seq__in=seqs).values_list("event_seq", "user_id"))
    return [notice for notice in notices if (notice.event_seq, notice.user_id) not in known]


def _deliveries(notices: Sequence[Notice], upto_seq: int) -> list[Delivery]:
    """One message per person and way, however much there is to tell."""
    by_user: dict[int, list[Notice]] = {}
    for notice in notices:
        by_user.setdefault(notice.user_id, []).append(notice)
    return [
        Delivery(user=theirs[0].user, channel=channel, upto_seq=upto_seq, count=sum(n.count for n in theirs), titles=list(dict.fromkeys(n.title for n in theirs)))
        for theirs in by_user.values()
        for channel in _ways(theirs[0].user)
    ]


def _ways(user: User) -> Iterable[Channel]:
    preference = getattr(user, "notice_preference", None)
    if user.email and (preference is None or preference.email):
        yield Channel.EMAIL
    if user.phone and preference is not None and preference.sms and Channel.SMS in configured():
        yield Channel.SMS
