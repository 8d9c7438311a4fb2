"""`junheng plan forecast`: pupils by county and school for up to fifteen years, with intervals."""

from __future__ import annotations

from pathlib import Path

import click

from junheng.cli.app import ChineseHelp
from junheng.cli.plan_facts import all_county_facts
from junheng.cli.progress import progress

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_METHODS = {"按比例": "proportional", "按误差": "weighted", "自下而上": "bottom_up"}


@click.command("forecast", cls=ChineseHelp)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True), metavar="数据版本或文件夹...")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="目录", help="结果写到这里。")
@click.option("--births", type=_FILE, metavar="文件", help="出生人数表：各县各年出生人数。")
@click.option("--ages", type=_FILE, metavar="文件", help="分年龄人口表：单岁或五岁组；不写则用 2020 年人口普查（辽宁）。")
@click.option("--moves", type=_FILE, metavar="文件", help="分年龄净迁移表：入学前每年迁入、迁出的比例；不写则含在入学率里。")
@click.option("--past", type=_FILE, metavar="文件", help="历年分年级学生数表：用于算升级率、学校份额和回测。")
@click.option("--townships", type=_FILE, metavar="文件", help="学校所属乡镇表：多对一层账。")
@click.option("--years", default=10, show_default=True, type=click.IntRange(1, 15), metavar="年", help="预测几年。")
@click.option("--reconcile", default="按比例", show_default=True, type=click.Choice(list(_METHODS)), metavar="方法", help="学校与全县对账：按比例、按误差或自下而上。")
@click.option("--backtest", default=0, show_default=True, type=click.IntRange(0, 6), metavar="年", help="倒退几年回测；须有 --past。")
@click.option("--county", default="", metavar="代码", help="只预测这一个县；不写则预测读到的全部县。")
@click.option("--school-year", type=click.IntRange(2000, 2100), metavar="年", help="学年（起始年）；不写则以区县表的填报年度为准。")
@click.option("--policy", default="quality_balance_2017", show_default=True, metavar="政策包", help="与哪个标准对照：政策包编号，或一个 YAML 文件。")
@click.option("--template", is_flag=True, help="只写出各空白表，不预测。")
def command(paths: tuple[Path, ...], out: Path, births: Path | None, ages: Path | None, moves: Path | None, past: Path | None, townships: Path | None, years: int,
            reconcile: str, backtest: int, county: str, school_year: int | None, policy: str, template: bool) -> None:  # fmt: skip
    """学龄人口预测：今后各县、各校、各年级有多少学生，区间多大，哪所学校哪一年低于或超过标准。"""
    from junheng.common.errors import UserError
    from junheng.common.school_years import as_of_date
    from junheng.intake.model import Facts
    from junheng.planning.forecast.outlook import Request, look_ahead
    from junheng.planning.forecast.reconcile import Method
    from junheng.planning.forecast.tables import TABLES, read_past, read_population, read_townships
    from junheng.policy import resolve_many
    from junheng.reports.plans.blank_tables import write_blank_tables
    from junheng.reports.plans.forecast import write_forecast
    from junheng.reports.staging import refuse_out

    refuse_out(out, paths)
    if template:
        out.mkdir(parents=True, exist_ok=True)
        click.echo("已写出空白表：" + "、".join(str(path) for path in write_blank_tables(out, TABLES)))
        return
    found = [each for each in all_county_facts(paths, school_year) if county in ("", each.code)]
    if not found or len({each.facts.school_year for each in found}) != 1:
        raise UserError("没有读到要预测的县，或各县不是同一学年" if found else "没有读到要预测的县（市、区）", remedy="请核对文件夹、数据版本和 --county")
    year = found[0].facts.school_year
    facts = Facts(year, [row for each in found for row in each.facts.school], [row for each in found for row in each.facts.county], [])
    request = Request(
        facts, resolve_many(policy, tuple(each.code for each in found), as_of_date(year)), read_population(births, ages, moves),
        read_past(past, facts) if past else (), read_townships(townships, facts) if townships else {}, years, Method(_METHODS[reconcile]), backtest,
    )  # fmt: skip
    with progress("学龄人口预测") as step:
        outlook = look_ahead(request, step)
        out.mkdir(parents=True, exist_ok=True)
        write_forecast(out, outlook, tuple(line for each in found for line in each.warnings))
    new = sum(not each.now and any(each.years.values()) for lines in outlook.breaches.values() for each in lines)
    click.echo(f"已预测 {len(found)} 个县（市、区）、{len(outlook.past.schools)} 所学校到 {outlook.made.years[-1]} 年；预测期内新出现 {new} 处低于或超过标准。")
    click.echo(f"  打开 {out / 'index.html'}")
