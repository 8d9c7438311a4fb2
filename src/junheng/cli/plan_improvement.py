"""`junheng plan improvement`: the cheapest way to pass, as a page and a workbook."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path

import click

from junheng.cli.app import ChineseHelp
from junheng.cli.plan_facts import county_facts
from junheng.cli.progress import progress


@click.command("improvement", cls=ChineseHelp)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True), metavar="数据版本或文件夹...")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="目录", help="结果写到这里。")
@click.option("--costs", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="文件", help="单价表（.xlsx 或 .csv）；不写则用自带的示例单价（待核）。")
@click.option("--pins", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="文件", help="约束表：不许动的教师、固定的数量、优先的学校。")
@click.option("--budget", metavar="万元", help="每年预算（万元），几年写几个，用逗号分开；只写一个则每年相同；不写则不限。")
@click.option("--years", default=1, show_default=True, type=click.IntRange(1, 15), metavar="年", help="分几年完成；每年支付的费用按年数计。")
@click.option("--seconds", default=60.0, show_default=True, type=click.FloatRange(1, 86400), metavar="秒", help="最多求解多久。")
@click.option("--county", default="", metavar="代码", help="数据里有几个县时，规划哪一个。")
@click.option("--school-year", type=click.IntRange(2000, 2100), metavar="年", help="学年（起始年）；不写则以区县表的填报年度为准。")
@click.option("--policy", default="quality_balance_2017", show_default=True, metavar="政策包", help="政策包编号，或一个 YAML 文件。")
@click.option("--forecast", "pupils", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="文件", help="学校预测表（junheng plan forecast 写出）：方案在预测值、下限、上限下都要达标。")
@click.option("--forecast-year", type=click.IntRange(2000, 2100), metavar="年", help="取预测的哪一学年；须与 --forecast 同用。")
@click.option("--template", is_flag=True, help="只写出单价表和约束表的模板，不求解。")
def command(paths: tuple[Path, ...], out: Path, costs: Path | None, pins: Path | None, budget: str | None, years: int, seconds: float,
            county: str, school_year: int | None, policy: str, pupils: Path | None, forecast_year: int | None, template: bool) -> None:  # fmt: skip
    """达标方案：怎样花最少的钱，使每所学校和每项差异系数都达标。

    选择招聘、培养、校际调配、改扩建、购置的数量，给出学校、年度、费用和理由，并证明离最省还差多少。方案写出前已按判定程序精确复核。
    """
    from junheng.common.school_years import as_of_date
    from junheng.planning.improvement.improve import Request
    from junheng.planning.improvement.outcome import plan_for_director
    from junheng.planning.improvement.pins import Pins
    from junheng.planning.improvement.tables import Wishes, read_costs, read_scenarios, read_wishes
    from junheng.planning.improvement.unit_costs import built_in_costs
    from junheng.policy import resolve
    from junheng.reports.plans.improvement import write_improvement
    from junheng.reports.plans.improvement_templates import write_templates
    from junheng.reports.plans.improvement_words import ten_thousand
    from junheng.reports.staging import refuse_out

    if (pupils is None) != (forecast_year is None):
        raise click.UsageError("--forecast 和 --forecast-year 要一起写")
    refuse_out(out, paths)
    found = county_facts(paths, school_year, county)
    out.mkdir(parents=True, exist_ok=True)
    if template:
        click.echo("已写出模板：" + "、".join(str(path) for path in write_templates(out, found.facts.school)))
        return
    budgets = _budgets(budget, years)
    wishes = read_wishes(pins, found.facts) if pins else Wishes(Pins(), (), {})
    request = Request(
        found.facts, resolve(policy, found.code, as_of_date(found.facts.school_year)), read_costs(costs) if costs else built_in_costs(), wishes.pins,
        read_scenarios(pupils, found.facts, forecast_year) if pupils and forecast_year else (), wishes.ceilings, years, seconds,
    )  # fmt: skip
    with progress("求达标方案") as step:
        outcome = plan_for_director(request, budgets, wishes.first, step)
        write_improvement(out, outcome, found.warnings)
    plan = outcome.plan
    click.echo(f"{plan.before.verdict.county_name or found.code}：{len(plan.actions)} 项措施，约需 {ten_thousand(plan.cost.usual)} 万元（单价常用价），"
               f"不低于 {ten_thousand(plan.bound)} 万元，相差不超过 {plan.gap:.2%}；实施后已复核达标。")  # fmt: skip
    if not outcome.affordable:
        click.echo("预算不够：预算内只能完成一部分，见结果页“钱少一些能办成什么”。")
    click.echo(f"  打开 {out / 'index.html'}")


def _budgets(text: str | None, years: int) -> list[Decimal] | None:
    if text is None:
        return None
    try:
        amounts = [Decimal(part.strip()) * 10_000 for part in text.replace("，", ",").split(",")]
    except InvalidOperation as error:
        raise click.UsageError(f"--budget 的“{text}”不是数字（万元，用逗号分开）") from error
    if any(not each.is_finite() or each < 0 for each in amounts) or len(amounts) not in (1, years):
        raise click.UsageError(f"--budget 要写 1 个或 {years} 个不小于 0 的数（每年一个）")
    return amounts * years if len(amounts) == 1 else amounts
