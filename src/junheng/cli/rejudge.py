"""`junheng rejudge`: what another policy would change."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path

import click

from junheng.cli.app import ChineseHelp
from junheng.common.school_years import school_year_label
from junheng.common.stages import Stage
from junheng.judging.rejudge import Change, Item, Rejudgement, find_releases, rejudge

SCHEMA = "junheng.rejudge/1"
_SHOWN = 10
_KINDS = {"county": "县结论", "composite": "综合差异系数", "cv": "校际差异系数", "criterion": "条目", "school": "逐校判定"}


@click.command("rejudge", cls=ChineseHelp)
@click.argument("releases", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="数据版本...")
@click.option("--policy", "policies", multiple=True, required=True, metavar="政策包", help="写两次：先原政策，后新政策；政策包编号，或一个 YAML 文件。")
@click.option("--engine", default="duckdb", show_default=True, type=click.Choice(["duckdb", "polars", "pyspark"]), metavar="引擎", help="duckdb、polars 或 pyspark；结果相同。")
@click.option("--json", "as_json", is_flag=True, help="输出全部变化（JSON）。")
def command(releases: tuple[Path, ...], policies: tuple[str, ...], engine: str, as_json: bool) -> None:
    """用两套政策重判已有数据版本，列出结论有变化的县、差异系数、学校和条目。

    数据版本可以写数据版本目录、版本库，或 junheng assess 的输出目录（逐级查找）。同一县同一学年有几个版本的，取最新的。
    """
    if len(policies) != 2:
        raise click.UsageError("--policy 须写两次：先原政策，后新政策")
    found = rejudge(find_releases(releases), policies[0], policies[1], engine)
    click.echo(_document(found, policies) if as_json else _words(found, policies))


def _document(found: Rejudgement, policies: tuple[str, ...]) -> str:
    document = {
        "schema": SCHEMA, "policies": list(policies), "counties": found.counties,
        "superseded": [str(path) for path in found.superseded],
        "only_in_first": [_item(each) for each in found.only_old], "only_in_second": [_item(each) for each in found.only_new],
        "changes": [
            {"school_year": each.school_year, "county": each.county_code, "county_name": each.county_name, "kind": each.kind,
             "stage": each.stage, "id": each.id, "name": each.name, "old": str(each.old), "new": str(each.new)}
            for each in found.changes
        ],
    }  # fmt: skip
    return json.dumps(document, ensure_ascii=False, indent=1)


def _item(item: Item) -> dict[str, str]:
    kind, stage, id = item
    return {"kind": kind, "stage": stage, "id": id}


def _words(found: Rejudgement, policies: tuple[str, ...]) -> str:
    lines = [f"按 {policies[0]} → {policies[1]} 重判 {found.counties} 个县（市、区）。"]
    if found.superseded:
        lines.append(f"另有 {len(found.superseded)} 个较早的数据版本未用（同县同学年已有更新的版本）。")
    if found.only_old or found.only_new:
        lines.append(f"只在前者中判定的有 {len(found.only_old)} 项，只在后者中判定的有 {len(found.only_new)} 项，不作比较（见 --json）。")
    if not found.changes:
        return "\n".join([*lines, "没有结论发生变化。"])
    counts = Counter(each.kind for each in found.changes)
    lines.append("结论有变化的：" + "，".join(f"{label} {counts[kind]} 项" for kind, label in _KINDS.items() if counts[kind]) + "。")
    by_county: dict[tuple[int, str], list[Change]] = defaultdict(list)
    for each in found.changes:
        by_county[each.school_year, each.county_code].append(each)
    for changes in by_county.values():
        lines += _county(changes)
    return "\n".join(lines)


def _county(changes: list[Change]) -> list[str]:
    first = changes[0]
    whole = next((f"：{each.old.label} → {each.new.label}" for each in changes if each.kind == "county"), "：总结论不变")
    lines = [f"{first.county_name or first.county_code}（{first.county_code}，{school_year_label(first.school_year)}）{whole}"]
    for kind, label in _KINDS.items():
        of_kind = [each for each in changes if each.kind == kind and kind != "county"]
        for each in of_kind[:_SHOWN]:
            stage = Stage(each.stage).label if each.stage else ""
            name = "" if kind == "composite" else f"“{each.name}”"
            lines.append(f"  {stage}{label}{name}：{each.old.label} → {each.new.label}")
        if len(of_kind) > _SHOWN:
            lines.append(f"  {label}：另有 {len(of_kind) - _SHOWN} 项变化（全部见 --json）")
    return lines
