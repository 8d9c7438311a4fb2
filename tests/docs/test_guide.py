"""The guide speaks of what is there: every button, every message, every step of every role."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

import junheng.web
from junheng.web.flow.process import Transition
from junheng.web.pages.table import Page
from junheng.web.rights.roles import Role
from junheng.web.site.declarations import all_processes
from junheng.web.site.guide.chapters import Chapter, by_hand, chapters
from junheng.web.site.guide.declared import menu_of_role
from junheng.web.site.guide.rendering import rendered
from junheng.web.site.table import PAGES

WEB = Path(junheng.web.__file__).parent
ALL = list(chapters().values())
OF_ROLES = [each for each in ALL if each.role]
_MADE = re.compile(r"\{\{.*?\}\}|\{[a-z_.]+[^{}]*\}", re.DOTALL)
_ELEMENT = re.compile(r"<(button|summary|label|legend|a|h2|h3|th)\b[^>]*>(.*?)</\1>", re.DOTALL)


def _sources(*endings: str) -> list[Path]:
    return sorted(path for path in WEB.rglob("*") if path.suffix in endings and not {"frontend", "chapters", "migrations"} & set(path.parts))


def _pattern(text: str) -> re.Pattern[str] | None:
    """What a label may read as: what is filled in may be anything. None: nothing of it is written."""
    pieces = [re.sub(r"\s+", " ", piece) for piece in _MADE.split(text.strip())]
    if not any(len(re.sub(r"\W", "", piece)) > 1 for piece in pieces):
        return None
    return re.compile(".+?".join(map(re.escape, pieces)))


@cache
def _labels() -> frozenset[re.Pattern[str]]:
    """Of every button, link, field, heading and unfolding in the templates and what is built for them, every transition, field of one, and place
    in the menu."""
    found: set[str] = {page.nav for page in PAGES if page.nav}
    for transition in _transitions():
        found |= {transition.label, *(field.label for field in transition.fields)}
    built = [path for path in _sources(".py") if path.parent.name == "templatetags"]
    for path in [*_sources(".html"), *built]:
        for match in _ELEMENT.finditer(path.read_text("utf-8")):
            inner = re.sub(r"<[^>]+>", "{% %}", match[2])
            found |= {re.sub(r"\{%.*?%\}", "", inner), *re.split(r"\{%.*?%\}", inner)}
    return frozenset(pattern for each in found if (pattern := _pattern(each)))


def _transitions() -> list[Transition]:
    return [each for process in all_processes() for each in process.transitions if each.right is not None]


def _quoted(id: str, left: str, right: str) -> list[str]:
    return re.findall(f"{left}([^{right}]+){right}", by_hand(id))


def test_there_is_a_chapter_for_every_role_and_one_for_the_public() -> None:
    assert [each.role for each in ALL] == [*Role, None]


@pytest.mark.parametrize("chapter", ALL, ids=lambda each: each.id)
def test_every_button_named_is_there(chapter: Chapter) -> None:
    assert [each for each in _quoted(chapter.id, "「", "」") if not any(label.fullmatch(each) for label in _labels())] == []


@pytest.mark.parametrize("chapter", ALL, ids=lambda each: each.id)
def test_every_message_quoted_is_said_somewhere(chapter: Chapter) -> None:
    texts = [path.read_text("utf-8") for path in _sources(".py", ".html")]
    missing = [
        each for each in _quoted(chapter.id, "『", "』")
        if not any(all(piece.strip() in text for piece in each.split("…")) for text in texts)
    ]  # fmt: skip
    assert missing == []


@pytest.mark.parametrize("chapter", OF_ROLES, ids=lambda each: each.id)
def test_a_step_named_as_ones_own_is_ones_own(chapter: Chapter) -> None:
    """「…」 that is the name of a step and of nothing else."""
    steps = {each.label for each in _transitions()}
    own = {each.label for each in _transitions() if each.right and chapter.role in each.right.roles}
    others = {"提交", "撤回", "登记问题"}  # steps of some, plain buttons of others
    assert {each for each in _quoted(chapter.id, "「", "」") if each in steps - others} - own == set()


@pytest.mark.parametrize("chapter", OF_ROLES, ids=lambda each: each.id)
def test_every_step_a_role_may_take_is_told(chapter: Chapter) -> None:
    own = {each.label for each in _transitions() if each.right and chapter.role in each.right.roles}
    assert own - set(_quoted(chapter.id, "「", "」")) == set()


@pytest.mark.parametrize("chapter", OF_ROLES, ids=lambda each: each.id)
def test_what_a_role_may_not_do_is_told_with_whom_to_ask(chapter: Chapter) -> None:
    may, _, may_not = chapter.text.partition("## 不能做的事")
    assert "由" in may_not
    assert all(page.nav in may for page in menu_of_role(chapter.role))  # type: ignore[arg-type]


def test_the_law_of_labels_tells_what_is_there_from_what_is_not() -> None:
    def known(text: str) -> bool:
        return any(label.fullmatch(text) for label in _labels())

    assert known("提交异议")
    assert known("冻结…的数据版本")
    assert known("取消安排")
    assert not known("一键达标")
    assert not known("…")


@pytest.mark.parametrize("chapter", ALL, ids=lambda each: each.id)
def test_a_chapter_is_html_that_the_security_policy_lets_through(chapter: Chapter) -> None:
    found = rendered(chapter.text)
    html = found.html
    assert all(f'id="{anchor}"' in html for anchor, _ in found.sections)
    assert len(found.sections) > 3
    assert "<table class=\"table\">" in html
    assert not re.search(r"\sstyle=|<script|<h1", html)


def test_the_pictures_are_there_and_small() -> None:
    folder = WEB / "site" / "static"
    named = {name for chapter in ALL for name in re.findall(r"!\[[^]]+\]\(([^)]+)\)", by_hand(chapter.id))}
    assert named == {str(path.relative_to(folder)) for path in folder.rglob("*.png")}
    assert sum(path.stat().st_size for path in folder.rglob("*.png")) < 2_000_000


def test_the_help_has_its_place_in_the_menu() -> None:
    page: Page = next(each for each in PAGES if each.name == "help")
    assert page.nav == "帮助"
