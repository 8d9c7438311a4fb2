"""kill -9 at fifty instants of an upload, of a freeze and of a transition: nothing is lost and nothing is done twice."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from typing import Any

import pytest
from fault.forked_site import Site
from own_database import own_database

KILLS = 50
pytestmark = pytest.mark.xdist_group("fault")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with own_database() as address:
        opened = Site(tmp_path_factory.mktemp("site"), address)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def school(site: Site) -> str:
    prepared = site.do("prepare")
    assert set(prepared["states"]) == {"submitted"}
    return str(prepared["schools"][0])


class Knife:
    """Kill -9 at instants spread over the whole of an act and a little past its end.

    How long an act takes changes with what else the machine does, so its length is learnt from every run: one that
    was quicker than its kill took so long, one killed past the supposed end takes at least that long.
    """

    def __init__(self, site: Site, whole_seconds: float) -> None:
        self._site = site
        self._whole_seconds = whole_seconds
        self.killed = 0

    def strike(self, number: int, act: str, **arguments: Any) -> Any:
        """Let `act` run and kill it at instant `number` of KILLS. What it returned, None where it was killed in time."""
        share = 1.1 * (number * 19 % KILLS + 0.5) / KILLS  # early and late in turn
        instant = share * self._whole_seconds
        answer = self._site.ask(act, instant, arguments)
        if answer["ended"] == -signal.SIGKILL:
            self.killed += 1
            self._whole_seconds = max(self._whole_seconds, instant)
        else:
            assert answer["ended"] == 0, f"{act} did not end well"
            self._whole_seconds = answer["seconds"]
        return answer["said"]


def test_an_upload_killed_at_any_instant_is_a_job_or_nothing_and_an_answered_one_is_never_lost(site: Site, school: str) -> None:
    site.do("withdraw", code=school)
    whole = site.seconds_of("post_upload", code=school, change=1)
    site.do("after_restart")
    knife = Knife(site, whole)
    for number in range(KILLS):
        before = site.do("uploads", code=school)
        said = knife.strike(number, "post_upload", code=school, change=2 + number)
        site.do("after_restart")
        after = site.do("uploads", code=school)
        new = after["jobs"] - before["jobs"]
        assert new in (0, 1)
        if said is not None:
            assert (said["status"], new) == (302, 1)
        assert len(after["numbers"]) == len(before["numbers"]) + new
        _whole_and_once(after)
    assert knife.killed >= KILLS // 2
    assert site.do("breaks") == []


def test_the_reading_of_an_upload_killed_at_any_instant_makes_one_version_after_the_restart(site: Site, school: str) -> None:
    whole = site.seconds_of("run", job=site.do("queue_upload", code=school, change=100))
    knife = Knife(site, whole)
    for number in range(KILLS):
        before = site.do("uploads", code=school)
        job = site.do("queue_upload", code=school, change=101 + number)
        knife.strike(number, "run", job=job)
        site.do("after_restart")
        after = site.do("uploads", code=school)
        assert len(after["numbers"]) == len(before["numbers"]) + 1
        _whole_and_once(after)
    assert knife.killed >= KILLS // 2
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
    knife = Knife(site, whole)
    for number in range(KILLS):
        site.do("withdraw", code=school)
        before = site.do("moves", code=school)
        said = knife.strike(number, "submit", code=school, seen_moves=before["moves"])
        after = site.do("moves", code=school)
        happened = after["state"] == "submitted"
        assert happened or said is None
        assert after["moves"] == before["moves"] + happened == after["steps"] == after["events"]
        assert after["last"] == after["state"]
        # The person presses again with the page they still have: it happens once, whatever became of the first press.
        again = site.do("submit", code=school, seen_moves=before["moves"])
        assert again == ("moved" if happened else "done")
        assert site.do("moves", code=school)["moves"] == before["moves"] + 1
    assert knife.killed >= KILLS // 2
    assert site.do("breaks") == []


def test_a_freeze_killed_at_any_instant_leaves_one_release_that_can_be_recomputed(site: Site, school: str) -> None:
    whole = site.seconds_of("run", job=site.do("queue_freeze"))
    knife = Knife(site, whole)
    for number in range(KILLS):
        before = site.do("releases")
        site.do("withdraw", code=school)
        site.do("run", job=site.do("queue_upload", code=school, change=1000 + number))
        site.do("submit", code=school)
        knife.strike(number, "run", job=site.do("queue_freeze"))
        site.do("after_restart")
        after = site.do("releases")
        assert after["numbers"] == [*before["numbers"], len(before["numbers"]) + 1]
        assert after["hashes"] == len(after["numbers"]) == after["events"]
        assert after["recomputed"] is True
    assert knife.killed >= KILLS // 2
    assert site.do("breaks") == []
