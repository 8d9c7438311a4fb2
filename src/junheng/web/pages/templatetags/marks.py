"""Marks in lines and tables: a verdict, a state, a deadline, a point in time.

A list shows the same few of them fifty times, and 42,000 problems have a dozen states and deadlines between them: what a mark
looks like is kept by what it says.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_VERDICTS = {"pass": ("●", "达标"), "fail": ("▲", "未达标"), "insufficient": ("◇", "待定")}
_DASH = mark_safe('<span class="muted">—</span>')


@register.simple_tag
def verdict(value: str | None, margin: float | None = None) -> SafeString:
    """Shape, word, and the margin as a percentage. value: pass, fail, insufficient; None or "" shows a dash."""
    return _verdict(str(value), margin) if value else _DASH


@lru_cache(maxsize=1000)
def _verdict(value: str, margin: float | None) -> SafeString:
    shape, word = _VERDICTS[value]
    more = f" · 余量 {margin:.1%}" if margin is not None else ""
    return format_html('<span class="verdict verdict-{}">{} {}{}</span>', value, shape, word, more)


@register.simple_tag
def state(subject: Any) -> SafeString:
    """The state of anything that goes through a process: a flow.models.Subject, or what its process says of a state."""
    shown = getattr(subject, "state_shown", subject)
    return chip(shown.tone, shown.label)


@register.simple_tag
def deadline(day: date | None, today: date | None = None) -> SafeString:
    """Days left, in words; None shows that there is no deadline. today: where a list has asked for it already."""
    return _deadline(day, today or timezone.localdate()) if day is not None else mark_safe('<span class="muted">没有期限</span>')


@lru_cache(maxsize=1000)
def _deadline(day: date, today: date) -> SafeString:
    left = (day - today).days
    words = f"已逾期 {-left:,} 天" if left < 0 else "今天到期" if left == 0 else f"还有 {left:,} 天"
    return chip("bad" if left < 0 else "todo" if left <= 3 else "waiting", words, chinese_date(day))


@lru_cache(maxsize=1000)
def chip(tone: str, words: str, title: str = "") -> SafeString:
    """A word on a ground of colour. tone: good, bad, todo, waiting … (tones.css); title: shown where the pointer rests."""
    more = format_html(' title="{}"', title) if title else ""
    return format_html('<span class="chip tone-{}"{}>{}</span>', tone, more, words)


@register.simple_tag
def when(at: datetime | date | None) -> SafeString:
    """A point in time as 2026年9月1日 08:30, or a day; None shows a dash."""
    if at is None:
        return _DASH
    if isinstance(at, datetime):
        local = timezone.localtime(at)
        return mark_safe(f'<time datetime="{local.isoformat()}">{chinese_date(local)} {local.hour:02}:{local.minute:02}</time>')
    return mark_safe(f'<time datetime="{at.isoformat()}">{chinese_date(at)}</time>')


@register.filter
def chinese_date(day: date | None) -> str:
    return "" if day is None else f"{day.year}年{day.month}月{day.day}日"

