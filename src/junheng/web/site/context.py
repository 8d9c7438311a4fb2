"""What every page's frame needs: the menu the account may see, and how much waits behind it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from junheng.web.accounts.models import User
from junheng.web.dashboards.permissions import SEE
from junheng.web.notices.reading import unread_count
from junheng.web.pages.table import Open, Page
from junheng.web.site.table import PAGES


def menu_of(request: HttpRequest) -> list[Page]:
    """The pages with a place in the menu that this account may open, in order."""
    user = request.user
    if not user.is_authenticated:
        return []
    shown = [page for page in PAGES if page.nav and (isinstance(page.who, Open) or any(each.held_by(user) for each in page.rights))]
    return sorted(shown, key=lambda page: page.order)


def frame(request: HttpRequest) -> dict[str, Any]:
    """menu: pages; own_menu: those beside 我的账号; menu_counts: page name → how many wait there; may_search: the box in the head
    leads somewhere."""
    if not hasattr(request, "user"):
        return {}
    user = request.user if isinstance(request.user, User) else None
    shown = menu_of(request)
    return {
        "menu": [page for page in shown if not page.own], "own_menu": [page for page in shown if page.own],
        "menu_counts": {"notices": unread_count(user) if user else 0}, "may_search": user is not None and SEE.held_by(user),
    }  # fmt: skip
