"""The table of URLs. A view is reached only through a row of it, and the gate checks what the row says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from junheng.web.rights.right import Holder, Right, Subject


class Open(Enum):
    """PUBLIC: anybody, signed in or not. SIGNED_IN: any account, about nothing but itself."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"


@dataclass(frozen=True)
class Page:
    """One URL.

    who: the right asked for, or Open. subject: finds what the page is about from the URL's parts (raising
    Model.DoesNotExist or Http404); the gate then checks that the account reaches it and hands it to the view as its
    second argument. None: the page is about no one thing, and its view must cut what it lists to the account's reach.
    methods: the HTTP methods it answers. nav: its label in the main menu, "" = not in the menu; order: place there.
    own: it stands beside 我的账号 instead of in the main menu.
    """

    route: str
    name: str
    view: Callable[..., HttpResponseBase]
    who: Right | tuple[Right, ...] | Open
    subject: Callable[..., Any] | None = None
    methods: tuple[str, ...] = ("GET",)
    nav: str = ""
    order: int = 0
    own: bool = False

    @property
    def rights(self) -> tuple[Right, ...]:
        return self.who if isinstance(self.who, tuple) else (self.who,) if isinstance(self.who, Right) else ()

    def admits(self, user: Holder, subject: Subject | None) -> bool:
        """Whether the account may see it: one of its rights is held, and the subject lies within reach.

        A right's states are not asked here: a page says itself what is no longer possible, an action refuses it.
        """
        if isinstance(self.who, Open):
            return True
        return any(each.covers(user, subject) for each in self.rights)


def urlpatterns_of(pages: Iterable[Page]) -> list[URLPattern]:
    return [path(page.route, gated(page), name=page.name) for page in pages]


def gated(page: Page) -> Callable[..., HttpResponseBase]:
    """The view behind the gate. Outside one's rights and area the answer is 404, the same as for what is not there."""

    @wraps(page.view)
    def view(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        if request.method not in (*page.methods, "HEAD", "OPTIONS"):
            return HttpResponseNotAllowed(page.methods)
        if page.who is not Open.PUBLIC and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        subject = None if page.subject is None else _found(page.subject, parts)
        if page.who is not Open.PUBLIC and not page.admits(request.user, subject):  # type: ignore[arg-type]
            raise Http404
        return page.view(request, **parts) if page.subject is None else page.view(request, subject, **_rest(page, parts))

    view.page = page  # type: ignore[attr-defined]
    return view


def _found(find: Callable[..., Any], parts: dict[str, Any]) -> Any:
    from django.core.exceptions import ObjectDoesNotExist

    wanted = {name: parts[name] for name in find.__code__.co_varnames[: find.__code__.co_argcount + find.__code__.co_kwonlyargcount]}
    try:
        return find(**wanted)
    except ObjectDoesNotExist as error:
        raise Http404 from error


def _rest(page: Page, parts: dict[str, Any]) -> dict[str, Any]:
    assert page.subject is not None
    code = page.subject.__code__
    used = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    return {name: value for name, value in parts.items() if name not in used}
