"""A rule: which events are told, to whom, in which words, leading where."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from string import Formatter
from typing import Any

from junheng.web.audit.models import AuditEvent
from junheng.web.notices.audience import Audience
from junheng.web.notices.told import Told

Link = Callable[[Told], str]
"""The URL a notice leads to; "" = nowhere."""


@dataclass(frozen=True)
class NoticeRule:
    """action: as the audit log has it ("submission.return"). title: the same for every notice of the rule, without
    names, because it leaves the site by e-mail. text: with {unit}, {subject}, {by} (the actor's role), {state},
    {due_on} and whatever event.after and event.detail hold; what is missing is left out. states: only when the subject came into one
    of these, () = any. listed: URL name of the list that many such events together lead to, "" = the last one's own.
    """

    action: str
    audience: tuple[Audience, ...]
    title: str
    text: str
    link: Link
    states: tuple[str, ...] = ()
    listed: str = ""

    def speaks_of(self, event: AuditEvent) -> bool:
        return event.action == self.action and (not self.states or _state(event) in self.states)

    def words(self, told: Told) -> str:
        return _Words().vformat(self.text, (), _values(told))


class _Words(Formatter):
    def get_value(self, key: int | str, args: Any, kwargs: Mapping[str, Any]) -> Any:
        value = kwargs.get(str(key))
        return "" if value is None else value


def _values(told: Told) -> dict[str, Any]:
    event = told.event
    due_on = (event.after or {}).get("due_on") or event.detail.get("due_on")
    process = told.subject.process if told.subject else None
    state = next((each.label for each in process.states if each.id == _state(event)), "") if process else ""
    values = {name: _in_words(value) for name, value in {**(event.after or {}), **event.detail}.items()}
    return values | {
        "unit": told.unit.name if told.unit else "", "subject": str(told.subject) if told.subject else "",
        "by": event.actor_role, "state": state, "due_on": _in_words(due_on),
    }  # fmt: skip


def _state(event: AuditEvent) -> str:
    return str((event.after or {}).get("state") or event.detail.get("state") or "")


def _in_words(value: Any) -> Any:
    """Dates in Chinese form; everything else as it is."""
    if not isinstance(value, str) or value.count("-") != 2:
        return value
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value
    return f"{day.year}年{day.month}月{day.day}日"
