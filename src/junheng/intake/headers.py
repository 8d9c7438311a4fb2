"""表头: the header of a wide table, of one row or several merged ones, found by what its cells say.

A column's header is the stack of words above it ("在校学生数" over "小学"); what it stands for is looked for in the
whole stack first, then in its lower part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from junheng.common.stages import Stage
from junheng.intake.cells import raw_text
from junheng.intake.labels import STAGE_WORDS, Match, label_index, normalise, split_unit
from junheng.intake.workbook import Sheet
from junheng.tables import table

_HEADER_ROWS = 25
_TALLEST = 3
_FEWEST_COLUMNS = 3
_TOTALS = frozenset({"计", "合计", "小计", "总计", "共计", "总数", "其中", "数量", "全校"})
_STAGES = {**STAGE_WORDS, "小学部": Stage.PRIMARY, "小学阶段": Stage.PRIMARY, "初中部": Stage.JUNIOR, "初中阶段": Stage.JUNIOR,
           "普通初中": Stage.JUNIOR, "普通小学": Stage.PRIMARY, "高中部": Stage.SENIOR, "高中阶段": Stage.SENIOR,
           "普通高中": Stage.SENIOR}  # fmt: skip
_IDENTITY = {"school": ("school_name", "school_code"), "county": ("county_name", "county_code")}


@dataclass(frozen=True)
class HeaderMatch:
    """match: the column; dropped: words of the stack that were passed over to find it, "" when none."""

    match: Match
    dropped: str = ""


@dataclass(frozen=True)
class Header:
    """table: which table the rows belong to; first: its first row; height: its rows; stacks: the words over each column
    that has any; matches: the recognised ones among them."""

    table: str
    first: int
    height: int
    stacks: dict[int, tuple[str, ...]]
    matches: dict[int, HeaderMatch]

    @property
    def explained(self) -> int:
        """How many different items the header names."""
        return len({(found.match.column.name, found.match.stage_open) for found in self.matches.values()})


def find_header(sheet: Sheet) -> Header | None:
    """The header that explains most columns; of equals the shortest and highest. None when no row is one."""
    best: Header | None = None
    for first in range(min(_HEADER_ROWS, len(sheet.rows))):
        if sum(isinstance(cell, str) and cell != "" for cell in sheet.rows[first]) < 2:
            continue
        for height in range(1, min(_TALLEST, len(sheet.rows) - first) + 1):
            for table_name in _IDENTITY:
                header = _header_at(sheet, first, height, table_name)
                if header is not None and (best is None or header.explained > best.explained):
                    best = header
    return best


def _header_at(sheet: Sheet, first: int, height: int, table_name: str) -> Header | None:
    stacks = _stacks(sheet, first, height)
    matches = {column: found for column, stack in stacks.items() if (found := match_stack(table_name, stack)) is not None}
    names = {found.match.column.name for found in matches.values()}
    if len(names) < _FEWEST_COLUMNS or not names & set(_IDENTITY[table_name]):
        return None
    return Header(table_name, first, height, stacks, matches)


def _stacks(sheet: Sheet, first: int, height: int) -> dict[int, tuple[str, ...]]:
    rows = [[raw_text(cell) for cell in row] for row in sheet.rows[first : first + height]]
    width = max(len(row) for row in rows)
    for row in rows:
        row.extend([""] * (width - len(row)))
    _spread_merged(sheet, first, rows)
    if sheet.source is None or not sheet.merged:
        _spread_rightward(rows)
    stacks = {}
    for column in range(width):
        words: list[str] = []
        for row in rows:
            if row[column] and (not words or words[-1] != row[column]):
                words.append(row[column])
        if words:
            stacks[column] = tuple(words)
    return stacks


def _spread_merged(sheet: Sheet, first: int, rows: list[list[str]]) -> None:
    for (top, left), (bottom, right) in sheet.merged:
        if top < first or top >= first + len(rows) or left >= len(rows[0]):
            continue
        text = rows[top - first][left]
        for row in rows[top - first : bottom - first + 1]:
            row[left : right + 1] = [text] * len(row[left : right + 1])


def _spread_rightward(rows: list[list[str]]) -> None:
    # A CSV has lost its merges: what is left of one is words over the first of the columns that share them.
    for upper, lower in pairwise(rows):
        for column in range(1, len(upper)):
            if not upper[column] and lower[column] and lower[column - 1]:
                upper[column] = upper[column - 1]


@lru_cache(maxsize=20_000)
def match_stack(table_name: str, stack: Sequence[str]) -> HeaderMatch | None:
    """The column a stack of header words speaks of, from the whole stack down to its last words."""
    index, sign, stage, words = label_index(table_name), "", None, list[str]()
    for text in stack:
        bare, found = split_unit(normalise(text))
        bare, sign = bare.removeprefix("其中:").removeprefix("其中"), found or sign
        if bare in _STAGES and len(stack) > 1:
            stage = _STAGES[bare]
        elif bare and bare not in _TOTALS and (text is stack[-1] or bare not in _group_words(table_name)):
            words.append(bare)
    for start in range(len(words)):
        tail = words[start:]
        for joined in dict.fromkeys(("".join(tail), "".join(reversed(tail)))):
            match = _find(index_name=table_name, text=joined, stage=stage)
            if match is not None:
                dropped = "".join(word for word in words[:start] if index.find(word) is None)
                return HeaderMatch(replace(match, sign=match.sign or sign), dropped)
    return None


@lru_cache(maxsize=8)
def _group_words(table_name: str) -> frozenset[str]:
    """类别 of the contract, which our own template writes over its columns; they say nothing about which column it is."""
    return frozenset(normalise(column.group) for column in table(table_name).columns if column.group)


def _find(index_name: str, text: str, stage: Stage | None) -> Match | None:
    index = label_index(index_name)
    if stage is None:
        return index.find(text)
    match = index.find(f"{text}({stage.label})", keywords=False) or index.find(f"{stage.label}{text}", keywords=False)
    return match if match is not None and match.column.stage is stage else None
