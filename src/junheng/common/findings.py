"""Findings (校核发现): what a check or a reader has to tell the person who handed in a file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """error blocks freezing a release as formal; it never blocks the measurement. warning can be explained."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Place:
    """Where a value stood. sheet and cell are "" for a whole file, or a register that has no cells."""

    file: str = ""
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        return "".join((f"《{self.file}》" if self.file else "", f"{self.sheet}" if self.sheet else "",
                        f" {self.cell}" if self.cell else ""))  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """One thing found. message is a full Chinese sentence 什么–哪里–为什么; remedy says 怎么改.

    rule: id such as "E-grades-differ-from-pupils"; field: the column name of `tables`, or "".
    school_code, campus: "" when the finding is about a county or a file.
    """

    level: Level
    rule: str
    place: Place
    message: str
    remedy: str = ""
    field: str = ""
    school_code: str = ""
    campus: str = ""

    @property
    def text(self) -> str:
        """The whole message for one line: place, what and why, what to do."""
        place = str(self.place)
        return f"{place}：{self.message}{self.remedy}" if place else f"{self.message}{self.remedy}"
