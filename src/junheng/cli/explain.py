"""`junheng explain`: open a number of a result down to the cells and the clause."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from junheng.cli.app import ChineseHelp
from junheng.common.errors import UserError
from junheng.common.stages import COMPULSORY_STAGES, Stage

if TYPE_CHECKING:
    from rich.tree import Tree

    from junheng.engine.trace_node import TraceNode
    from junheng.intake.model import Facts
    from junheng.policy.in_force import PolicyInForce

SCHEMA = "junheng.trace/1"
_UNBROKEN = 100_000
_REMEDY = "请给出 junheng assess --out 写出的目录"


@click.command("explain", cls=ChineseHelp)
@click.argument("result", metavar="结果目录", type=click.Path(path_type=Path))
@click.argument("area", metavar="区划代码")
@click.argument("item", metavar="项目")
@click.option("--stage", type=click.Choice([str(stage) for stage in COMPULSORY_STAGES]), metavar="学段",
              help="primary（小学）或 junior（初中）；不写则两个学段都列出。")  # fmt: skip
@click.option("--school", metavar="标识码", help="只看一所学校。")
@click.option("--campus", metavar="校区", help="学校分校区时，只看一个校区。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def command(
    result: Path, area: str, item: str, stage: str | None, school: str | None, campus: str | None, as_json: bool
) -> None:
    """把结果里的一个数字逐层打开：结论、限值和条款、差异系数、均值和标准差、各校的值、分子分母，直到文件、工作表和单元格。

    结果目录是 junheng assess 写出的目录（或其中的 result.json）。区划代码写到县（如 210102）；写市或省（2101、21）则看县际差异。
    项目是 L1 至 L7、条目编号（如 class_size），或指标编号。
    """
    counties = _open(result)
    if area in counties:
        county = counties[area]
        nodes = county.trace(item, Stage(stage) if stage else None, school, campus)
        head = {"unit": {"code": area, "name": county.name}, "policy": county.detail["policy"], "release": county.detail["release"]["hash"]}
    else:
        nodes = _trace_area(counties, area, item, Stage(stage) if stage else None, school)
        head = {"unit": {"code": area, "name": ""}}
    if as_json:
        trees = [node.to_dict() for node in nodes]
        click.echo(json.dumps({"schema": SCHEMA, **head, "item": item, "trees": trees}, ensure_ascii=False, indent=1))
    else:
        _print(nodes)


@dataclass(frozen=True)
class _County:
    """One county's result.json and detail.json, and the folder they stand in."""

    folder: Path
    result: dict[str, Any]
    detail: dict[str, Any]

    @property
    def name(self) -> str:
        return str(self.result["unit"].get("name") or "")

    def facts(self) -> Facts:
        """The release the result rests on, verified against its hash."""
        from junheng.intake.release import open_release

        told = self.detail["release"]
        release = open_release(self.folder / told["path"], verify=True)
        if release.hash != told["hash"]:
            raise UserError("数据版本不是得出这个结果的那一个", where=str(release.path),
                            why=f"结果记为 {told['hash']}，目录里是 {release.hash}", remedy="请从备份恢复，或重新测算")  # fmt: skip
        return release.facts()

    def policy(self) -> PolicyInForce:
        from junheng.policy import resolve

        told = self.detail["policy"]
        return resolve(told["pack"], told["area"], date.fromisoformat(told["as_of"]))

    def trace(self, item: str, stage: Stage | None, school: str | None, campus: str | None) -> list[TraceNode]:
        from junheng.engine.trace import trace_criterion, trace_indicator

        facts, policy, code = self.facts(), self.policy(), str(self.result["unit"]["code"])
        if any(criterion.id == item for criterion in policy.criteria):
            conclusion = _label(self.result["criteria"].get(item, {}).get("verdict"))
            return [trace_criterion(facts, policy, code, item, school, conclusion=conclusion)]
        resource = next((each for each in policy.resources if item in (each.code, each.indicator)), None)
        if resource is None or school:
            return [trace_indicator(facts, policy, code, stage, item, school, campus=campus,
                                    conclusion=self.of_school(resource.code, stage, school) if resource else "")]  # fmt: skip
        stages = (stage,) if stage else tuple(each for each in COMPULSORY_STAGES if self.balance(each))
        return [trace_indicator(facts, policy, code, each, item, conclusion=_label(self.balance(each).get(resource.code, {}).get("verdict")))
                for each in stages]  # fmt: skip

    def balance(self, stage: Stage) -> dict[str, Any]:
        found: dict[str, Any] = self.result["stages"].get(stage, {}).get("balance", {})
        return found

    def of_school(self, code: str, stage: Stage | None, school: str | None) -> str:
        """Whether the school meets the indicator, in words; "" where the result does not say or several campuses do."""
        stages = (stage,) if stage else COMPULSORY_STAGES
        rows = [row for each in stages for row in self.result["stages"].get(each, {}).get("schools", []) if row["code"] == school]
        if len(rows) != 1:
            return ""
        if code in rows[0]["met"]:
            return "达到限值"
        if code in rows[0]["near"]:
            return "未达到限值，达到限值的 85%"
        return "" if rows[0]["values"].get(code) is None else "未达到限值"


def _label(verdict: str | None) -> str:
    from junheng.judging.result import Verdict

    return Verdict(verdict).label if verdict else ""


def _open(path: Path) -> dict[str, _County]:
    """The counties of a result: one in the folder itself, or one per subfolder."""
    folder = path.parent if path.name == "result.json" else path
    folders = [folder] if (folder / "detail.json").is_file() else sorted(each.parent for each in folder.glob("*/detail.json"))
    counties: dict[str, _County] = {}
    for each in folders:
        county = _County(each, _read(each / "result.json"), _read(each / "detail.json"))
        counties[str(county.result["unit"]["code"])] = county
    if not counties:
        raise UserError("这里没有测算结果", where=str(path), why="找不到 result.json 和 detail.json", remedy=_REMEDY)
    return counties


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(f"读不出 {path.name}", where=str(path), why="文件缺失或损坏", remedy=_REMEDY) from error
    if not isinstance(found, dict):
        raise UserError(f"{path.name} 不是测算结果", where=str(path), remedy=_REMEDY)
    return found


def _trace_area(counties: dict[str, _County], area: str, item: str, stage: Stage | None, school: str | None) -> list[TraceNode]:
    from junheng.engine.trace import trace_area
    from junheng.intake.model import Facts

    inside = {code: county for code, county in counties.items() if code.startswith(area)}
    if not inside:
        raise UserError(f"这个结果里没有 {area}", why=f"有 {'、'.join(counties)}", remedy="请核对区划代码")
    if school:
        raise UserError("看一所学校要写到县", remedy=f"请把区划代码写成 {'、'.join(inside)} 之一")
    merged = Facts(next(iter(inside.values())).facts().school_year)
    for county in inside.values():
        facts = county.facts()
        merged.school += facts.school
        merged.county += facts.county
        merged.cells |= facts.cells
    policies = {code: county.policy() for code, county in inside.items()}
    if not any(item in (each.code, each.indicator) for policy in policies.values() for each in policy.resources):
        raise UserError(f"“{item}”没有县际差异", why="市、省只看资源配置指标的县际差异", remedy="请改用 L1 至 L7，或把区划代码写到县")
    return [trace_area(merged, policies.__getitem__, area, each, item) for each in ((stage,) if stage else COMPULSORY_STAGES)]


def _print(nodes: Sequence[TraceNode]) -> None:
    from rich.console import Console

    console = Console()
    if not console.is_terminal:
        console = Console(width=_UNBROKEN, color_system=None)  # one node, one line, for grep and less -S
    for node in nodes:
        console.print(_tree(node))


def _tree(node: TraceNode) -> Tree:
    from rich.text import Text
    from rich.tree import Tree

    line = Text(node.label)
    if node.value:
        line.append(f"  {node.value}", style="bold")
    if node.exact:
        line.append(f"  [{node.exact}]", style="dim")
    if node.detail:
        line.append(f"  {node.detail}")
    if node.place.file:
        line.append(f"  ← {node.place}", style="cyan")
    if node.raw:
        line.append(f" “{node.raw}”", style="cyan")
    if node.source:
        line.append(f"  {node.source}", style="dim")
    tree = Tree(line)
    for child in node.children:
        tree.children.append(_tree(child))
    return tree
