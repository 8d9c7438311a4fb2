"""`junheng policy`: list, show, check and compare policy packs."""

from __future__ import annotations

from datetime import date

import click

from junheng.cli.app import ChineseGroup
from junheng.cli.policy_tables import Tables, documents_table, pack_list, sections
from junheng.indicators import REGISTRY
from junheng.policy import PolicyInForce, find_pack, list_packs, resolve
from junheng.policy.checking import check_built_in, check_file
from junheng.policy.differences import differences
from junheng.policy.registry import own_part


def _day(ctx: click.Context, param: click.Parameter, value: str | None) -> date:
    if value is None:
        return date.today()
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise click.UsageError(f"--as-of 的“{value}”不是日期，请写成 2025-09-01 的样子。") from error


def _area_code(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is not None and not (value.isascii() and value.isdigit() and len(value) in (2, 4, 6)):
        raise click.UsageError(f"--area 的“{value}”不是区划代码，请写 2、4 或 6 位数字，如 21、2101、210102。")
    return value


_AREA = click.option("--area", callback=_area_code, metavar="区划代码",
                     help="叠加该地区的省、市、县细则，如 210102；不写则只看标准本身，或地方细则自己的地区。")  # fmt: skip
_AS_OF = click.option("--as-of", "day", callback=_day, metavar="日期", help="看哪一天有效的数值，如 2025-09-01；默认今天。")


@click.group(cls=ChineseGroup)
def command() -> None:
    """政策包：列出、查看、检查、比较。

    政策包可以写编号，也可以写自己的文件（.yaml）。只改几项数值的文件写 extends，补充地方规定的文件写 overlays 和 area。
    """


@command.command("list", short_help="列出自带的政策包和登记的文件")
def list_command() -> None:
    """列出自带的政策包，和政策包引用的全部文件（标题、文号、印发机关、日期）。"""
    tables = Tables()
    tables.show(pack_list(list_packs()))
    tables.show(documents_table())


@command.command("show", short_help="逐项列出数值、文件、条款和待核标记")
@click.argument("pack", metavar="政策包")
@_AREA
@_AS_OF
def show(pack: str, area: str | None, day: date) -> None:
    """逐项列出一个政策包在某地某日有效的数值，每一项带文件、条款；未核实的标“待核”并列出原因。"""
    loaded = find_pack(pack)
    policy = _in_force(pack, area, day)
    if loaded.pack.overlays is not None:
        policy = own_part(policy, loaded)
    tables = Tables()
    for section in sections(policy, loaded.pack):
        tables.show(section)


@command.command("check", short_help="检查政策包文件，列出全部问题")
@click.argument("files", metavar="[文件]...", nargs=-1)
def check(files: tuple[str, ...]) -> None:
    """检查政策包文件：写法、日期、出处、引用的文件和限值。不写文件则检查自带的政策包。

    有问题时逐条列出文件、行号和改法，退出码为 1。
    """
    problems = [problem for file in files for problem in check_file(file, REGISTRY)]
    if not files:
        problems = list(check_built_in(REGISTRY))
    for problem in problems:
        click.echo(f"错误：{problem}", err=True)
    if problems:
        click.echo(f"共 {len(problems)} 处问题。", err=True)
        raise click.exceptions.Exit(1)
    click.echo(f"检查通过：{len(files)} 个文件。" if files else f"检查通过：自带的 {len(list_packs())} 个政策包。")


@command.command("diff", short_help="比较两个政策包，逐条说出差别")
@click.argument("a", metavar="政策包甲")
@click.argument("b", metavar="政策包乙")
@_AREA
@_AS_OF
def diff(a: str, b: str, area: str | None, day: date) -> None:
    """比较两个政策包在同一天的差别：数值从多少变为多少，增加和取消了什么。

    不写 --area 时，标准按全国口径、地方细则按它自己的地区来比。
    """
    old, new = _in_force(a, area, day), _in_force(b, area, day)
    lines = differences(old, new)
    for side, policy in (("甲", old), ("乙", new)):
        click.echo(f"{side}：{policy.title}（{policy.id}），地区 {policy.area_code or '全国'}")
    if not lines:
        click.echo("没有差别。")
        return
    click.echo(f"共 {len(lines)} 处差别（甲 → 乙）：")
    for line in lines:
        click.echo(f"  · {line}")


def _in_force(pack: str, area: str | None, day: date) -> PolicyInForce:
    return resolve(pack, area or find_pack(pack).pack.area or "", day)
