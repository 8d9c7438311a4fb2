"""kill -9 at fifty instants of an upload, of a freeze and of a transition: nothing is lost and nothing is done twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

KILLS = 50
pytestmark = pytest.mark.xdist_group("fault")


class Site:
    """The process of site_under_knife.py."""

    def __init__(self, data: Path) -> None:
        environment = {**os.environ, "JUNHENG_DATA": str(data), "DJANGO_SETTINGS_MODULE": "junheng.web.site.settings", "POLARS_MAX_THREADS": "1"}
        script = Path(__file__).with_name("site_under_knife.py")
        self._process = subprocess.Popen([sys.executable, str(script)], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def do(self, act: str, **arguments: Any) -> Any:
        """Let it happen; what it returned."""
        ended, said = self.do_and_kill(act, None, **arguments)
        assert ended == 0, f"{act} did not end well"
        return said

    def do_and_kill(self, act: str, after_seconds: float | None, **arguments: Any) -> tuple[int, Any]:
        """Kill -9 after so many seconds. Returns how it ended (-9 killed, 0 it was quicker) and what it returned."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"act": act, "arguments": arguments, "kill_after_seconds": after_seconds}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the site's process has ended"
        answer = json.loads(line)
        return answer["ended"], answer["said"]

    def seconds_of(self, act: str, **arguments: Any) -> float:
        start = time.monotonic()
        self.do(act, **arguments)
        return time.monotonic() - start

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    data = tmp_path_factory.mktemp("site")
    with pytest.MonkeyPatch.context() as patch:
        if os.environ.get("JUNHENG_TEST_ON") == "postgresql":
            patch.setenv("DATABASE_URL", _own_database())
        opened = Site(data)
    yield opened
    opened.close()


def _own_database() -> str:
    """An empty database beside the one of the other tests."""
    import psycopg

    server, name = os.environ["DATABASE_URL"], f"fault_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    head, query = server.split("?", 1) if "?" in server else (server, "")
    return f"{head.rsplit('/', 1)[0]}/{name}{'?' + query if query else ''}"


@pytest.fixture(scope="module")
def school(site: Site) -> str:
    prepared = site.do("prepare")
    assert set(prepared["states"]) == {"submitted"}
    return str(prepared["schools"][0])


def _instants(whole: float) -> list[float]:
    """Fifty instants spread over the whole act and a little past its end."""
    return [1.1 * whole * (number + 0.5) / KILLS for number in range(KILLS)]


def test_an_upload_killed_at_any_instant_is_a_job_or_nothing_and_an_answered_one_is_never_lost(site: Site, school: str) -> None:
    site.do("withdraw", code=school)
    whole = site.seconds_of("post_upload", code=school, change=1)
    site.do("after_restart")
    killed = 0
    for number, instant in enumerate(_instants(whole)):
        before = site.do("uploads", code=school)
        ended, said = site.do_and_kill("post_upload", instant, code=school, change=2 + number)
        killed += ended == -signal.SIGKILL
        site.do("after_restart")
        after = site.do("uploads", code=school)
        new = after["jobs"] - before["jobs"]
        assert new in (0, 1)
        if said is not None:
            assert (said["status"], new) == (302, 1)
        assert len(after["numbers"]) == len(before["numbers"]) + new
        _whole_and_once(after)
    assert killed >= KILLS // 2
    assert site.do("breaks") == []


def test_the_reading_of_an_upload_killed_at_any_instant_makes_one_version_after_the_restart(site: Site, school: str) -> None:
    whole = site.seconds_of("run", job=site.do("queue_upload", code=school, change=100))
    killed = 0
    for number, instant in enumerate(_instants(whole)):
        before = site.do("uploads", code=school)
        job = site.do("queue_upload", code=school, change=101 + number)
        ended, _ = site.do_and_kill("run", instant, job=job)
        killed += ended == -signal.SIGKILL
        site.do("after_restart")
        after = site.do("uploads", code=school)
        assert len(after["numbers"]) == len(before["numbers"]) + 1
        _whole_and_once(after)
    assert killed >= KILLS // 2
    assert site.do("breaks") == []


def _whole_and_once(uploads: dict[str, Any]) -> None:
    """Numbers run without a gap, the newest is the latest, each is in the log once, no job is left lying."""
    assert uploads["numbers"] == list(range(1, len(uploads["numbers"]) + 1))
    assert uploads["latest"] == len(uploads["numbers"]) == uploads["events"]
    assert uploads["jobs_not_done"] == 0


def test_a_transition_killed_at_any_instant_has_happened_whole_or_not_at_all(site: Site, school: str) -> None:
    if site.do("moves", code=school)["state"] == "draft":
        site.do("submit", code=school)
    site.do("withdraw", code=school)
    whole = site.seconds_of("submit", code=school)
    killed = 0
    for instant in _instants(whole):
        site.do("withdraw", code=school)
        before = site.do("moves", code=school)
        ended, said = site.do_and_kill("submit", instant, code=school, seen_moves=before["moves"])
        killed += ended == -signal.SIGKILL
        after = site.do("moves", code=school)
        happened = after["state"] == "submitted"
        assert happened or said is None
        assert after["moves"] == before["moves"] + happened == after["steps"] == after["events"]
        assert after["last"] == after["state"]
        # The person presses again with the page they still have: it happens once, whatever became of the first press.
        again = site.do("submit", code=school, seen_moves=before["moves"])
        assert again == ("moved" if happened else "done")
        assert site.do("moves", code=school)["moves"] == before["moves"] + 1
    assert killed >= KILLS // 2
    assert site.do("breaks") == []


def test_a_freeze_killed_at_any_instant_leaves_one_release_that_can_be_recomputed(site: Site, school: str) -> None:
    whole = site.seconds_of("run", job=site.do("queue_freeze"))
    killed = 0
    for number, instant in enumerate(_instants(whole)):
        before = site.do("releases")
        site.do("withdraw", code=school)
        site.do("run", job=site.do("queue_upload", code=school, change=1000 + number))
        site.do("submit", code=school)
        ended, _ = site.do_and_kill("run", instant, job=site.do("queue_freeze"))
        killed += ended == -signal.SIGKILL
        site.do("after_restart")
        after = site.do("releases")
        assert after["numbers"] == [*before["numbers"], len(before["numbers"]) + 1]
        assert after["hashes"] == len(after["numbers"]) == after["events"]
        assert after["recomputed"] is True
    assert killed >= KILLS // 2
    assert site.do("breaks") == []
