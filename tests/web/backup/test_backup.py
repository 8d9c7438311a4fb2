"""A backup, restored in an empty place, is the same site; a torn one is refused and leaves nothing."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

JUNHENG = Path(sys.executable).with_name("junheng")


def _run(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUNHENG_", "DJANGO_", "DATABASE_"))}
    environment = {**kept, "JUNHENG_DATA": str(data), "JUNHENG_KEYS": str(data.parent / "keys"), "JUNHENG_DEMO": "1"}
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
