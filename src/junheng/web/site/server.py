"""Run the site: web processes, a worker and one more for what takes minutes, watched by this process; a child that dies is started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from types import FrameType

_THREADS = 4
_SETTLED_SECONDS = 10.0
_LONGEST_PAUSE_SECONDS = 30.0
_GRACE_SECONDS = 10.0


@dataclass
class _Child:
    """pause: how long to wait before the next start; doubles while the child dies early."""

    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 0.5

    def keep_alive(self) -> None:
        if self.process is not None and self.process.poll() is None:
            return
        now = time.monotonic()
        if self.process is not None:
            self.pause = 0.5 if now - self.started > _SETTLED_SECONDS else min(self.pause * 2, _LONGEST_PAUSE_SECONDS)
            if now - self.started < self.pause:
                return
        self.process, self.started = subprocess.Popen(self.command), now

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()


def serve(host: str, port: int, processes: int) -> None:
    """Run until a signal says stop. The environment (JUNHENG_DATA, DJANGO_SETTINGS_MODULE) goes to the children."""
    worker = [sys.executable, "-m", "junheng.web.site.worker"]
    children = [_Child(_web(host, port, processes)), _Child(worker), _Child([*worker, "long"])]
    stopping = False

    def stop(signum: int, frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    for signum in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signum, stop)
    while not stopping:
        for child in children:
            child.keep_alive()
        time.sleep(0.2)
    _end(children)


def _web(host: str, port: int, processes: int) -> list[str]:
    return [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
            "--workers", str(processes), "--blocking-threads", str(_THREADS), "--backlog", "1024", "--respawn-failed-workers",
            "--log-level", os.environ.get("JUNHENG_LOG", "warning").lower(), "junheng.web.site.wsgi:application"]  # fmt: skip


def _end(children: list[_Child]) -> None:
    for child in children:
        child.stop()
    until = time.monotonic() + _GRACE_SECONDS
    for child in children:
        if child.process is not None:
            try:
                child.process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.process.kill()
