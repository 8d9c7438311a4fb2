"""The clock planners look at while they search. It runs out at once when whoever asked has seen enough, so that every search ends as
it does at the end of its time: with the best it has found and what is proven of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_EVERY = 0.5
"""Seconds between two questions whether it is enough: whoever answers may have to look it up."""
_LONG = 1e7


class Watch:
    """Asks, not too often, whether it is enough; once it is, it stays so. What `enough` raises goes through to whoever looks."""

    def __init__(self, enough: Callable[[], bool]) -> None:
        self._enough, self._next, self._looks = enough, 0.0, 0
        self.stopped = False

    def over(self) -> bool:
        if not self.stopped and time.monotonic() >= self._next:
            self.stopped = self._enough()
            self._next = time.monotonic() + _EVERY
        return self.stopped

    def now(self) -> float:
        """Once it is enough, every look finds that long has passed since the one before: no deadline set by this clock is ahead."""
        if not self.over():
            return time.monotonic()
        self._looks += 1
        return time.monotonic() + self._looks * _LONG


_WATCH: ContextVar[Watch | None] = ContextVar("watch", default=None)


@contextmanager
def watched(enough: Callable[[], bool] | None) -> Iterator[Watch]:
    """While the block runs, searches end when `enough` says so, and by what it raises. None: nobody watches, and nothing is asked."""
    watch = Watch(enough or (lambda: False))
    token = _WATCH.set(watch if enough else None)
    try:
        yield watch
    finally:
        _WATCH.reset(token)


def watch() -> Watch | None:
    """Whoever watches now."""
    return _WATCH.get()


def now() -> float:
    """Seconds, to set deadlines by and to see whether they are over; not to measure how long something took."""
    watching = _WATCH.get()
    return time.monotonic() if watching is None else watching.now()


def over() -> bool:
    """Whether it is enough."""
    watching = _WATCH.get()
    return watching is not None and watching.over()
