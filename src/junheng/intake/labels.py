"""填报项目的识别: from the words people write in a label or header to a column of the data contract.

Never by position. Order: the label and its variants; the same with a trailing unit taken off ("面积（㎡）"); the same
item in other words; then, as a last resort, a column's keywords when they point at one column only.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from junheng.common import units
from junheng.common.stages import Stage
from junheng.intake.wordings import meaning
from junheng.tables import Column, Table, table

_CIRCLED = re.compile("^[\u2460-\u24ff\u2776-\u2793]+")
_NUMBERING = re.compile(r"^(?:\d{1,3}[.、](?!\d)|\d{1,3}\)|\(\d{1,2}\)|\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}、)")
_PARENTHESIS = re.compile(r"\(([^()]*)\)")
_BLANK = re.compile(r"[\s\u200b\u200c\u200d\ufeff\u00ad]+")
_DROPPED = str.maketrans(dict.fromkeys("“”\"'‘’「」『』*★※☆△▲●", ""))
_SAME = str.maketrans({"≧": "≥", "⩾": "≥", "≦": "≤", "⩽": "≤", "〈": "<", "〉": ">", "【": "(", "】": ")", "〔": "(", "〕": ")",
                       "[": "(", "]": ")", "–": "-", "—": "-", "―": "-", "−": "-", "~": "-", "〜": "-", "至": "-",
                       "、": "/", ",": "/", "，": "/", "&": "/", "·": "/", "；": ";", "。": "."})  # fmt: skip
_SIGNS = frozenset(
    unicodedata.normalize("NFKC", sign)
    for unit in vars(units).values()
    if isinstance(unit, units.Unit)
    for sign in (unit.symbol, *(variant for variant, _ in unit.variants))
    if sign
)
STAGE_WORDS = {stage.label: stage for stage in Stage}
_DENIAL = re.compile("无|未|没有|不存在|杜绝|严禁")
"""A line 无违规择校行为 asks the opposite of 存在违规择校行为, in the same words."""


@lru_cache(maxsize=50_000)
def normalise(text: str) -> str:
    """The spelling labels are compared in: half-width, no blanks, quotes or numbering, one sign for each relation."""
    text = _BLANK.sub("", unicodedata.normalize("NFKC", _CIRCLED.sub("", text.strip())).translate(_DROPPED)).lower()
    text = _NUMBERING.sub("", text)  # before the listing comma loses its meaning
    return text.translate(_SAME).replace(">=", "≥").replace("<=", "≤").strip(":;.")


@dataclass(frozen=True)
class Match:
    """What a label was taken for.

    sign: the unit sign that stood in the label, "" when none. reworded: in other words than the contract's.
    by_keywords: matched in the last resort only.
    stage_open: the label speaks of a by-stage column without naming the stage; `column` is then any of its stages.
    """

    column: Column
    sign: str = ""
    by_keywords: bool = False
    reworded: bool = False
    stage_open: bool = False

    @property
    def is_guess(self) -> bool:
        """Not by a spelling of the contract: a person should look at it."""
        return self.by_keywords or self.reworded


class LabelIndex:
    """Finds the column of one table that a label speaks of."""

    def __init__(self, source: Table) -> None:
        self._exact: dict[str, Column] = {}
        self._stageless: dict[str, Column] = {}
        for column in source.columns:
            self._exact.setdefault(normalise(column.label), column)
        for column in source.columns:
            for variant in column.variants:
                self._exact.setdefault(normalise(variant), column)
        names = {column.name for column in source.columns}
        for column in source.columns:
            if column.stage is not None and column.base not in names:
                for spelling in (column.label, *column.variants):
                    self._stageless.setdefault(_without_stage(normalise(spelling), column.stage), column)
        self._meanings = _meanings(source)
        self._by_keywords = [
            (tuple(re.compile(normalise(word)) for word in column.keywords), column) for column in source.columns if column.keywords
        ]
        self._found: dict[tuple[str, bool], Match | None] = {}

    def find(self, label: str, *, keywords: bool = True) -> Match | None:
        """The column a label speaks of; None when it is none, or keywords point at several."""
        key = (label, keywords)
        if key not in self._found:
            self._found[key] = self._search(normalise(label), keywords)
        return self._found[key]

    def _search(self, text: str, keywords: bool) -> Match | None:
        bare, sign = split_unit(text)
        for spelling, found_sign in ((text, ""), (bare, sign), (bare.removeprefix("其中:").removeprefix("#"), sign)):
            if spelling and (column := self._exact.get(spelling)) is not None:
                return Match(column, found_sign)
        if (column := self._stageless.get(bare)) is not None:
            return Match(column, sign, stage_open=True)
        if (reworded := self._meanings.get(meaning(bare))) is not None:
            return Match(reworded, sign, reworded=True)
        if keywords and not _DENIAL.search(bare):
            hits = [column for words, column in self._by_keywords if all(word.search(bare) for word in words)]
            if len(hits) == 1:
                return Match(hits[0], sign, by_keywords=True)
        return None


def _meanings(source: Table) -> dict[str, Column]:
    """What each column asks for, where no other column asks for the same."""
    asked: dict[str, set[str]] = {}
    for column in source.columns:
        for spelling in (column.label, *column.variants):
            asked.setdefault(meaning(split_unit(normalise(spelling))[0]), set()).add(column.name)
    return {text: source.column(*names) for text, names in asked.items() if text and len(names) == 1}


def split_unit(text: str) -> tuple[str, str]:
    """A normalised label without the unit in parentheses, and that unit: "面积(m2)(小学)" → ("面积(小学)", "m2")."""
    for match in _PARENTHESIS.finditer(text):
        sign = match[1].removeprefix("单位").removeprefix(":")
        if sign in _SIGNS:
            return text[: match.start()] + text[match.end() :], sign
    return text, ""


def _without_stage(spelling: str, stage: Stage) -> str:
    return spelling.replace(f"({stage.label})", "").removeprefix(stage.label)


@lru_cache(maxsize=8)
def label_index(table_name: str) -> LabelIndex:
    """The index of a table of the contract, made once."""
    return LabelIndex(table(table_name))
