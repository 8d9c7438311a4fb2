"""`junheng policy` as a person uses it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from junheng.cli.policy import command
from junheng.common.errors import PolicyError
from junheng.policy import list_packs, resolve

VARIANT = """\
schema: junheng.policy/1
id: cv040
title: 假设差异系数 0.40
extends: quality_balance_2017
limits: {cv: {values: [{from: 2017-01-01, any: 0.40, source: {document: assumption, clause: 推演}}]}}
"""


def _run(*args: str) -> Result:
    return CliRunner().invoke(command, args)


def test_list_names_every_pack_and_document() -> None:
    result = _run("list")
    assert result.exit_code == 0
    for pack in list_packs():
        assert pack.id in result.output
    assert "辽教发〔2023〕10号" in result.output
    assert "2023 年 10 月 19 日" in result.output


def test_show_prints_every_value_with_document_clause_and_mark() -> None:
    result = _run("show", "quality_balance_2017", "--area", "210102", "--as-of", "2025-09-01")
    assert result.exit_code == 0
    policy = resolve("quality_balance_2017", "210102", date(2025, 9, 1))
    rows = [line.split() for line in result.output.splitlines()]
    for limit in policy.limits.values():
        for cited in limit.values.values():
            assert any(row[:1] == [limit.id] and str(cited.value) in row for row in rows)
    for criterion in policy.criteria:
        assert criterion.id in result.output
    assert "第六条（一）" in result.output
    assert "待核" in result.output


def test_show_of_an_overlay_prints_only_what_it_adds() -> None:
    result = _run("show", "shenyang_quality_balance")
    assert result.exit_code == 0
    assert "primary_quota" in result.output
    assert "higher_degree_teachers_per100" not in result.output


def test_show_of_an_overlay_before_its_first_day_says_when_it_begins() -> None:
    result = _run("show", "ln_plan_2023_10", "--as-of", "2023-10-18")
    assert isinstance(result.exception, PolicyError)
    assert "2023-10-19" in str(result.exception)


def test_check_without_files_checks_the_packs_of_the_software() -> None:
    result = _run("check")
    assert (result.exit_code, result.output) == (0, "检查通过：自带的 5 个政策包。\n")


def test_check_lists_all_problems_of_all_files_and_exits_with_one(tmp_path: Path) -> None:
    right, wrong = tmp_path / "right.yaml", tmp_path / "wrong.yaml"
    right.write_text(VARIANT, encoding="utf-8")
    wrong.write_text(VARIANT.replace("0.40,", "yes, colour: red,"), encoding="utf-8")
    missing = tmp_path / "missing.yaml"
    result = _run("check", str(right), str(wrong), str(missing))
    assert result.exit_code == 1
    assert f"{wrong} 第 5 行" in result.output
    assert f"{missing}：找不到政策包文件" in result.output
    assert str(right) not in result.output
    assert "共 2 处问题" in result.output


def test_diff_of_a_file_of_five_lines_says_what_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "cv.yaml"
    path.write_text(VARIANT, encoding="utf-8")
    result = _run("diff", "quality_balance_2017", str(path))
    assert result.exit_code == 0
    assert "共 2 处差别" in result.output
    assert "校际差异系数（小学）：0.50 → 0.40，降低 0.10" in result.output


def test_diff_of_a_pack_with_itself_says_so() -> None:
    assert "没有差别。" in _run("diff", "basic_balance_2012", "basic_balance_2012").output


@pytest.mark.parametrize(
    ("option", "value", "says"), [("--as-of", "2025", "不是日期"), ("--area", "和平区", "不是区划代码")]
)
def test_a_wrong_option_is_refused_in_chinese(option: str, value: str, says: str) -> None:
    result = _run("show", "quality_balance_2017", option, value)
    assert result.exit_code == 2
    assert says in result.output

