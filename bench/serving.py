"""Servers to measure: the site as `junheng serve` starts it, and a bare Django page beside it with as many processes and threads."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from junheng.web.accounts.demo import DEMO_ACCOUNTS, DEMO_PASSWORD
from junheng.web.rights.roles import Role
from visitors import Answers, Visitor, median

HERE = Path(__file__).resolve().parent
REPEATS = 60
_START_SECONDS, _END_SECONDS = 180.0, 60.0
_WARM = 20
"""Turns before it counts: the server's processes have four threads each, and every one opens a connection of its own."""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _served(command: Callable[[int], Sequence[str]], ready: str, **environment: str) -> Iterator[str]:
    port = _free_port()
    server = subprocess.Popen(command(port), env={**os.environ, **environment}, cwd=HERE, stdout=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"
    try:
        _wait_for(base + ready)
        yield base
    finally:
        server.terminate()
        server.wait(_END_SECONDS)


def _wait_for(url: str) -> None:
    until = time.monotonic() + _START_SECONDS
    while True:
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def site(data: Path) -> Any:
    return _served(lambda port: [sys.executable, "-m", "junheng", "serve", "--data", str(data.resolve()), "--port", str(port)], "/healthz", JUNHENG_DEMO="1")


def bare_django(data: Path) -> Any:
    """The server `junheng serve` starts, with as many processes and threads."""
    return _served(
        lambda port: [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "2", "--blocking-threads", "4",
                      "--log-level", "warning", "bare_django:application"],
        "/", BARE_DATABASE=str(data.resolve() / "site.sqlite3"),
    )  # fmt: skip


def visitor_of(base: str, role: Role, answers: Answers) -> Visitor:
    visitor = Visitor(base, answers)
    visitor.sign_in(DEMO_ACCOUNTS[role], DEMO_PASSWORD)
    return visitor


def beside(bare: Visitor, visitor: Visitor, path: str) -> tuple[float, float]:
    """Median seconds of the bare page and of ours, asked in turn, so that whatever else the machine does falls on both alike."""
    theirs, ours = Answers(), Answers()
    for turn in range(_WARM + REPEATS):
        if turn == _WARM:
            theirs, ours = Answers(), Answers()
        bare.answers, visitor.answers = theirs, ours
        bare.get("/")
        visitor.get(path)
    assert not ours.failures, ours.failures[:3]
    return median(theirs.all()), median(ours.all())
