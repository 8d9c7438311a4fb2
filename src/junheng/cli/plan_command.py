"""The command of a planner, built from its declaration (`planners`): options, help, and what is printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from junheng.cli.app import ChineseHelp
from junheng.common.errors import IntakeError
from junheng.planners.model import (
    Asked,
    BadInput,
    Input,
    Kind,
    Parameter,
    Planned,
    Planner,
    Scope,
    TableInput,
)

PAGE = "index.html"
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_SUFFIXES = (".xlsx", ".xls", ".csv")
_COUNTY = {Scope.COUNTY: "数据里有几个县时，规划哪一个。", Scope.COUNTIES: "只预测这一个县；不写则预测读到的全部县。"}


def command_of(planner: Planner) -> click.Command:
    """The click command of a planner."""

    def called(**given: Any) -> None:
        _run(planner, given)

    text = planner.purpose + (f"\n\n{planner.more}" if planner.more else "")
    return ChineseHelp(planner.id, params=list(_params(planner)), callback=called, help=text, short_help=planner.summary)


def _params(planner: Planner) -> Iterator[click.Parameter]:
    if planner.needs_facts:
        yield click.Argument(["paths"], nargs=-1, required=True, type=click.Path(path_type=Path, exists=True), metavar="数据版本或文件夹...")
    elif _from_folder(planner):
        yield click.Argument(["folder"], required=False, type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="文件夹")
    yield click.Option(["--out"], required=True, type=click.Path(path_type=Path, file_okay=False), metavar="目录", help="结果写到这里。")
    yield from (_option(each) for each in planner.inputs if each.option)
    if planner.needs_facts:
        yield click.Option(["--county"], default="", metavar="代码", help=_COUNTY[planner.needs_facts])
        yield click.Option(["--school-year"], type=click.IntRange(2000, 2100), metavar="年", help="学年（起始年）；不写则以区县表的填报年度为准。")
    yield click.Option(["--template"], is_flag=True, help=planner.blank)


def _option(each: Input) -> click.Option:
    return click.Option([each.option, each.id], **attributes(each))


def attributes(each: Input) -> dict[str, Any]:
    """What click is told of an option."""
    if isinstance(each, TableInput):
        return {"type": _FILE, "metavar": "文件", "help": each.help}
    if each.kind is Kind.FLAG:
        return {"is_flag": True, "help": each.help}
    return {"default": each.default, "show_default": each.default not in (None, ""), "type": _type(each), "metavar": each.placeholder or each.unit or None,
            "help": each.help}  # fmt: skip


def _type(each: Parameter) -> Any:
    match each.kind:
        case Kind.WHOLE:
            return click.IntRange(each.least, each.most)
        case Kind.NUMBER:
            return click.FloatRange(each.least, each.most)
        case Kind.CHOICE:
            return click.Choice(list(each.choices))
        case _:
            return click.STRING


def _run(planner: Planner, given: dict[str, Any]) -> None:
    from junheng.cli.plan_reading import facts_for
    from junheng.cli.progress import progress
    from junheng.reports.staging import refuse_out

    out, folder = given["out"], given.get("folder")
    template = given["template"]
    if not template:
        _require(planner, given)
    tables = {each.id: given[each.id] for each in planner.tables if each.option and given[each.id]}
    if template and not planner.needs_facts:
        _blank_tables(planner, out, ())
        return
    sources: Sequence[Path] = given.get("paths") or ([folder] if folder else list(tables.values()))
    refuse_out(out, sources)
    if template and not planner.prefilled:
        _blank_tables(planner, out, ())
        return
    facts = facts_for(planner.needs_facts, given["paths"], given["school_year"], given["county"]) if planner.needs_facts else []
    if template:
        _blank_tables(planner, out, facts)
        return
    if folder:
        tables = _tables_in(folder, planner)
    try:
        values = planner.values({each.id: _value(each, given[each.id]) for each in planner.parameters})
        with progress(planner.label) as step:
            planned = planner.run(Asked(facts, tables, values, out, step, folder.resolve().name if folder else ""))
    except BadInput as error:
        name = next(each.option for each in planner.inputs if each.id == error.id)
        raise click.UsageError(f"{name} {error.fault}") from error
    _say(planned, out)


def _require(planner: Planner, given: dict[str, Any]) -> None:
    if _from_folder(planner):
        if given["folder"] is None:
            raise click.UsageError("缺少文件夹（空白表用 --template 生成）")
        return
    told = {each.id for each in planner.inputs if given[each.id] is not None}
    for line in planner.missing(told, lambda each: f" {each.option} "):
        told_how = "（空白表用 --template 生成）" if line.startswith("缺少") else ""
        raise click.UsageError(line.replace(" 、 ", "、").strip() + told_how)


def _from_folder(planner: Planner) -> bool:
    return any(not each.option for each in planner.tables)


def _value(each: Parameter, given: Any) -> Any:
    return each.read(given) if each.kind in (Kind.MONEY, Kind.MONEYS) and isinstance(given, str) else given


def _blank_tables(planner: Planner, out: Path, facts: Sequence[Any]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    click.echo("已写出模板：" + "、".join(str(path) for path in planner.write_templates(out, facts)))


def _tables_in(folder: Path, planner: Planner) -> dict[str, Path]:
    """The planner's tables by their file names. Raises IntakeError for a required one that is not there, and for one that is there twice."""
    out = {}
    for each in planner.tables:
        stem = Path(each.file_name).stem
        found = [path for suffix in _SUFFIXES if (path := folder / f"{stem}{suffix}").is_file()]
        if len(found) > 1:
            raise IntakeError(f"《{each.label}》有 {len(found)} 份", where=str(folder), why="、".join(path.name for path in found), remedy="请只留一份")
        if not found and each.required:
            raise IntakeError(f"缺少《{each.label}》", where=str(folder), why=f"应有 {stem}.xlsx 或 .csv", remedy="请用 --template 生成模板后填写")
        if found:
            out[each.id] = found[0]
    return out


def _say(planned: Planned, out: Path) -> None:
    if planned.refusal is not None:
        raise planned.refusal
    click.echo("\n".join((planned.headline, *planned.lines)))
    for each in planned.stamps:
        click.echo(f"  {each.file}\n    {each.digest} {each.hash}")
    if any(path.name == PAGE for path in planned.files):
        click.echo(f"  打开 {out / PAGE}")

