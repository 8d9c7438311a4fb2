"""Bytes and releases are found by what they are, and never handed out when they are something else."""

from __future__ import annotations

import shutil

import pytest
from django.conf import settings

from junheng.intake.release import open_release
from junheng.synth.province import synthesise
from junheng.synth.write import checked, write_release
from junheng.web.store import StoreError, content, keep_content, keep_release, release_folder


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    return write_release(checked(synthesise(1)[0]), tmp_path_factory.mktemp("releases"))


def test_bytes_come_back_by_their_hash_and_changed_bytes_do_not():
    sha256 = keep_content("佐证".encode())
    assert content(sha256) == "佐证".encode()
    file = settings.ENVIRONMENT.data / "store" / "contents" / sha256[:2] / sha256
    file.write_bytes(b"other")
    with pytest.raises(StoreError, match="校验值不符"):
        content(sha256)


def test_a_release_comes_back_whole_from_an_empty_cache(release):
    key = keep_release(release.path)
    assert keep_release(release.path) == key
    shutil.rmtree(settings.ENVIRONMENT.data / "cache", ignore_errors=True)
    back = open_release(release_folder(key), verify=True)
    assert back.hash == release.hash
    assert release_folder(key) == back.path


def test_a_torn_release_is_refused(release):
    key = keep_release(release.path)
    shutil.rmtree(settings.ENVIRONMENT.data / "cache", ignore_errors=True)
    file = settings.ENVIRONMENT.data / "store" / key / "school.parquet"
    whole = file.read_bytes()
    file.write_bytes(whole[:-100])
    try:
        with pytest.raises(StoreError, match="校验值不符"):
            release_folder(key)
    finally:
        file.write_bytes(whole)
    with pytest.raises(StoreError, match="没有这个数据版本"):
        release_folder("releases/none")
