"""Where results go: whole or not at all, never over what was handed in, nothing left of an earlier run."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from junheng.cli.app import cli
from junheng.common.errors import UserError

from .filled_forms import FORMS, county, school

pytestmark = pytest.mark.skipif(not FORMS.is_dir(), reason="the public forms are not beside this checkout")


def small_county(folder: Path, code: str = "210102", serial: int = 1) -> Path:
    folder.mkdir(parents=True)
    school(folder, "甲小学", "小学", f"212199000{serial}", primary=400)
    school(folder, "丁初中", "初中", f"312199000{serial}", junior=300)
    county(folder)
    if code != "210102":
        county(folder, **{"区县代码": code})  # type: ignore[arg-type]
    return folder


def assess(*paths: Path, out: Path) -> Result:
    try:
        return CliRunner().invoke(cli, ["assess", *map(str, paths), "--out", str(out)], standalone_mode=False)
    finally:
        assert not [name for name in os.listdir(out.parent if out.parent.is_dir() else out.parent.parent) if name.startswith(".")]


def refusal(result: Result) -> str:
    assert isinstance(result.exception, UserError), result.exception
    return str(result.exception)


def test_results_inside_the_folder_handed_in_are_not_read_the_next_time(tmp_path: Path) -> None:
    forms = small_county(tmp_path / "和平区")
    first = assess(forms, out=forms / "结果")
    document = (forms / "结果" / "result.json").read_text("utf-8")
    assert (first.return_value, assess(forms, out=forms / "结果").return_value) == (first.return_value,) * 2
    assert (forms / "结果" / "result.json").read_text("utf-8") == document


def test_results_are_not_written_over_what_was_handed_in(tmp_path: Path) -> None:
    forms = small_county(tmp_path / "全市" / "和平区")
    before = sorted(os.listdir(forms))
    assert "上报文件夹" in refusal(assess(forms, out=forms))
    assert "上报文件夹" in refusal(assess(forms, out=forms.parent))
    assert sorted(os.listdir(forms)) == before


def test_a_file_in_the_way_is_left_alone(tmp_path: Path) -> None:
    forms, file = small_county(tmp_path / "和平区"), tmp_path / "文件"
    file.write_text("原样")
    assert "是一个文件" in refusal(assess(forms, out=file))
    assert "上级路径是一个文件" in refusal(assess(forms, out=file / "结果"))
    assert file.read_text() == "原样"


def test_a_policy_that_is_not_there_is_named_and_nothing_written(tmp_path: Path) -> None:
    forms = small_county(tmp_path / "和平区")
    done = CliRunner().invoke(cli, ["assess", str(forms), "--out", str(tmp_path / "结果"), "--policy", str(tmp_path / "无.yaml")],
                              standalone_mode=False)  # fmt: skip
    assert "找不到政策包文件" in refusal(done)
    assert not (tmp_path / "结果").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may look into any folder")
def test_a_folder_that_may_not_be_entered_is_named(tmp_path: Path) -> None:
    forms = small_county(tmp_path / "和平区")
    (forms / "保密").mkdir(mode=0)
    done = assess(forms, out=tmp_path / "结果")
    assert (done.return_value, "《保密》" in done.output) == (1, True)


def test_nothing_of_an_earlier_run_is_left_beside_new_results(tmp_path: Path) -> None:
    one, out = small_county(tmp_path / "和平区"), tmp_path / "结果"
    two = small_county(tmp_path / "沈河区", "210103", 2)
    names: list[set[str]] = []
    for paths in ((one,), (one, two), (one,)):
        assess(*paths, out=out)
        names.append(set(os.listdir(out)))
    assert names[0] == names[2]
    assert "result.json" in names[0]
    assert {"210102", "210103", "index.html", "releases"} <= names[1]
    assert not names[1] & {"result.json", "detail.json", "申报表.xlsx", "学校自评表"}


def test_a_disk_that_fills_up_leaves_the_older_results_and_nothing_else(tmp_path: Path) -> None:
    forms, out = small_county(tmp_path / "和平区"), tmp_path / "结果"
    assess(forms, out=out)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    school(forms, "甲小学", "小学", "2121990001", primary=100)
    done = subprocess.run(
        [sys.executable, "-c", "from junheng.cli.app import main; main()", "assess", str(forms), "--out", str(out)],
        capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000)),
    )  # fmt: skip
    assert (done.returncode, "结果写不进去" in done.stderr, "Traceback" in done.stderr) == (1, True, False), done.stderr
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
