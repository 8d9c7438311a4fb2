"""Ask a planner from a job: the process that solves is watched, and stopped when the person presses stop."""

from __future__ import annotations

import json
import logging
import pickle
import queue
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

from junheng.common.errors import UserError
from junheng.planners.model import Planned
from junheng.web.desk.solving import ANSWERED, ASKED, BROKEN, REFUSED, Question

_log = logging.getLogger(__name__)
_BEAT_SECONDS = 1.0
_LONGEST_SECONDS = 2 * 3600.0
"""Others wait for their turn."""

Beat = Callable[[str, float], bool]
"""Told about once a second what is being done, and for how many seconds already. True: the best plan found so far will do. Raises to stop it."""


class PlannerBroke(Exception):
    """A bug: which error and where in the code, without its words."""


@contextmanager
def room_for(name: str) -> Iterator[Path]:
    """A folder only the site reads, empty at first and gone afterwards: what a crash left of an earlier run goes too."""
    folder = rooms() / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def rooms() -> Path:
    """Where plans are solved. What lies here of a run that is over may be deleted at any time."""
    path: Path = settings.ENVIRONMENT.data / "solving"
    return path


def answer(question: Question, folder: Path, beat: Beat) -> Planned:
    """Raises UserError in the planner's words, PlannerBroke for a bug, and whatever `beat` raises."""
    (folder / ASKED).write_bytes(pickle.dumps(question))
    with (folder / "stderr").open("wb") as complaints:
        process = subprocess.Popen([sys.executable, "-m", "junheng.web.desk.solving", str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=complaints, text=True, encoding="utf-8")  # fmt: skip
    try:
        _watch(process, beat)
    finally:
        process.kill()
        process.communicate()
    return _answer_in(folder, process.returncode)


def _watch(process: subprocess.Popen[str], beat: Beat) -> None:
    said: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    threading.Thread(target=_hear, args=(process, said), daemon=True).start()
    begun, doing = time.monotonic(), ""
    last = begun - _BEAT_SECONDS
    while True:
        try:
            heard = said.get(timeout=_BEAT_SECONDS)
        except queue.Empty:
            pass
        else:
            if heard is None:
                process.wait()
                return
            doing = heard
        now = time.monotonic()
        if now - last >= _BEAT_SECONDS:
            last = now
            if now - begun > _LONGEST_SECONDS:
                raise UserError("求解超过两小时，已停止", why="别的方案还在排队", remedy="请缩短求解时间，或缩小范围；要算很久的请用命令行")
            if beat(doing, now - begun):
                _enough(process)


def _enough(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    with suppress(BrokenPipeError):  # it has just ended
        process.stdin.write("enough\n")
        process.stdin.flush()


def _hear(process: subprocess.Popen[str], said: queue.SimpleQueue[str | None]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        said.put(json.loads(line))
    said.put(None)


def _answer_in(folder: Path, returned: int) -> Planned:
    if (folder / REFUSED).is_file():
        raise UserError((folder / REFUSED).read_text("utf-8").removesuffix("。"))
    if (folder / ANSWERED).is_file():
        planned: Planned = pickle.loads((folder / ANSWERED).read_bytes())
        return planned
    if (folder / BROKEN).is_file():
        where = (folder / BROKEN).read_text("utf-8")
        _log.error("a planner broke: %s", where)  # the log leaves out the words of an exception
        raise PlannerBroke(where)
    if returned < 0:
        raise UserError("求解没有完成", why="求解程序被系统中止，多半是内存不够", remedy="请缩小范围、减少年数后再试；仍不行请联系系统管理员")
    raise PlannerBroke(f"ended with {returned} and no answer")
