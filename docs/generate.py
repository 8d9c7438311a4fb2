"""Write docs/generated and the chapters of docs/guide, or with --check say which files differ and exit 1.

Everything under docs/generated is made here, and the guide but for its README: never edit it by hand.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests" / "spec")]  # the manual is made of the spec tests

from generators import (  # noqa: E402
    api_document,
    command_line,
    dictionary,
    guide,
    indicator_cards,
    manual,
    permissions,
    policies,
    rules,
)

GUIDE_BY_HAND = "guide/README.md"
NOTICE = "<!-- 由 docs/generate.py 生成，请勿手改。 -->\n\n"


def pages() -> dict[str, str]:
    """File name below docs → its text."""
    out: dict[str, str] = {}
    for generator in (dictionary, indicator_cards, rules, policies, command_line, permissions, manual):
        out.update(generator.pages())
    index = "\n".join(f"- [{text.splitlines()[0].lstrip('# ')}]({name})" for name, text in sorted(out.items()))
    out["README.md"] = f"# 自动生成的文档\n\n{index}\n- [开放接口的 OpenAPI 文档](openapi.json)\n"
    generated = {name: NOTICE + text for name, text in out.items()} | api_document.pages()
    chapters = {f"guide/{name}": NOTICE + text for name, text in guide.pages().items()}
    return {f"generated/{name}": text for name, text in generated.items()} | chapters


def _present() -> dict[str, Path]:
    found = [path for folder in ("generated", "guide") for path in (HERE / folder).rglob("*") if path.is_file()]
    return {name: path for path in found if (name := str(path.relative_to(HERE))) != GUIDE_BY_HAND}


def main() -> int:
    check = "--check" in sys.argv[1:]
    wanted = pages()
    present = _present()
    differing = sorted(
        {name for name, text in wanted.items() if name not in present or present[name].read_text("utf-8") != text}
        | (present.keys() - wanted.keys())
    )
    if check:
        for name in differing:
            print(f"docs/{name} 与声明不一致；请运行 make docs")
        return 1 if differing else 0
    for name in present.keys() - wanted.keys():
        present[name].unlink()
    for name, text in wanted.items():
        (HERE / name).parent.mkdir(parents=True, exist_ok=True)
        (HERE / name).write_text(text, "utf-8")
    print(f"写出 {len(wanted)} 个文件，其中 {len(differing)} 个有变化。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
