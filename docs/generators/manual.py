"""口径手册: the spec tests as a manual. Folder = chapter, file = section, test = paragraph with its table and result."""

from __future__ import annotations

import ast
import textwrap
from pathlib import Path

SPECS = Path(__file__).resolve().parents[2] / "tests" / "spec"


def pages() -> dict[str, str]:
    parts = ["# 口径手册\n\n每一段都是一个测试：上面的小表交给每一种引擎计算，必须得到下面的结果。\n"]
    for chapter in sorted(path for path in SPECS.iterdir() if path.is_dir() and not path.name.startswith("_")):
        sections = [_section(path) for path in sorted(chapter.glob("test_*.py"))]
        if sections:
            parts += [f"## {_chapter_title(chapter)}\n", *sections]
    return {"manual.md": "\n".join(parts)}


def _chapter_title(chapter: Path) -> str:
    module = chapter / "__init__.py"
    docstring = ast.get_docstring(ast.parse(module.read_text("utf-8"))) if module.exists() else None
    return docstring.splitlines()[0].rstrip(".") if docstring else chapter.name


def _section(path: Path) -> str:
    source = path.read_text("utf-8")
    module = ast.parse(source)
    lead = ast.get_docstring(module) or path.stem
    title, _, rest = lead.partition("\n")
    parts = [f"### {title.rstrip('.')}\n", rest.strip() + "\n" if rest.strip() else ""]
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            parts.append(_paragraph(node, source))
    return "\n".join(part for part in parts if part)


def _paragraph(node: ast.FunctionDef, source: str) -> str:
    docstring = ast.get_docstring(node) or ""
    body = node.body[1:] if docstring else node.body
    code = "\n".join(ast.get_source_segment(source, statement, padded=True) or "" for statement in body)
    sentence = node.name.removeprefix("test_").replace("_", " ")
    return f"**{sentence}**\n\n{docstring}\n\n```python\n{textwrap.dedent(code)}\n```\n"
