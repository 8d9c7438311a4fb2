"""口径手册: the spec tests as a manual. Folder = chapter, file = section, test = paragraph with its tables and results.

A paragraph that takes `spec` is run, and what it claims is printed; of any other test its Chinese docstring is.
"""

from __future__ import annotations

import ast
import importlib
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

from drawn import Claim, Drawn, Spec, cells_of, column_of

from generators import manual_words
from generators.manual_limits import Limits
from generators.markdown import table

SPECS = Path(__file__).resolve().parents[2] / "tests" / "spec"
_SHOWN_UNITS = ("㎡", "元", "万元")
_HOW_TO_READ = """# 口径手册

每一段先说规则，再画一张小表（填报的数），下面是必须得到的结果。手册就是检验程序：每张小表都交给 DuckDB、Polars、NumPy、Spark 四种引擎
和一个用分数逐步演算的对照程序计算，得不到下面的结果就不能发布。限值和例外的出处见[政策](policies.md)，各填报项的说明见[数据字典](dictionary.md)。

读法：

- 空格是未报，不是 0；学校类型没有的学段空着是不适用。没有画出的填报项都没有填，没有画出的例外标志都是“否”。
- “至少”“至多”“之间”：有数没有填，结果只能确定到这个范围。范围内结论都一样才下结论，否则待定。
- “不在此列”：这一条不管这所学校（或学段）。
"""


def pages() -> dict[str, str]:
    """manual.md."""
    contents, chapters, limits = [], [], Limits()
    for title, folder in _chapters():
        number = title.split(" ", 1)[0]
        sections = [_section(path, f"{number}.{place}", limits) for place, path in enumerate(_in_order(folder), start=1)]
        contents += [f"- {title}", *(f"  - {heading}" for heading, _ in sections)]
        chapters += [f"## {title}\n", *(text for _, text in sections)]
    return {"manual.md": "\n".join([_HOW_TO_READ, "目录：\n", *contents, "", *chapters])}


def _chapters() -> list[tuple[str, Path]]:
    """Title and folder, by the number a title begins with."""
    modules = ((path.parent, ast.get_docstring(ast.parse(path.read_text("utf-8")))) for path in SPECS.glob("*/__init__.py"))
    return sorted(((title, folder) for folder, title in modules if title), key=lambda chapter: int(chapter[0].split(" ")[0]))


def _in_order(folder: Path) -> list[Path]:
    """By the number after test_."""
    return sorted(folder.glob("test_*.py"), key=lambda path: int(path.stem.split("_")[1]))


def _section(path: Path, number: str, limits: Limits) -> tuple[str, str]:
    """The section's heading, and its text."""
    module = ast.parse(path.read_text("utf-8"))
    title, _, lead = (ast.get_docstring(module) or "").partition("\n")
    heading = f"{number} {title}"
    tests = [node for node in module.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
    told = [(node, _claims(node, path)) for node in tests if ast.get_docstring(node)]
    source = f"../../{path.relative_to(SPECS.parents[1])}"
    parts = [f"### {heading}\n", manual_words.flowing(lead) + f"（[检验程序]({source})）\n"]
    parts += [limits.of([claim for _, claims in told for claim in claims])]
    parts += [_paragraph(node, claims, f"{number}.{place}") for place, (node, claims) in enumerate(told, start=1)]
    return heading, "\n".join(part for part in parts if part)


def _paragraph(node: ast.FunctionDef, claims: list[Claim], number: str) -> str:
    text = f"**{number}**　{manual_words.flowing(ast.get_docstring(node) or '')}"
    if node.name.startswith("test_assertion_"):
        text += f"〔必测断言 {int(node.name.split('_')[2])}〕"
    parts = [text + "\n"]
    for drawn, same in groupby(claims, key=lambda claim: claim.drawn):
        stated = list(same)
        parts += _tables(drawn)
        parts += [manual_words.result(claim) for claim in stated] if drawn.schools else [manual_words.of_county(stated)]
    return "\n".join(parts)


def _claims(node: ast.FunctionDef, path: Path) -> list[Claim]:
    """What a paragraph claims of drawn tables; nothing when it is not about any."""
    claims: list[Claim] = []
    if [argument.arg for argument in node.args.args] == ["spec"]:
        _test(path, node.name)(Spec(claims.append))
    return claims


def _test(path: Path, name: str) -> Callable[[Spec], None]:
    module = importlib.import_module(f"{path.parent.name}.{path.stem}")
    test: Callable[[Spec], None] = getattr(module, name)
    return test


def _tables(drawn: Drawn) -> Iterator[str]:
    if drawn.schools:
        header, *rows = cells_of(drawn.schools)
        shown = _with_units("school", header, rows)
        if "学校" not in header:
            names = [row["school_code"] for row in drawn.school_rows("")]
            shown, rows = ["学校", *shown], [[str(name), *row] for name, row in zip(names, rows, strict=True)]
        yield table(shown, rows)
    if drawn.county:
        header, *rows = cells_of(drawn.county)
        yield ("区县填报：\n\n" if drawn.schools else "") + table(_with_units("county", header, rows), rows)


def _with_units(table_name: str, header: list[str], rows: list[list[str]]) -> list[str]:
    """The labels as drawn, with the form's unit where areas and money are drawn as bare numbers."""
    out = []
    for place, label in enumerate(header):
        match = column_of(table_name, label)
        bare = all(row[place].replace(".", "").isdigit() for row in rows if row[place])
        shown = bare and not match.sign and match.column.printed_unit in _SHOWN_UNITS
        out.append(f"{label}（{match.column.printed_unit}）" if shown else label)
    return out
