"""`junheng check`: everything wrong with what was handed in, at once; and the user's own workbooks with comments."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from junheng.cli.app import ChineseHelp
from junheng.cli.progress import progress

if TYPE_CHECKING:
    from junheng.common.findings import Finding
    from junheng.intake.model import Intake

_WIDTH_WITHOUT_TERMINAL = 160


@click.command("check", cls=ChineseHelp)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="文件或文件夹...")
@click.option("--school-year", type=click.IntRange(2000, 2100), metavar="年", help="学年（起始年）；不写则以区县表的填报年度为准。")
@click.option("--annotate", "annotate_to", type=click.Path(path_type=Path, file_okay=False), metavar="目录",
              help="把有问题的原表写到这里，版式不变，出错的单元格带批注。")  # fmt: skip
@click.option("--previous", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="数据版本",
              help="上一年的数据版本目录，用于同比校核。")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出全部发现。")
def command(
    paths: tuple[Path, ...], school_year: int | None, annotate_to: Path | None, previous: Path | None, as_json: bool
) -> None:
    """校核上报的表格，一次列出全部问题：在哪一格、是什么、怎么改。

    退出码：0 没有错误；1 有错误级发现。错误不妨碍测算，但改正之前不能作为正式数据版本。
    """
    from junheng.intake.annotate import annotate
    from junheng.intake.assemble import read_folder, source_root
    from junheng.intake.checks import run_checks
    from junheng.intake.model import sorted_findings
    from junheng.intake.release import open_release

    with progress("读入") as step:
        intake = read_folder(paths, school_year, lambda done, of, name: step(f"{name}（{done}/{of}）"))
    earlier = open_release(previous).facts() if previous else None
    intake.findings = sorted_findings([*intake.findings, *run_checks(intake.facts, earlier)])
    written = annotate(source_root(paths), intake.findings, annotate_to) if annotate_to else []
    if as_json:
        click.echo(json.dumps(_document(intake), ensure_ascii=False, indent=1))
    else:
        _print(intake)
        for path in written:
            click.echo(f"已批注：{path}")
    if intake.has_errors:
        click.get_current_context().exit(1)


def _document(intake: Intake) -> dict[str, object]:
    return {"school_year": intake.facts.school_year, "schools": len(intake.facts.school),
            "counties": [row["county_code"] for row in intake.facts.county],
            "findings": [_plain(each) for each in intake.findings], "left_out": intake.left_out}  # fmt: skip


def _plain(finding: Finding) -> dict[str, str]:
    place = finding.place
    return {"level": str(finding.level), "rule": finding.rule, "file": place.file, "sheet": place.sheet, "cell": place.cell,
            "field": finding.field, "school_code": finding.school_code, "campus": finding.campus,
            "message": finding.message, "remedy": finding.remedy}  # fmt: skip


def _print(intake: Intake) -> None:
    from rich.console import Console

    console = Console(soft_wrap=False)
    if not console.is_terminal:
        console = Console(width=_WIDTH_WITHOUT_TERMINAL)
    errors = sum(finding.rule.startswith("E-") for finding in intake.findings)
    if intake.findings:
        console.print(_table(intake.findings))
    for line in intake.left_out:
        console.print(f"未采用：{line}", markup=False, highlight=False)
    year = intake.facts.school_year
    console.print(f"{year}—{year + 1} 学年，读入区县 {len(intake.facts.county)} 个、学校 {len(intake.facts.school)} 所："
                  f"错误 {errors} 处，提醒 {len(intake.findings) - errors} 处。", markup=False, highlight=False)  # fmt: skip


def _table(findings: Sequence[Finding]) -> object:
    from rich.markup import escape
    from rich.table import Table

    table = Table(show_lines=False)
    for title, ratio in (("", None), ("位置", 3), ("问题", 6), ("怎么改", 4), ("规则", None)):
        table.add_column(title, ratio=ratio, overflow="fold")
    for each in findings:
        level = "▲ 错误" if each.rule.startswith("E-") else "◇ 提醒"
        table.add_row(level, *(escape(text) for text in (str(each.place), each.message, each.remedy, each.rule)))
    return table
