"""Where a problem came from, as its page shows it: a room above that raises problems says what its sources are and where they open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from junheng.common.errors import DeclarationError
from junheng.web.accounts.models import User
from junheng.web.rectification.models import Problem
from junheng.web.rectification.words import source_words


@dataclass(frozen=True)
class Origin:
    """words: Chinese; url: where it opens, "" = nowhere, or not for this account."""

    words: str
    url: str = ""


Finder = Callable[[Problem, User], Origin | None]
"""None: it is not there any more."""

_FINDERS: dict[str, Finder] = {}


def shows_source(kind: str) -> Callable[[Finder], Finder]:
    """Declare who shows sources "<kind>:…", in the app's sources.py, which its AppConfig.ready imports."""

    def declare(finder: Finder) -> Finder:
        if kind in _FINDERS:
            raise DeclarationError(f"two ways to show sources of kind {kind}")
        _FINDERS[kind] = finder
        return finder

    return declare


def origin_of(problem: Problem, user: User) -> Origin:
    finder = _FINDERS.get(problem.source.partition(":")[0])
    return (finder(problem, user) if finder else None) or Origin(source_words(problem.source))
