"""Where notices lead."""

from __future__ import annotations

from django.urls import reverse

from junheng.web.notices.rule import Link
from junheng.web.notices.told import Told


def page(name: str) -> Link:
    """A page that is about no one thing."""
    return lambda told: reverse(name)


def page_of(name: str, part: str = "pk", through: str = "") -> Link:
    """The page of the event's subject, whose number is the URL's `part`; through: the subject's attribute that has the
    page instead ("problem" of an extension)."""

    def link(told: Told) -> str:
        if told.subject is None:
            return ""
        return reverse(name, kwargs={part: getattr(told.subject, f"{through}_id") if through else told.subject.pk})

    return link
