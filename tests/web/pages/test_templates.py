"""What no page may do, read off all templates and all answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

import junheng.web
from junheng.web.pages.table import Open, Page
from junheng.web.rights.roles import Role
from junheng.web.site.table import PAGES

WEB = Path(junheng.web.__file__).parent
FRONTEND = WEB / "frontend"
TEMPLATES = sorted(path for path in WEB.rglob("*.html") if FRONTEND not in path.parents)
POLICY = ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
_REFUSED = {
    "an inline style": re.compile(r"""<style\b|\sstyle\s*=\s*["']""", re.IGNORECASE),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "a handler in an attribute": re.compile(r"""\s(on[a-z]+|hx-on[:-][\w:-]*)\s*=\s*["']""", re.IGNORECASE),
    "something from another host": re.compile(r"""\b(src|href|action)\s*=\s*["'](https?:)?//""", re.IGNORECASE),
    "a text marked safe unseen": re.compile(r"\|\s*safe\b|\{%\s*autoescape off"),
}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_nothing_that_the_security_policy_refuses(template: Path) -> None:
    text = template.read_text("utf-8")
    assert [what for what, pattern in _REFUSED.items() if pattern.search(text)] == []


def test_every_class_a_template_uses_is_in_the_style_sheet() -> None:
    known = set(re.findall(r"\.([a-z][a-z0-9-]*)", "".join(css.read_text("utf-8") for css in (FRONTEND / "src").rglob("*.css"))))
    used = {
        (name, template.name)
        for template in TEMPLATES
        for value in re.findall(r'\bclass="([^"]*)"', re.sub(r"\{%.*?%\}", " ", re.sub(r"\{\{.*?\}\}", "?", template.read_text("utf-8"))))
        for name in value.split()
        if "?" not in name
    }
    assert {(name, template) for name, template in used if name not in known} == set()


def _plain(page: Page) -> bool:
    return "<" not in page.route and "GET" in page.methods and page.who in (Open.PUBLIC, Open.SIGNED_IN)


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/nowhere/", "/healthz", *(f"/{each.route}" for each in PAGES if _plain(each))])
def test_every_answer_carries_the_policy_whoever_asks(client: Client, signed_in: Callable[..., Client], path: str) -> None:
    for asking in (client, signed_in(Role.COUNTY_ADMIN)):
        policy = asking.get(path).headers["Content-Security-Policy"]
        assert [part for part in POLICY if part not in policy] == []
        assert "unsafe" not in policy


_PAIRS = (
    ("ink", "paper"), ("ink", "ground"), ("ink", "wait-ground"), ("ink", "accent-ground"), ("soft", "paper"), ("soft", "ground"),
    ("soft", "wait-ground"), ("accent", "paper"), ("accent", "ground"), ("accent", "accent-ground"), ("paper", "accent"),
    ("paper", "accent-dark"), ("pass", "pass-ground"), ("fail", "fail-ground"), ("fail", "paper"), ("open", "open-ground"),
    ("open", "paper"), ("wait", "wait-ground"), ("wait", "ground"), ("ink", "fail-ground"), ("ink", "open-ground"), ("ink", "pass-ground"),
)  # fmt: skip


@pytest.mark.parametrize(("over", "under"), _PAIRS)
def test_text_stands_out_from_its_ground(over: str, under: str) -> None:
    tokens = _tokens()
    light, dark = sorted((_luminance(tokens[over]), _luminance(tokens[under])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_the_three_verdict_colours_differ_in_lightness_too() -> None:
    """For whoever prints in grey."""
    tokens = _tokens()
    dark, middle, light = sorted(_luminance(tokens[name]) for name in ("pass", "fail", "open"))
    assert (middle + 0.05) / (dark + 0.05) > 1.2
    assert (light + 0.05) / (middle + 0.05) > 1.2


def _tokens() -> dict[str, str]:
    text = (FRONTEND / "src/styles/tokens.css").read_text("utf-8").split("@media")[0]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", text))


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(each * 2 for each in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
