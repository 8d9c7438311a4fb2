"""Everything that is declared, collected: rights of all rooms, roles, processes. Read by the printed matrix and the tests."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from types import ModuleType

from junheng.common.errors import DeclarationError
from junheng.web.flow.process import Process
from junheng.web.rights.right import Right
from junheng.web.rights.roles import ROLES, Role, RoleDeclaration
from junheng.web.site.settings import OWN_APPS
from junheng.web.site.table import PAGES


def all_roles() -> Mapping[Role, RoleDeclaration]:
    return ROLES


def all_rights() -> dict[str, tuple[Right, ...]]:
    """Room → its rights, in the order they are declared. A right that stands in two places is one right.

    Raises DeclarationError when two different rights have one id.
    """
    known: dict[str, Right] = {}
    for each in _declared():
        if known.setdefault(each.id, each) != each:
            raise DeclarationError(f"two rights are called {each.id}")
    rooms = dict.fromkeys(each.id.split(".")[0] for each in known.values())
    return {room: tuple(each for each in known.values() if each.id.startswith(f"{room}.")) for room in rooms}


def all_processes() -> tuple[Process, ...]:
    """Every state table, in the order of the rooms."""
    found: dict[str, Process] = {}
    for module in _modules("process"):
        for value in vars(module).values():
            if isinstance(value, Process) and found.setdefault(value.id, value) is not value:
                raise DeclarationError(f"two processes are called {value.id}")
    return tuple(found.values())


def _declared() -> Iterator[Right]:
    for module in _modules("permissions"):
        yield from module.RIGHTS
    for page in PAGES:
        yield from page.rights
    for process in all_processes():
        yield from (transition.right for transition in process.transitions if transition.right is not None)


def _modules(name: str) -> Iterator[ModuleType]:
    for room in OWN_APPS:
        path = f"junheng.web.{room}.{name}"
        if find_spec(path) is not None:
            yield importlib.import_module(path)
