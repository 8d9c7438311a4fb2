"""Sets the pages: one file each, styles, script and data inside; nothing is ever fetched."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from junheng.reports.context import CountyReport
from junheng.reports.page.data import as_script, page_data
from junheng.reports.page.view import county_view
from junheng.reports.problems import Problem

_HERE = Path(__file__).parent / "assets"


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


@cache
def _asset(name: str) -> Markup:
    return Markup((_HERE / name).read_text(encoding="utf-8"))


def write_county_page(path: Path, report: CountyReport, found: Sequence[Problem]) -> None:
    """Write a county's index.html."""
    data = Markup(as_script(page_data(report)))
    write_page(path, "county.html", county_view(report, found) | {"data": data, "script": _asset("page.js")})


def write_province_page(path: Path, view: dict[str, Any]) -> None:
    """Write the page of several counties. view: see `province.province_view`."""
    write_page(path, "province.html", view | {"script": _asset("table.js")})


def write_page(path: Path, template: str, view: dict[str, Any]) -> None:
    """Write a page from a template of this folder. view: its variables; the style is added."""
    text = _environment().get_template(template).render(view | {"style": _asset("page.css")})
    path.write_text(text, encoding="utf-8")
