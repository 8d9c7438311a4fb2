"""The language of the manual: small tables drawn as text, and what must come out of them.

A table has one school per line (or the county) under labels of the official forms; 学校 is short for its code. Cells are
read as those of a handed-in table are, so "12.5万元", "14.9%", "Ⅲ" and "是" mean here what they mean there. A blank cell
is not reported, nor is what is not drawn — but that undrawn exceptions are denied, and unnamed schools are 甲校, 乙校, ….

Expected figures are keyed by "学校 学段" (figures of a school's stage), "学校" (of a school) or "全县", and are written
  0.5        the value, nothing missing            "2/3"     numerator and denominator, nothing missing
  "2~5/3"    what is missing leaves bounds; ∞ = none  None   the row is not measured, or not in scope
  "?"        whether it is in scope cannot be told
Shared by the tests, which hold every engine to it, and by docs/generators/manual.py, which prints it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from junheng.indicators import indicator as declared
from junheng.intake.cells import read_cell
from junheng.intake.labels import Match, label_index
from junheng.intake.model import Row
from junheng.tables import Kind, table

PACK = "quality_balance_2017"
YEAR = 2025
Expected = Mapping[str, object]
_NAMES = "甲乙丙丁戊己庚辛"
_DENIED = {column.name: False for column in table("school").columns if column.kind is Kind.FLAG and column.required}
BALANCE_WORDS = {
    "学校数": "n", "学生数": "students", "均值": "mean", "标准差": "sd", "差异系数": "cv", "缺报学校数": "n_missing",
    "已报学校均值": "known_mean", "已报学校差异系数": "known_cv",
}  # fmt: skip
"""Expected figures of the balance between schools. A text is a published figure, compared to the digits it prints."""
INCLUDED, UNDECIDED = "纳入", "待定"


@dataclass(frozen=True)
class Drawn:
    """The text of a school table, of the county's own line, and the standard they are measured under."""

    schools: str
    county: str = ""
    pack: str = PACK

    def school_rows(self, county_code: str) -> list[Row]:
        """Raises AssertionError for a table drawn wrongly."""
        return [
            {**row, "county_code": county_code, "school_code": row["school_code"] or f"{_NAMES[number]}校", "campus": row["campus"] or ""}
            for number, row in enumerate(_rows("school", self.schools))
        ]

    def county_rows(self, county_code: str) -> list[Row]:
        return [{**row, "county_code": county_code, "county_name": "甲县"} for row in _rows("county", self.county)]


@dataclass(frozen=True)
class Claim:
    """One statement of a paragraph: these tables give this.

    indicator: "" when it is about who is included; stage: "" unless it is about the balance between a stage's schools.
    """

    drawn: Drawn
    indicator: str
    stage: str
    expected: Expected


class Spec:
    """What a paragraph is given: it states claims, and `take` checks them, prints them or remembers them."""

    def __init__(self, take: Callable[[Claim], None]) -> None:
        self._take = take

    def __call__(self, schools: str, indicator: str, expected: Expected, *, county: str = "", pack: str = PACK) -> None:
        """The figures of one indicator."""
        self._take(Claim(Drawn(schools, county, pack), indicator, "", expected))

    def county(self, county: str, indicator: str, value: object) -> None:
        """A figure of the county's own form."""
        self._take(Claim(Drawn("", county), indicator, "", {"全县": value}))

    def balance(self, schools: str, indicator: str, stage: str, expected: Expected, *, pack: str = PACK) -> None:
        """The balance between the schools of a stage; expected: see BALANCE_WORDS, None = undefined or undecided."""
        self._take(Claim(Drawn(schools, "", pack), indicator, stage, expected))

    def standing(self, schools: str, expected: Expected, *, pack: str = PACK) -> None:
        """Who counts in resource indicators: 纳入, 待定, or why not; None = no stage of compulsory schooling."""
        self._take(Claim(Drawn(schools, "", pack), "", "", expected))


def cells_of(drawn: str) -> list[list[str]]:
    """The cells as drawn, the header first."""
    lines = [[cell.strip() for cell in line.split("|")] for line in drawn.strip().splitlines() if line.strip()]
    for line in lines:
        assert len(line) == len(lines[0]), f"{line} does not fit {lines[0]}"
    return lines


def column_of(table_name: str, header: str) -> Match:
    """The reported column a header speaks of, in the words of the forms only."""
    match = label_index(table_name).find("学校代码" if header == "学校" else header, keywords=False)
    assert match is not None, f"{header} is no line of the form"
    assert not match.is_guess, f"{header} is not in the form's words"
    assert not match.stage_open, f"{header} is asked by stage"
    return match


def _rows(table_name: str, drawn: str) -> Iterator[Row]:
    lines = cells_of(drawn)
    columns = [column_of(table_name, header) for header in lines[0]] if lines else []
    for line in lines[1:]:
        row: Row = {column.name: None for column in table(table_name).columns}
        row |= _DENIED if table_name == "school" else {}
        for match, cell in zip(columns, line, strict=True):
            reading = read_cell(match.column, cell, match.sign)
            refused = reading.problem is not None and reading.problem.rule.startswith("E-")
            assert not refused, f"{cell} is not a {match.column.label}"
            row[match.column.name] = reading.value
        yield row


def ends(text: str) -> tuple[float, float, float, float]:
    """The four ends of "2~5/3"."""
    above, below = text.split("/")
    return (*_ends(above), *_ends(below))


def _ends(text: str) -> tuple[float, float]:
    lo, _, hi = text.partition("~")
    low, high = (float(each.replace("∞", "inf")) for each in (lo, hi or lo))
    return low, high


def grain_of(indicator: str) -> str:
    return str(declared(indicator).grain)
