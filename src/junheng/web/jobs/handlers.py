"""Which function does which kind of job."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from junheng.common.errors import DeclarationError
from junheng.web.jobs.models import Job


class Progress(Protocol):
    """Given to a handler: tell how far it is. Raises Cancelled when the person has pressed stop."""

    def __call__(self, done: int, total: int, message: str = "") -> None: ...


Handler = Callable[[Job, Progress], Mapping[str, Any] | None]
"""Does the work of a job and returns its outcome. It must be safe to run again after a crash half-way."""

HANDLERS: dict[str, Handler] = {}
SHORT, LONG = "default", "long"
"""Queues (settings.TASKS). Each has a worker of its own, so that minutes of solving hold up nobody's upload."""
_LONG: set[str] = set()


def handles(kind: str, *, long: bool = False) -> Callable[[Handler], Handler]:
    """Declare the handler of a kind of job, in an app's jobs.py, which its AppConfig.ready imports. long: it may take minutes."""

    def declare(handler: Handler) -> Handler:
        if kind in HANDLERS:
            raise DeclarationError(f"two handlers for jobs of kind {kind}")
        HANDLERS[kind] = handler
        if long:
            _LONG.add(kind)
        return handler

    return declare


def queue_of(kind: str) -> str:
    return LONG if kind in _LONG else SHORT
