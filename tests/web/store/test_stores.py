"""The same behaviour of a folder and of an S3-compatible store."""

from __future__ import annotations

import resource

import pytest
from moto.server import ThreadedMotoServer

from junheng.web.store.folder import FolderStore
from junheng.web.store.model import StoreError
from junheng.web.store.s3 import S3Store


@pytest.fixture(scope="module")
def s3_server():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield f"http://127.0.0.1:{server.get_host_and_port()[1]}"
    server.stop()


@pytest.fixture(params=["folder", "s3"])
def store(request, tmp_path):
    if request.param == "folder":
        return FolderStore(tmp_path)
    address = request.getfixturevalue("s3_server")
    monkeypatch = request.getfixturevalue("monkeypatch")
    for name, value in {"AWS_ENDPOINT_URL": address, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_REGION": "us-east-1"}.items():
        monkeypatch.setenv(name, value)
    import urllib.request

    bucket = f"junheng-{abs(hash(request.node.nodeid))}"
    urllib.request.urlopen(urllib.request.Request(f"{address}/{bucket}", method="PUT")).close()
    return S3Store(f"s3://{bucket}/site")


def test_what_was_put_is_got_again(store):
    store.put("contents/ab/abc", b"12")
    assert store.get("contents/ab/abc") == b"12"
    assert store.exists("contents/ab/abc")
    assert not store.exists("contents/ab/abd")


def test_a_key_is_written_once(store):
    store.put("a/b", b"first")
    store.put("a/b", b"second")
    assert store.get("a/b") == b"first"


def test_keys_are_listed_by_prefix_in_order(store):
    for key in ("r/2", "r/1", "c/1"):
        store.put(key, b"x")
    assert list(store.keys("r")) == ["r/1", "r/2"]
    assert list(store.keys("none")) == []


def test_what_is_not_there_is_an_error_in_words(store):
    with pytest.raises(StoreError, match="存储里没有这份内容"):
        store.get("a/none")


def test_a_key_cannot_leave_the_folder(tmp_path):
    with pytest.raises(StoreError):
        FolderStore(tmp_path).get("../secret")


def test_a_full_disk_leaves_nothing_half_written(tmp_path):
    """The limit on a file's size stands for the disk: writing fails in the middle."""
    store = FolderStore(tmp_path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(StoreError, match="没有保存"):
            store.put("a/large", b"x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(store.keys("a")) == []
    assert not list(tmp_path.rglob(".tmp-*"))


def test_what_is_forgotten_is_gone_and_forgetting_it_again_is_no_error(store):
    store.put("made/2026-09-01/a", b"1")
    store.put("made/2026-09-02/b", b"2")
    store.forget("made/2026-09-01/a")
    store.forget("made/2026-09-01/a")
    store.forget("made/2026-08-01/never")
    assert list(store.keys("made")) == ["made/2026-09-02/b"]
