"""What waits for a person: each room says its part, the first page shows all of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Waiting:
    """One line of the first page. count: how many; url: where to deal with them; due_on: the earliest deadline."""

    title: str
    count: int
    url: str
    due_on: date | None = None


WaitingFor = Callable[[Any], list[Waiting]]
"""A room's part, given the account (accounts.models.User); nothing waiting = no line."""
