"""The chapters: a text by hand in chapters/<id>.md, and after it what the declarations say of the role.

In the texts 「…」 is a button, a link, a field or a place in the menu that this role itself sees; 『…』 is what the site says, "…" in it
standing for whatever it names; “…” is everything else. Tests look every one of them up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from junheng.web.rights.roles import Role
from junheng.web.site.guide.declared import what_is_declared

_FOLDER = Path(__file__).parent / "chapters"


@dataclass(frozen=True)
class Chapter:
    """role: None = the public. text: Markdown; links to other chapters are "<id>.md"."""

    id: str
    role: Role | None
    text: str

    @property
    def title(self) -> str:
        return self.text.splitlines()[0].removeprefix("# ")

    @property
    def purpose(self) -> str:
        """The first paragraph."""
        return self.text.split("\n\n")[1]


@cache
def chapters() -> Mapping[str, Chapter]:
    """Id → chapter: of the roles in their order, then of the public."""
    of_roles: list[tuple[str, Role | None]] = [(str(role.value), role) for role in Role]
    return {id: Chapter(id, role, _text(id, role)) for id, role in (*of_roles, ("public", None))}


def by_hand(id: str) -> str:
    """The hand-written part alone."""
    return (_FOLDER / f"{id}.md").read_text("utf-8")


def _text(id: str, role: Role | None) -> str:
    return "\n".join(part for part in (by_hand(id), what_is_declared(role)) if part)
