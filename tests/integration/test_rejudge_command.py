"""`junheng rejudge` over releases of a small synthetic province."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from junheng.cli.app import cli
from junheng.judging.rejudge import find_releases, rejudge
from junheng.judging.result import Verdict
from junheng.synth.province import synthesise
from junheng.synth.write import checked, write_release

STRICTER = """\
schema: junheng.policy/1
id: what_if
title: 假设差异系数全部不高于 0.01
extends: quality_balance_2017
limits:
  cv:
    title: 校际差异系数
    unit: ""
    values:
      - from: 2017-01-01
        any: 0.01
        source: {document: jiaodu_2017_6, clause: 假设}
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("assessed") / "省" / "releases"
    for county in synthesise(3, seed=5, scale=0.1):
        write_release(checked(county), folder)
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["rejudge", *arguments], catch_exceptions=False, standalone_mode=False)


def test_the_same_policy_changes_nothing(store: Path) -> None:
    done = run(str(store), "--policy", "quality_balance_2017", "--policy", "quality_balance_2017")
    assert "重判 3 个县（市、区）。\n没有结论发生变化。" in done.output


def test_a_stricter_limit_changes_the_cvs_and_lists_old_and_new(store: Path, tmp_path: Path) -> None:
    pack = tmp_path / "假设.yaml"
    pack.write_text(STRICTER, "utf-8")
    done = run(str(store.parent), "--policy", "quality_balance_2017", "--policy", str(pack), "--json")
    document = json.loads(done.output)
    assert document["schema"] == "junheng.rejudge/1"
    assert {change["kind"] for change in document["changes"]} <= {"cv", "county"}
    assert {(change["old"], change["new"]) for change in document["changes"] if change["kind"] == "cv"} <= {
        ("pass", "fail"), ("insufficient", "fail"), ("pass", "insufficient")}  # fmt: skip
    assert "校际差异系数“" in run(str(store), "--policy", "quality_balance_2017", "--policy", str(pack)).output


def test_a_policy_of_another_shape_is_measured_again(store: Path) -> None:
    found = rejudge(find_releases([store]), "quality_balance_2017", "basic_balance_2012")
    assert found.counties == 3
    assert ("composite", "primary", "") in found.only_new
    assert ("school", "primary", "") in found.only_old
    assert {each.kind for each in found.changes} <= {"county"}
    assert all(each.old is not each.new for each in found.changes)


def test_of_two_releases_of_one_county_the_later_counts(store: Path) -> None:
    release = find_releases([store])[0]
    found = rejudge([release, release], "quality_balance_2017", "quality_balance_2017")
    assert (found.counties, len(found.superseded)) == (1, 1)


def test_verdicts_are_named_old_then_new(store: Path, tmp_path: Path) -> None:
    pack = tmp_path / "假设.yaml"
    pack.write_text(STRICTER, "utf-8")
    forth = rejudge(find_releases([store]), "quality_balance_2017", pack)
    back = rejudge(find_releases([store]), pack, "quality_balance_2017")
    assert forth.changes
    assert {(c.id, c.old, c.new) for c in forth.changes} == {(c.id, c.new, c.old) for c in back.changes}
    assert any(change.new is Verdict.FAIL for change in forth.changes)


def test_one_policy_alone_or_a_folder_without_releases_is_refused(store: Path, tmp_path: Path) -> None:
    import click

    from junheng.common.errors import ReleaseError

    with pytest.raises(click.UsageError, match="--policy 须写两次"):
        run(str(store), "--policy", "quality_balance_2017")
    with pytest.raises(ReleaseError, match="没有找到数据版本"):
        run(str(tmp_path), "--policy", "quality_balance_2017", "--policy", "quality_balance_2017")
