"""The page of a transition: what it does, what it asks for, one button. One set of pages per process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import groupby
from typing import Any, Protocol

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from junheng.common.errors import DeclarationError
from junheng.web.flow.errors import Moved, NotAllowed, Refused
from junheng.web.flow.models import Subject
from junheng.web.flow.process import Transition
from junheng.web.pages.table import Page
from junheng.web.rights.right import Right


class Action(Protocol):
    """An app's function for one transition."""

    def __call__(self, subject: Any, /, *, by: Any, data: Mapping[str, Any] | None = None, seen_moves: int | None = None) -> Any: ...


def process_pages(
    model: type[Subject], prefix: str, actions: Mapping[str, Action], back: Callable[[Any], str]
) -> tuple[Page, ...]:
    """The pages of a process's transitions below `prefix` ("evaluations/"), named "<process id>_do".

    actions: one function for every transition a person takes; back: the URL of the subject's own page.
    """
    process = model.process
    by_people = {each.id for each in process.transitions if not each.automatic}
    if set(actions) != by_people:
        raise DeclarationError(f"process {process.id}: actions do not match transitions: {sorted(set(actions) ^ by_people)}")

    def find(pk: int) -> Subject:
        return model._base_manager.select_related("unit").get(pk=pk)

    def do(request: HttpRequest, subject: Subject, transition_id: str) -> HttpResponse:
        transition = process.transition(transition_id)
        if transition is None or transition.automatic or not _in_reach(transition, request, subject):
            raise Http404
        if request.method == "POST":
            return _take(request, subject, transition, actions[transition_id], back)
        return _form(request, subject, transition, back(subject), {})

    rights: dict[Right, None] = {each.right: None for each in process.transitions if each.right is not None}
    return (Page(f"{prefix}<int:pk>/do/<slug:transition_id>/", f"{process.id}_do", do, tuple(rights), find, ("GET", "POST")),)


def _in_reach(transition: Transition, request: HttpRequest, subject: Subject) -> bool:
    return transition.right is not None and transition.right.covers(request.user, subject)  # type: ignore[arg-type]


def _take(
    request: HttpRequest, subject: Subject, transition: Transition, action: Action, back: Callable[[Any], str]
) -> HttpResponse:
    seen = request.POST.get("seen_moves", "")
    try:
        moved = action(subject, by=request.user, data=request.POST.dict(), seen_moves=int(seen) if seen.isdigit() else None)
    except Refused as refusal:
        status = 409 if isinstance(refusal, Moved) else 403 if isinstance(refusal, NotAllowed) else 422
        subject.refresh_from_db()
        return _form(request, subject, transition, back(subject), refusal.fields, refusal, status)
    messages.success(request, f"已“{transition.label}”，现在是“{(moved or subject).state_shown.label}”。")
    return redirect(back(moved or subject))


def _form(
    request: HttpRequest, subject: Subject, transition: Transition, back: str, wrong: Mapping[str, str],
    refusal: Refused | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    entered = request.POST if request.method == "POST" else {}
    groups = [
        (group, [{"field": each, "value": entered.get(each.name, ""), "error": wrong.get(each.name, "")} for each in of])
        for group, of in groupby(transition.fields, lambda each: each.group)
    ]
    possible = subject.state in transition.sources
    context = {"subject": subject, "transition": transition, "groups": groups, "back": back, "refusal": refusal,
               "possible": possible, "days": subject.days(transition.deadline) if transition.deadline else 0, "target": subject.process.state(transition.target)}  # fmt: skip
    return render(request, "flow/transition.html", context, status=status)
