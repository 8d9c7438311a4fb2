"""校核规则: every rule of rules.md §2.5 and the anti-gaming set, one rule a file, found by looking into the folders.

errors/ and warnings/ read the facts; registers/ read person-level tables before they are rolled up.
CV > 1 is not here: a CV is measured by the engine, so judging warns of it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from types import ModuleType

import polars as pl

from junheng.common.errors import DeclarationError
from junheng.common.findings import Finding
from junheng.intake.checks import errors, registers, warnings
from junheng.intake.checks.model import Check, RegisterCheck, Reported
from junheng.intake.model import Facts, sorted_findings


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    for info in pkgutil.iter_modules(package.__path__):
        yield importlib.import_module(f"{package.__name__}.{info.name}")


def _checks() -> tuple[Check, ...]:
    return tuple(module.CHECK for package in (errors, warnings) for module in _modules(package))


def _register_checks() -> tuple[RegisterCheck, ...]:
    return tuple(module.CHECK for module in _modules(registers))


CHECKS = _checks()
REGISTER_CHECKS = _register_checks()

_ids = [*(check.id for check in CHECKS), *(check.id for check in REGISTER_CHECKS)]
if len(set(_ids)) != len(_ids):
    raise DeclarationError(f"checks with the same id: {sorted(each for each in _ids if _ids.count(each) > 1)}")


def run_checks(facts: Facts, previous: Facts | None = None) -> list[Finding]:
    """Everything the rules find in one year's facts, errors first. previous: the year before, for the rules that compare."""
    reported = Reported(facts, previous)
    return sorted_findings([finding for check in CHECKS for finding in check.findings(reported)])


def run_register_checks(
    frames: Mapping[str, pl.DataFrame], files: Mapping[str, str] | None = None
) -> list[Finding]:
    """Everything the rules find in person-level registers.

    frames: table name ("teacher", "pupil", "class", "room") → its rows; files: table name → file name.
    """
    return sorted_findings([finding for check in REGISTER_CHECKS for finding in check.findings(frames, files or {})])
