"""What happens by itself, without anybody asking: recovery of jobs, deadlines, notices."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.core.management import call_command
from django.utils import timezone

from junheng.web.accounts.actions import forget_expired, forget_links
from junheng.web.api.actions import forget_kept, forget_sent, forget_visitors, send_hooks, tell_hooks
from junheng.web.audit.anchors import add_anchor
from junheng.web.desk.actions import forget_plans
from junheng.web.flow.actions import take_overdue
from junheng.web.jobs.actions import forget_files, recover
from junheng.web.notices.actions import deliver, dispatch, remind_deadlines
from junheng.web.publicity.actions.pace import forget_old
from junheng.web.publicity.models import Announcement
from junheng.web.rectification.actions import escalate_overdue
from junheng.web.reporting.actions import lock_overdue

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Periodic:
    """every_seconds: how often it is due. run: is safe to repeat, and gets today's date."""

    name: str
    every_seconds: float
    run: Callable[[date], object]


def _recover(today: date) -> object:
    return recover()


def _prune(today: date) -> object:
    return call_command("prune_db_task_results", verbosity=0, min_age_days=7)


def _forget(today: date) -> object:
    call_command("clearsessions", verbosity=0)
    return forget_expired() + forget_links() + forget_kept(today) + forget_sent(today) + forget_visitors(today) + forget_plans(today)


def _tell_other_systems(today: date) -> object:
    tell_hooks(today)
    return send_hooks(today)


def _close_windows(today: date) -> object:
    return take_overdue(Announcement, today)


def _anchor(today: date) -> None:
    add_anchor()


PERIODIC: tuple[Periodic, ...] = (
    Periodic("note where the audit chain stands, outside the database", 600, _anchor),
    Periodic("recover jobs a crash left running", 30, _recover),
    Periodic("lock what was not handed in by the deadline", 300, lock_overdue),
    Periodic("close the windows of 公示", 300, _close_windows),
    Periodic("escalate what is overdue", 300, escalate_overdue),
    Periodic("remind of deadlines", 3600, remind_deadlines),
    Periodic("turn what happened into notices", 2, dispatch),
    Periodic("tell other systems", 5, _tell_other_systems),
    Periodic("send e-mails and text messages", 10, deliver),
    Periodic("forget where what the public sent came from", 300, forget_old),
    Periodic("forget finished background tasks", 24 * 3600, _prune),
    Periodic("forget the files that background work made a while ago", 24 * 3600, forget_files),
    Periodic("forget what is over: sessions, first passwords, answers and messages of the API, plans about people", 3600, _forget),
)


class Timetable:
    """Which periodic work is due. Everything is due once at the start."""

    def __init__(self, work: tuple[Periodic, ...] = PERIODIC) -> None:
        self._due = dict.fromkeys(work, 0.0)

    def run_due(self, now: float) -> list[str]:
        """Run what is due at `now` (seconds, monotonic); one that fails is logged and does not hold the others."""
        done = []
        for each, due in list(self._due.items()):
            if now < due:
                continue
            self._due[each] = now + each.every_seconds
            try:
                each.run(timezone.localdate())
            except Exception:
                _log.exception("periodic work failed: %s", each.name)
                continue
            done.append(each.name)
        return done
