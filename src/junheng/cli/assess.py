"""`junheng assess`: from the workbooks to the verdict and every report."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from pathlib import Path

import click

from junheng.cli.app import ChineseHelp
from junheng.cli.progress import progress

_SHOWN_FINDINGS = 20


@click.command("assess", cls=ChineseHelp)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="文件或文件夹...")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="目录", help="结果写到这里。")
@click.option("--policy", default="quality_balance_2017", show_default=True, metavar="政策包", help="政策包编号，或一个 YAML 文件。")
@click.option("--school-year", type=click.IntRange(2000, 2100), metavar="年", help="学年（起始年）；不写则以区县表的填报年度为准。")
@click.option("--engine", default="duckdb", show_default=True, type=click.Choice(["duckdb", "polars", "pyspark"]), metavar="引擎",
              help="duckdb、polars 或 pyspark；结果相同。")  # fmt: skip
@click.option("--previous", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="数据版本",
              help="上一年的数据版本目录，用于同比校核。")  # fmt: skip
def command(paths: tuple[Path, ...], out: Path, policy: str, school_year: int | None, engine: str, previous: Path | None) -> None:
    """读入县（区）上报的表格，测算、判定，并写出全部报表。

    一个文件夹里有几个县的表格时，每县一个子目录，另有全省（市）总表。读不了的文件逐个列出，其余照常测算。
    """
    from junheng.intake.release import open_release
    from junheng.reports.assess import Request, assess

    request = Request(
        paths, out, policy, engine, school_year, by=getpass.getuser(), when=datetime.now(UTC),
        previous=open_release(previous) if previous else None,
    )  # fmt: skip
    with progress("读入、测算、写报表") as step:
        outcome = assess(request, lambda done, of, name: step(f"{name}（{done}/{of}）"), step)
    _say_findings(outcome.findings, outcome.left_out)
    if not outcome.verdicts:
        click.echo("没有读到任何学校的数据，未生成结果。请核对文件夹，或用 junheng template 生成模板。", err=True)
    for code, verdict in outcome.verdicts.items():
        click.echo(f"{verdict.county_name or code or '未知区县'}：{verdict.verdict.label}。{verdict.reasons[0] if verdict.reasons else ''}")
        click.echo(f"  打开 {outcome.folders[code] / 'index.html'}")
    if any(finding.level == "error" for finding in outcome.findings) or not outcome.verdicts:
        click.get_current_context().exit(1)


def _say_findings(findings: list, left_out: list[str]) -> None:  # type: ignore[type-arg]
    errors = sum(finding.level == "error" for finding in findings)
    if findings:
        click.echo(f"发现 {errors} 处错误、{len(findings) - errors} 处提醒：", err=True)
    for finding in findings[:_SHOWN_FINDINGS]:
        click.echo(f"  [{finding.rule}] {finding.text}", err=True)
    if len(findings) > _SHOWN_FINDINGS:
        click.echo(f"  ……其余 {len(findings) - _SHOWN_FINDINGS} 处见报表；或用 junheng check 全部列出。", err=True)
    for line in left_out:
        click.echo(f"  未计入：{line}", err=True)
