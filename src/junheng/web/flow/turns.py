"""Letting others write between the transactions of long work."""

from __future__ import annotations

import time

from django.db import connection

_PAUSE_SECONDS = 0.12


def give_way() -> None:
    """Call between two transactions of long work, never inside one.

    SQLite keeps no queue: whoever waits for the one writer looks again every 0.1 s at the latest, and work that commits
    and begins again at once would hold people's sign-ins off for as long as it lasts (measured: 10 s).
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        time.sleep(_PAUSE_SECONDS)
