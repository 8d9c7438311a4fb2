"""The pieces every page is made of (look.md): the same word, shape and colour everywhere. Loaded into every template."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from html import escape
from typing import Any

from django import template
from django.core.paginator import Page as PaginatorPage
from django.forms import BaseForm
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from junheng import __version__
from junheng.common.findings import Place
from junheng.web.pages.assets import scripts_of, styles_of
from junheng.web.pages.templatetags.marks import verdict

register = template.Library()

_FIGURE = re.compile(r"-?[0-9]+(\.[0-9]+)?")


@register.simple_tag
@cache
def site_styles() -> SafeString:
    """The built style sheet, script and icon; a page without them still works."""
    styles = format_html_join("", '<link rel="stylesheet" href="{}">', ((url,) for url in styles_of("src/site.js")))
    scripts = format_html_join("", '<script type="module" src="{}"></script>', ((url,) for url in scripts_of("src/site.js")))
    return styles + scripts + format_html('<link rel="icon" href="{}">', static("site/icon.svg"))


@register.simple_tag(takes_context=True)
def site_head(context: Mapping[str, Any]) -> SafeString:
    """Name of the site, the search box for whoever may search, the account's own menu or the ways in."""
    user = context.get("user")
    search = mark_safe(_SEARCH.format(_url_of("search"))) if context.get("may_search") else ""
    if user is None or not user.is_authenticated:
        return mark_safe(f"{_brand()}\n  {search}{_ways_in()}")
    own = "\n      ".join([f'<a href="{_url_of(each.name)}">{escape(each.nav)}</a>' for each in context["own_menu"]])
    return mark_safe(
        f"{_brand()}\n  {search}"
        f'<details class="account">\n    <summary>{escape(user.unit.name)} · {escape(user.get_role_display())}</summary>\n    <div class="unfolded">\n'
        f'      <p>{escape(user.name)}<br><span class="muted">{escape(user.username)}</span></p>\n      <a href="{_url_of("me")}">我的账号</a>\n      {own}\n'
        f'      <form method="post" action="{_url_of("account_logout")}">'
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{escape(str(context["csrf_token"]))}"><button type="submit">退出</button></form>\n'
        "    </div>\n  </details>"
    )


_SEARCH = (
    '<form class="search" method="get" action="{}" role="search"><label class="visually-hidden" for="search">查找学校、县、条款、问题</label>'
    '<input id="search" type="search" name="q" placeholder="学校、县、条款、问题" maxlength="40"><button type="submit">查找</button></form>'
)


@cache
def _brand() -> str:
    return f'<a class="brand" href="{_url_of("home")}">均衡</a> <span class="brand-more">县域义务教育优质均衡</span>'


@cache
def _ways_in() -> str:
    ways = "\u3000".join(f'<a href="{_url_of(name)}">{words}</a>' for name, words in (("portal", "公众查询"), ("help", "帮助"), ("account_login", "登录")))
    return f'<div class="account">{ways}</div>'


@register.simple_tag(takes_context=True)
def main_menu(context: Mapping[str, Any]) -> SafeString:
    """The menu, unfolded and folded; the link whose part of the site the page lies in is marked. Nothing where there is none."""
    menu = context.get("menu")
    if not menu:
        return mark_safe("")
    here, counts = context["request"].path, context["menu_counts"]
    links = [(_url_of(page.name), page.nav, counts.get(page.name, 0)) for page in menu]
    present = max((url for url, _, _ in links if here == url or (url != "/" and here.startswith(url))), key=len, default="")
    items = "".join([f'<li><a href="{url}"{_CURRENT if url == present else ""}>{label}{_count(count)}</a></li>' for url, label, count in links])
    return mark_safe(
        f'<nav class="site-nav" aria-label="主菜单">\n  <div class="unfolded"><ul>{items}</ul></div>\n'
        f'  <details class="folded"><summary>菜单</summary><ul>{items}</ul></details>\n</nav>'
    )


_CURRENT = ' aria-current="page"'


@cache
def _url_of(name: str) -> str:
    """Every page asks for every link of the menu; finding one takes 13 µs."""
    return reverse(name)


def _count(count: int) -> str:
    return f' <span class="count">{"99+" if count >= 99 else count}<span class="visually-hidden"> 条未读</span></span>' if count else ""


@register.simple_tag
def version() -> str:
    return __version__


@register.filter
def thousands(value: Any) -> Any:
    """A count, or a figure written out, with its thousands separated: 12,345; 12,345.60. Whatever is no number stays as it
    is. For what people read: never for codes, years, ids, or the value of an input."""
    return grouped(str(value)) if isinstance(value, int | float | Decimal | str) and not isinstance(value, bool) else value


def grouped(text: str) -> str:
    """Digits with their thousands separated, in ASCII as the reader of cells takes them; any other text as it is."""
    return f"{Decimal(text):,f}" if _FIGURE.fullmatch(text) else text


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
