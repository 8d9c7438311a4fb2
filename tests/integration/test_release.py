"""Freezing, opening, proving and comparing data releases, on a real folder."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from release_cases import WHEN, intake, school

from junheng.cli.release import command
from junheng.common.errors import ReleaseError
from junheng.common.findings import Finding, Level, Place
from junheng.intake.model import Intake
from junheng.intake.release import Release, find_release, freeze, list_releases, open_release
from junheng.intake.release_split import split_by_county


@pytest.fixture
def handed_in() -> Intake:
    return intake(
        school("2121000001", "和平大街第二小学", students_primary=166, multimedia_rooms=12, teach_aux_area_m2=812.5,
               built_by_2010=True),
        school("2121000002", "南京街第一小学", campus="北校区", students_primary=None, sport_field_area_m2=0.0),
    )  # fmt: skip


@pytest.fixture
def frozen(handed_in: Intake, tmp_path: Path) -> Release:
    return freeze(handed_in, tmp_path / "releases", by="张三", when=WHEN)


def test_a_release_gives_back_exactly_what_was_frozen(handed_in: Intake, frozen: Release) -> None:
    opened = open_release(frozen.path, verify=True)
    facts = opened.facts()
    assert facts.school == handed_in.facts.school
    assert facts.county == handed_in.facts.county
    assert facts.judgement == handed_in.facts.judgement
    assert facts.cells == handed_in.facts.cells
    assert (opened.by, opened.when, opened.left_out) == ("张三", WHEN, handed_in.left_out)
    assert opened.findings == handed_in.findings
    assert sorted(opened.sources, key=str) == sorted(handed_in.sources, key=str)
    assert opened.hash.startswith("sha256:")
    assert frozen.path.name == opened.hash[7:23]


def test_the_parquet_is_typed_by_the_contract_and_keeps_nulls(frozen: Release) -> None:
    frame = pl.read_parquet(frozen.parquet("school"))
    assert frame.schema["students_primary"] == pl.Int64
    assert frame.schema["teach_aux_area_m2"] == pl.Float64
    assert frame.schema["built_by_2010"] == pl.Boolean
    assert frame.schema["school_code"] == pl.String
    assert frame["students_primary"].null_count() == 1
    assert frame["sport_field_area_m2"].to_list() == [None, 0.0]


def test_who_when_findings_and_file_names_do_not_change_the_hash(handed_in: Intake, frozen: Release, tmp_path: Path) -> None:
    other = Intake(
        handed_in.facts, [Finding(Level.ERROR, "E-y", Place(), "别的发现。")],
        [replace(source, name=f"改名{source.name}") for source in handed_in.sources],
    )  # fmt: skip
    assert freeze(other, tmp_path / "elsewhere", by="李四", when=WHEN + timedelta(days=1)).hash == frozen.hash


@pytest.mark.parametrize("what", ["value", "source", "year"])
def test_content_sources_and_school_year_change_the_hash(what: str, handed_in: Intake, frozen: Release, tmp_path: Path) -> None:
    if what == "value":
        handed_in.facts.school[0]["multimedia_rooms"] = 13
    elif what == "source":
        handed_in.sources[0] = replace(handed_in.sources[0], sha256="f" * 64)
    else:
        handed_in.facts.school_year = 2024
    assert freeze(handed_in, tmp_path / "releases", by="张三", when=WHEN).hash != frozen.hash


def test_an_existing_release_is_reused_and_never_overwritten(handed_in: Intake, frozen: Release) -> None:
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in frozen.path.iterdir()}
    again = freeze(handed_in, frozen.path.parent, by="李四", when=WHEN + timedelta(days=1))
    assert (again.hash, again.by) == (frozen.hash, "张三")
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in frozen.path.iterdir()} == before


def test_a_process_killed_while_freezing_leaves_nothing_visible(tmp_path: Path) -> None:
    store = tmp_path / "releases"
    script = textwrap.dedent(f"""
        import sys
        sys.path.insert(0, {str(Path(__file__).parent)!r})
        from pathlib import Path
        from release_cases import WHEN, intake, school
        from junheng.intake.release import freeze
        big = intake(*(school(f"{{i:010}}", f"第{{i}}小学", students_primary=i) for i in range(3000)))
        print("ready", flush=True)
        freeze(big, Path({str(store)!r}), by="x", when=WHEN)
    """)
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    deadline = time.monotonic() + 60
    while not list(store.glob(".tmp-*/school.parquet")) and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.0005)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL, "the process ended before it could be killed"
    left = list(store.glob(".tmp-*"))
    assert left
    assert list_releases(store) == []
    for each in left:
        os.utime(each, (0, 0))
    kept = freeze(intake(school("1", "甲")), store, by="x", when=WHEN)
    assert [release.hash for release in list_releases(store)] == [kept.hash]
    assert not list(store.glob(".tmp-*"))


def test_an_error_while_freezing_leaves_no_trace(handed_in: Intake, tmp_path: Path) -> None:
    handed_in.facts.school[0]["multimedia_rooms"] = "十二"
    with pytest.raises(ReleaseError, match=r"网络多媒体教室间数.*整数"):
        freeze(handed_in, tmp_path / "releases", by="张三", when=WHEN)
    assert not (tmp_path / "releases").exists()


@pytest.mark.parametrize("name", ["school", "county", "judgement", "source_cell"])
def test_a_changed_table_is_noticed(name: str, frozen: Release) -> None:
    path = frozen.parquet(name)
    frame = pl.read_parquet(path)
    text = "raw" if name == "source_cell" else "county_code"
    frame.with_columns(pl.lit("210199").alias(text)).write_parquet(path)
    with pytest.raises(ReleaseError, match=r"与清单不符.*重新生成"):
        open_release(frozen.path, verify=True)


def test_a_table_changed_together_with_its_entry_in_the_manifest_is_noticed(frozen: Release) -> None:
    path = frozen.parquet("school")
    pl.read_parquet(path).with_columns(multimedia_rooms=pl.lit(99, pl.Int64)).write_parquet(path)
    manifest = json.loads((frozen.path / "manifest.json").read_text())
    manifest["tables"]["school"]["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    (frozen.path / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(ReleaseError, match="内容的哈希与清单所记不同"):
        open_release(frozen.path, verify=True)


@pytest.mark.parametrize("damage", ["no manifest", "torn manifest", "missing table", "other contract"])
def test_a_torn_release_says_what_to_do(damage: str, frozen: Release) -> None:
    manifest = frozen.path / "manifest.json"
    if damage == "no manifest":
        manifest.unlink()
    elif damage == "torn manifest":
        manifest.write_bytes(manifest.read_bytes()[:200])
    elif damage == "missing table":
        frozen.parquet("county").unlink()
    else:
        manifest.write_text(manifest.read_text().replace("junheng.contract/", "junheng.contract/9"))
    with pytest.raises(ReleaseError) as caught:
        open_release(frozen.path)
    assert caught.value.remedy


def test_a_release_is_found_by_the_beginning_of_its_hash(frozen: Release) -> None:
    store = frozen.path.parent
    assert find_release(frozen.hash[7:12], store).hash == frozen.hash
    assert find_release(frozen.hash, store).hash == frozen.hash
    assert find_release(str(frozen.path)).hash == frozen.hash
    with pytest.raises(ReleaseError, match="0 个数据版本"):
        find_release("zz", store)


def test_counties_are_taken_apart_with_their_files_and_findings() -> None:
    both = intake(school("1", "甲"), school("2", "乙", "210103"), counties=("210102", "210103"))
    parts = split_by_county(both)
    assert list(parts) == ["210102", "210103"]
    assert [row["school_code"] for row in parts["210103"].facts.school] == ["2"]
    assert {source.name for source in parts["210103"].sources} == {"210103/乙.xlsx", "210103/县.xlsx"}
    assert {key[1][0] for key in parts["210103"].facts.cells} == {"210103"}
    assert [len(part.findings) for part in parts.values()] == [1, 0]
    assert [len(part.left_out) for part in parts.values()] == [1, 0]


def test_the_command_line_lists_shows_compares_and_verifies(handed_in: Intake, frozen: Release) -> None:
    store = str(frozen.path.parent)
    handed_in.facts.school[0]["multimedia_rooms"] = 14
    later = freeze(handed_in, frozen.path.parent, by="李四", when=WHEN + timedelta(days=3))
    run = CliRunner().invoke
    listed = run(command, ["list", store])
    assert listed.exit_code == 0
    assert listed.output.splitlines()[0].startswith(frozen.hash[7:23])
    assert "学校 2 所" in listed.output
    assert "李四" in run(command, ["show", later.hash[:14], "--store", store]).output
    compared = run(command, ["diff", str(frozen.path), later.hash[7:13], "--store", store])
    assert "和平大街第二小学：网络多媒体教室间数 12 → 14" in compared.output
    read = json.loads(run(command, ["diff", str(frozen.path), str(later.path), "--json"]).output)
    assert [change["field"] for change in read["changes"]] == ["multimedia_rooms"]
    assert "核验无误" in run(command, ["verify", str(frozen.path)]).output
    (later.path / "manifest.json").write_text("{")
    damaged = run(command, ["list", store])
    assert damaged.exit_code == 1
    assert "清单读不出来" in damaged.stderr
