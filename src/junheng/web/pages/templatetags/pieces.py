"""The pieces every page is made of (look.md): the same word, shape and colour everywhere. Loaded into every template."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django import template
from django.core.paginator import Page as PaginatorPage
from django.forms import BaseForm
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from junheng import __version__
from junheng.common.findings import Place
from junheng.web.pages.assets import scripts_of, styles_of

register = template.Library()

_VERDICTS = {"pass": ("●", "达标"), "fail": ("▲", "未达标"), "insufficient": ("◇", "待定")}


@register.simple_tag
@cache
def site_styles() -> SafeString:
    """The built style sheet, script and icon; a page without them still works."""
    styles = format_html_join("", '<link rel="stylesheet" href="{}">', ((url,) for url in styles_of("src/site.js")))
    scripts = format_html_join("", '<script type="module" src="{}"></script>', ((url,) for url in scripts_of("src/site.js")))
    return styles + scripts + format_html('<link rel="icon" href="{}">', static("site/icon.svg"))


@register.simple_tag(takes_context=True)
def main_menu(context: Mapping[str, Any]) -> SafeString:
    """The links of the menu; the one whose part of the site the page lies in is marked."""
    here = context["request"].path
    links = [(reverse(page.name), page.nav, context["menu_counts"].get(page.name, 0)) for page in context["menu"]]
    present = max((url for url, _, _ in links if here == url or (url != "/" and here.startswith(url))), key=len, default="")
    items = ((url, mark_safe(' aria-current="page"') if url == present else "", label, _count(count)) for url, label, count in links)
    return format_html("<ul>{}</ul>", format_html_join("", '<li><a href="{}"{}>{}{}</a></li>', items))


def _count(count: int) -> SafeString:
    return format_html(' <span class="count">{}<span class="visually-hidden"> 条未读</span></span>', "99+" if count >= 99 else count) if count else mark_safe("")


@register.simple_tag
def version() -> str:
    return __version__


@register.simple_tag
def verdict(value: str | None, margin: float | None = None) -> SafeString:
    """Shape, word, and the margin as a percentage. value: pass, fail, insufficient; None or "" shows a dash."""
    if not value:
        return format_html('<span class="muted">{}</span>', "—")
    shape, word = _VERDICTS[str(value)]
    more = f" · 余量 {margin:.1%}" if margin is not None else ""
    return format_html('<span class="verdict verdict-{}">{} {}{}</span>', str(value), shape, word, more)


@register.simple_tag
def state(subject: Any) -> SafeString:
    """The state of anything that goes through a process (flow.models.Subject)."""
    shown = subject.state_shown
    return format_html('<span class="chip tone-{}">{}</span>', shown.tone, shown.label)


@register.simple_tag
def deadline(day: date | None) -> SafeString:
    """Days left, in words; None shows that there is no deadline."""
    if day is None:
        return format_html('<span class="muted">{}</span>', "没有期限")
    left = (day - timezone.localdate()).days
    words = f"已逾期 {-left} 天" if left < 0 else "今天到期" if left == 0 else f"还有 {left} 天"
    tone = "bad" if left < 0 else "todo" if left <= 3 else "waiting"
    return format_html('<span class="chip tone-{}" title="{}">{}</span>', tone, chinese_date(day), words)


@register.simple_tag
def when(at: datetime | date | None) -> SafeString:
    """A point in time as 2026年9月1日 08:30, or a day; None shows a dash."""
    if at is None:
        return format_html('<span class="muted">{}</span>', "—")
    if isinstance(at, datetime):
        local = timezone.localtime(at)
        return format_html('<time datetime="{}">{} {}</time>', local.isoformat(), chinese_date(local), f"{local:%H:%M}")
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), chinese_date(at))


@register.filter
def chinese_date(day: date | None) -> str:
    return "" if day is None else f"{day.year}年{day.month}月{day.day}日"


@register.simple_tag
def finding(found: Any) -> SafeString:
    """Place → what → 怎么改. found: a Finding, or a mapping of level, message, remedy, and of place (in words) or file,
    sheet and cell."""
    told = found if isinstance(found, Mapping) else {name: getattr(found, name) for name in ("level", "place", "message", "remedy")}
    is_error = str(told["level"]) == "error"
    place = told["place"] if "place" in told else Place(told.get("file", ""), told.get("sheet", ""), told.get("cell", ""))
    return format_html(
        '<div class="finding finding-{}"><p><span class="finding-level">{}</span> {}</p><p>{}</p>{}</div>',
        "error" if is_error else "warning", "▲ 错误" if is_error else "◇ 提醒", place, told["message"],
        format_html('<p class="muted">怎么改：{}</p>', told["remedy"]) if told.get("remedy") else "",
    )  # fmt: skip


@register.simple_tag
def gauge(value: float | None, limit: float | Decimal) -> SafeString:
    """A bar from 0 to twice the limit, the limit a line; beyond it the bar is vermilion. None: no bar, but 待定."""
    if value is None:
        return verdict("insufficient")
    width = max(0.0, min(value / (2 * float(limit)), 1.0)) * 160
    kind = "over" if value > limit else "fill"
    return format_html(
        '<svg class="gauge" viewBox="0 0 160 20" role="img" aria-label="{}，限值 {}"><rect class="track" width="160" height="20"/>'
        '<rect class="{}" width="{}" height="20"/><line class="limit" x1="80" x2="80" y1="0" y2="20"/></svg>',
        f"{value:.3f}", f"{limit:g}", kind, f"{width:.1f}",
    )  # fmt: skip


@register.simple_tag
def empty(what: str = "", how: str = "") -> SafeString:
    """What would be here, and how to get it."""
    return format_html('<div class="empty"><p>{}</p><p>{}</p></div>', f"{what}。" if what and what[-1] not in "。！？" else what, how)


@register.inclusion_tag("pieces/pager.html", takes_context=True)
def pager(context: Mapping[str, Any], page: PaginatorPage[Any]) -> dict[str, Any]:
    """Pages of a list; keeps what was searched for."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    return {"page": page, "rest": f"&{query.urlencode()}" if query else ""}


@register.inclusion_tag("pieces/form.html")
def form_fields(form: BaseForm) -> dict[str, Any]:
    """The fields of a form: label above, help and error below."""
    return {"form": form}


@register.inclusion_tag("jobs/bar.html")
def progress(job: Any) -> dict[str, Any]:
    """What, how far, how long still. left: in words, "" = nothing to estimate from."""
    left = ""
    if job.done and job.total and job.heartbeat_at and job.started_at:
        passed = (job.heartbeat_at - job.started_at).total_seconds()
        left = _in_words(passed * (job.total - job.done) / job.done)
    return {"job": job, "left": left}


def _in_words(seconds: float) -> str:
    if seconds < 50:
        return f"{max(10, -(-seconds // 10) * 10):.0f} 秒"
    return f"{seconds / 60:.0f} 分钟" if seconds < 5400 else f"{seconds / 3600:.1f} 小时"
