"""`junheng demo`: a synthetic province, evaluated, with every report; and one county the whole way from its workbooks."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from junheng.cli.app import ChineseHelp
from junheng.cli.progress import progress
from junheng.cli.site import migrate, open_site

if TYPE_CHECKING:
    from junheng.judging.result import CountyVerdict
    from junheng.synth.province import SyntheticCounty

_PLAN_SECONDS = 20.0


@click.command("demo", cls=ChineseHelp)
@click.argument("out", type=click.Path(path_type=Path, file_okay=False), metavar="目录")
@click.option("--counties", default=100, show_default=True, type=click.IntRange(1, 100), metavar="个数", help="县（市、区）个数。")
@click.option("--seed", default=2023, show_default=True, metavar="整数", help="随机种子。")
@click.option("--serve/--no-serve", default=True, help="准备好以后启动演示站点（默认），或只准备不启动。")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), metavar="端口", help="演示站点的端口。")
def command(out: Path, counties: int, seed: int, serve: bool, port: int) -> None:
    """生成仿真省份，测算、判定，写出全部报表，并启动演示站点。

    目录下：province/ 是全省结果；forms/ 是其中一个县的官方填报表格（埋有缺陷）；county/ 是从这些表格读入得到的结果；
    plans/ 是一个未达标县的达标方案和一个布局方案；site/ 是演示站点的数据，每个角色一个账号。
    """
    _plan(_evaluate(out, counties, seed), out)
    _prepare_site(out, counties)
    if serve:
        from junheng.web.site.server import serve as run

        click.echo(f"站点：http://127.0.0.1:{port}/（按 Ctrl+C 停止）")
        run("127.0.0.1", port, 2)
    else:
        click.echo(f"启动站点：JUNHENG_DEMO=1 junheng serve --data {out / 'site'}")


def _prepare_site(out: Path, counties: int) -> None:
    """A new site in out/site, filled with the province; says its accounts."""
    os.environ["JUNHENG_DEMO"] = "1"
    shutil.rmtree(out / "site", ignore_errors=True)
    open_site(out / "site", must_exist=False)
    migrate()
    from junheng.web.accounts.demo import DEMO_PASSWORD
    from junheng.web.site.actions import demonstrate

    with progress("装入演示站点", counties) as step:
        users = demonstrate(out / "province", step)
    click.echo(f"演示账号（密码都是 {DEMO_PASSWORD}）：")
    for user in users:
        click.echo(f"  {user.username:<10} {user.get_role_display()}（{user.unit.name}）")


def _plan(county: str, out: Path) -> None:
    """The cheapest way to pass, for this county of the province; the layout of a made-up county's schools."""
    from junheng.cli.plan_command import command_of
    from junheng.planners.improvement import IMPROVEMENT
    from junheng.planning.siting.opposites import explained
    from junheng.planning.siting.solve import solve
    from junheng.reports.plans.siting import write_siting
    from junheng.synth.siting import draw_county

    click.get_current_context().invoke(command_of(IMPROVEMENT), paths=(out / "province",), county=county, out=out / "plans" / "达标方案", seconds=_PLAN_SECONDS)
    folder = out / "plans" / "布局方案"
    with progress("求布局方案") as step:
        told = explained(solve(draw_county(3, villages=30, estates=8, townships=4), seconds=_PLAN_SECONDS, notify=step), seconds=_PLAN_SECONDS, notify=step)
        plan = told.plan
        folder.mkdir(parents=True, exist_ok=True)
        write_siting(folder, plan, told.opposites)
    click.echo(f"布局方案（仿真的村和小区）：合计 {plan.cost / 10_000:,.2f} 万元，与最好的方案相差不超过 {plan.gap:.2%}。")
    click.echo(f"  打开 {folder / 'index.html'}")


def _to_plan_for(province: Sequence[SyntheticCounty], verdicts: Mapping[str, CountyVerdict]) -> str:
    """A county that fails, with as few planted defects as may be: money written in the wrong unit makes any plan absurd."""
    from junheng.judging.result import Verdict

    def order(county: SyntheticCounty) -> tuple[bool, bool, int]:
        wrong_unit = any(each.kind == "yuan_written_as_ten_thousand" for each in county.planted)
        return verdicts[county.population.code].verdict is Verdict.PASS, wrong_unit, len(county.planted)

    return min(province, key=order).population.code


def _evaluate(out: Path, counties: int, seed: int) -> str:
    """Returns the code of the county to be planned for."""
    from junheng.reports.assess import Request, assess, evaluate_releases
    from junheng.synth.province import POLICY, synthesise
    from junheng.synth.write import checked, folder_name, write_forms, write_release, write_truth

    with progress("生成各县", counties) as step:
        province = synthesise(counties, seed, on_county=step)
    write_truth(province, out / "truth.json")
    intakes = {each.population.code: checked(each) for each in province}
    with progress("测算和报表", counties) as step:
        verdicts = evaluate_releases(
            out / "province",
            lambda store: {code: (intake, write_release(intake, store)) for code, intake in intakes.items()},
            POLICY, step,
        )  # fmt: skip
    shown = next((each for each in province if each.planted), province[0])
    forms = out / "forms" / folder_name(shown)
    write_forms(shown, forms)
    with progress("从官方表格读入一个县") as step:
        request = Request((forms,), out / "county", POLICY, "duckdb", None, by="junheng demo", when=datetime.now(UTC))
        assess(request, lambda done, of, name: step(f"{name}（{done}/{of}）"), step)
    counted = Counter(verdict.verdict.label for verdict in verdicts.values())
    click.echo(f"仿真省份 {len(province)} 个县：" + "，".join(f"{label} {number}" for label, number in counted.items()) + "。")
    click.echo(f"  全省总表        {out / 'province' / 'index.html'}")
    click.echo(f"  一个县的全部报表  {out / 'county'}/（由 {forms}/ 的官方表格读入）")
    click.echo(f"  埋下的缺陷       {out / 'truth.json'}")
    click.echo(f"  打开一个数字      junheng explain {out / 'county'} {shown.population.code} --stage primary L2")
    return _to_plan_for(province, verdicts)
