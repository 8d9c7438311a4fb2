"""`python -m junheng.web.site.worker`: runs background tasks, and beside them what happens by itself; with a queue named, its tasks alone."""

from __future__ import annotations

import os
import sys
import threading
import time


def main(queue: str = "") -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "junheng.web.site.settings")
    import django

    django.setup()
    from django.core.management import call_command

    if not queue:
        threading.Thread(target=_by_itself, daemon=True, name="periodic").start()
    call_command("db_worker", interval=0.3, queue_name=queue or "default", startup_delay=False, reload=False, verbosity=0)


def _by_itself() -> None:
    from django.db import close_old_connections

    from junheng.web.site.periodic import Timetable

    timetable = Timetable()
    while True:
        close_old_connections()
        timetable.run_due(time.monotonic())
        time.sleep(1)


if __name__ == "__main__":
    main(*sys.argv[1:2])
