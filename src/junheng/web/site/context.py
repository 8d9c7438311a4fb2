"""What every page's frame needs: the menu the account may see, and how much waits behind it."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest

from junheng.web.accounts.models import User
from junheng.web.dashboards.permissions import SEE
from junheng.web.notices.reading import unread_count
from junheng.web.pages.table import Open, Page
from junheng.web.portal.menu import PUBLIC_MENU
from junheng.web.site.table import PAGES


@cache
def menu_of(role: str) -> tuple[Page, ...]:
    """The pages with a place in the menu that accounts of this role may open, in order."""
    shown = [page for page in PAGES if page.nav and (isinstance(page.who, Open) or any(role in each.roles for each in page.rights))]
    return tuple(sorted(shown, key=lambda page: page.order))


def frame(request: HttpRequest) -> dict[str, Any]:
    """menu: pages, or the public's; own_menu: those beside 我的账号; menu_counts: page name → how many wait there; may_search: the box in the head
    leads somewhere."""
    if not hasattr(request, "user"):
        return {}
    user = request.user if isinstance(request.user, User) else None
    shown = menu_of(user.role) if user else ()
    return {
        "menu": [page for page in shown if not page.own] if user else PUBLIC_MENU, "own_menu": [page for page in shown if page.own],
        "menu_counts": {"notices": unread_count(user) if user else 0}, "may_search": user is not None and SEE.held_by(user),
    }  # fmt: skip
