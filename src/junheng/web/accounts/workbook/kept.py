"""The lines of a long workbook, and what is wrong in it, as bytes that are kept sealed until somebody has seen them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from junheng.web.accounts.workbook.reading import CellProblem, Lines

SHOWN = 200
"""So many cells are listed; the others are counted."""


@dataclass(frozen=True)
class Wrong:
    """cells: the first SHOWN; more: how many there are besides."""

    cells: tuple[CellProblem, ...] = ()
    more: int = 0

    @staticmethod
    def of(found: Sequence[CellProblem]) -> Wrong:
        return Wrong(tuple(found[:SHOWN]), max(0, len(found) - SHOWN))

    @property
    def count(self) -> int:
        return len(self.cells) + self.more


def lines_kept(lines: Lines) -> bytes:
    return json.dumps({"places": dict(lines.places), "named": [[number, dict(texts)] for number, texts in lines.named.items()]}).encode()


def lines_again(kept: bytes) -> Lines:
    """Without the number of lines left out, which were told at the upload."""
    said = json.loads(kept)
    return Lines(said["places"], dict(said["named"]), 0)


def wrong_kept(wrong: Wrong) -> bytes:
    return json.dumps({"cells": [astuple(each) for each in wrong.cells], "more": wrong.more}).encode()


def wrong_again(kept: bytes) -> Wrong:
    said = json.loads(kept)
    return Wrong(tuple(CellProblem(*each) for each in said["cells"]), said["more"])
