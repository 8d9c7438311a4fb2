"""Text that people wrote never acts as a formula, markup or control code in a report."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from junheng.reports.grid import Cell, Grid, Look, head_lines, round_half_up
from junheng.reports.mould import Mould
from junheng.reports.text import acts_as_formula, clean, file_stem
from junheng.reports.xlsx import Book

HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|'/c calc'!A0")


def _grid(*texts: str) -> Grid:
    return Grid("表", "=标题()", (10.0, 10.0), head_lines(2, ("A1", "甲"), ("B1", "乙")), [[Cell(t), Cell(t)] for t in texts], ("@注",))


@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_looks_like_a_formula_is_recognised(text: str) -> None:
    assert acts_as_formula(text)


def test_plain_text_is_not_taken_for_a_formula() -> None:
    assert not any(acts_as_formula(text) for text in ("", "第一小学", "1-2", "——"))


def test_hostile_text_is_written_as_a_string_in_every_cell() -> None:
    target = BytesIO()
    with Book(target) as book:
        book.add(_grid(*HOSTILE))
    sheet = openpyxl.load_workbook(target).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells if cell.row in (3, 4)] == ["=1+1", "=1+1", "+1", "+1"]
    assert sheet["A3"].quotePrefix


def test_a_cast_has_the_texts_and_heights_of_a_drawn_workbook(tmp_path: Path) -> None:
    mould = Mould(_grid("甲", "乙"), title="表")
    other = _grid("=1+1", "很长的文字" * 20 + "<&>\ue000" + "0\ue001")
    mould.cast(tmp_path / "cast.xlsx", other)
    with Book(tmp_path / "drawn.xlsx") as book:
        book.add(other)
    cast, drawn = (openpyxl.load_workbook(tmp_path / f"{name}.xlsx").active for name in ("cast", "drawn"))
    assert cast is not None
    assert drawn is not None
    assert [[c.value for c in row] for row in cast.iter_rows()] == [[c.value for c in row] for row in drawn.iter_rows()]
    heights = [[sheet.row_dimensions[n].height for n in range(1, 6)] for sheet in (cast, drawn)]
    assert heights[0] == pytest.approx(heights[1], abs=0.5)  # XlsxWriter rounds to whole pixels
    assert {cell.data_type for row in cast.iter_rows() for cell in row if cell.value} == {"s"}


def test_a_mould_refuses_another_shape(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="shape"):
        Mould(_grid("甲"), title="").cast(tmp_path / "x.xlsx", _grid("甲", "乙"))


def test_characters_xml_forbids_are_dropped() -> None:
    assert clean("甲\x00乙\x0b\ud800丙\r\n丁") == "甲乙丙\n丁"
    assert clean(None) == ""


def test_a_file_name_takes_no_path_and_is_never_empty() -> None:
    assert file_stem("../../甲:乙/丙") == "_.._甲_乙_丙"
    assert file_stem("...") == "未命名"


@pytest.mark.parametrize(("value", "decimals", "shown"), [
    (0.5018, 2, "0.50"), (2.675, 2, "2.68"), (0.0005, 3, "0.001"), (-0.001, 2, "0.00"), (1234567.0, 0, "1234567"),
])  # fmt: skip
def test_figures_are_rounded_half_up_as_written(value: float, decimals: int, shown: str) -> None:
    assert round_half_up(value, decimals) == shown


def test_a_missing_figure_prints_as_not_reported_and_never_as_zero() -> None:
    target = BytesIO()
    with Book(target) as book:
        book.add(Grid("表", "", (10.0, 10.0), [], [[Cell(None, Look.TWO), Cell(0.0, Look.TWO)]]))
    sheet = openpyxl.load_workbook(target).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]] == ["未报", 0]
