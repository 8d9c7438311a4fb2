"""Pieces of .docx in the form of GB/T 9704: page, paragraphs, tables, page numbers.

Paragraphs and tables are built as XML text and parsed once: python-docx's own cell access is quadratic.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

from junheng.reports.grid import Grid, Line, Look, shown
from junheng.reports.text import clean

TITLE_FONT, BODY_FONT, HEADING_FONT, SUBHEADING_FONT = "方正小标宋简体", "仿宋", "黑体", "楷体"
_TWIPS_PER_MM = 1440 / 25.4
_A4 = (210, 297)
_TIGHTER = -5
"""Twentieths of a point between characters of 三号 text: 28 of them fill the 156 mm core."""


def paper(*, landscape: bool) -> Any:
    """An empty A4 document with page numbers: official margins upright, 20 mm all round when landscape."""
    document = Document()
    for element in list(document.element.body.iterchildren()):
        if not element.tag.endswith("sectPr"):
            document.element.body.remove(element)
    normal = document.styles["Normal"]
    normal.font.size = Pt(10.5 if landscape else 16)
    normal.font.name = BODY_FONT
    normal.element.rPr.rFonts.set(f"{{{_W}}}eastAsia", BODY_FONT)
    language = normal.element.rPr.makeelement(f"{{{_W}}}lang", {f"{{{_W}}}val": "zh-CN", f"{{{_W}}}eastAsia": "zh-CN"})
    normal.element.rPr.append(language)
    normal.paragraph_format.space_after = Pt(0)
    section = document.sections[0]
    width, height = (_A4[1], _A4[0]) if landscape else _A4
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    edges = (20, 18, 20, 20) if landscape else (37, 35, 28, 26)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Mm, edges)
    section.footer_distance = Mm(10 if landscape else 24)
    if not landscape:
        _line_grid(section)
    _page_numbers(document, section)
    return document


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _line_grid(section: Any) -> None:
    """22 lines of 28 pt on the 225 mm core. (A character grid would stretch mixed text; see `_TIGHTER`.)"""
    for old in section._sectPr.findall(f"{{{_W}}}docGrid"):
        section._sectPr.remove(old)
    section._sectPr.append(
        parse_xml(f'<w:docGrid {nsdecls("w")} w:type="lines" w:linePitch="560"/>')
    )


def _page_numbers(document: Any, section: Any) -> None:
    """— 1 — in 4号宋体 on the outer side: right on odd pages, left on even ones."""
    document.settings.odd_and_even_pages_header_footer = True
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        run = '<w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/><w:sz w:val="28"/></w:rPr>'
        footer._element.replace(
            footer.paragraphs[0]._p,
            parse_xml(
                f'<w:p {nsdecls("w")}><w:pPr><w:jc w:val="{side}"/><w:ind w:leftChars="100" w:rightChars="100"/></w:pPr>'
                f'<w:r>{run}<w:t xml:space="preserve">— </w:t></w:r>'
                f'<w:fldSimple w:instr=" PAGE "><w:r>{run}<w:t>1</w:t></w:r></w:fldSimple>'
                f'<w:r>{run}<w:t xml:space="preserve"> —</w:t></w:r></w:p>'
            ),
        )


def save(document: Any, pieces: Iterable[str], path: Path, *, title: str) -> None:
    """Set pieces of XML text into the empty document and save it.

    The document is parsed anew with its text in it: moving thousands of elements from one lxml tree to another is slow.
    """
    document.core_properties.title = clean(title)
    document.core_properties.author = "均衡（Junheng）"
    whole = document.part.blob
    end = whole.rindex(b"<w:sectPr")
    document.part._element = parse_xml(whole[:end] + "".join(pieces).encode() + whole[end:])
    document.save(str(path))


def paragraph(text: str, *, font: str = BODY_FONT, size: float = 16, align: str = "both", indent: bool = True, before: float = 0,
              line: float = 28, keep: bool = False, page_break: bool = False, bold: bool = False) -> str:  # fmt: skip
    """One paragraph. size, before, line in points; indent: two characters on the first line; line breaks are kept."""
    properties = (
        ("<w:keepNext/>" if keep else "")
        + ("<w:pageBreakBefore/>" if page_break else "")
        + f'<w:spacing w:before="{int(before * 20)}" w:after="0" w:line="{int(line * 20)}" w:lineRule="exact"/>'
        + (f'<w:ind w:firstLineChars="200" w:firstLine="{int(size * 40)}"/>' if indent else "")
        + f'<w:jc w:val="{align}"/>'
    )
    return f"<w:p><w:pPr>{properties}</w:pPr>{_runs(text, font, size, bold)}</w:p>"


def _runs(text: str, font: str, size: float, bold: bool = False) -> str:
    tighter = f'<w:spacing w:val="{_TIGHTER}"/>' if size == 16 else ""
    look = (
        f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/>'
        f'{"<w:b/>" if bold else ""}{tighter}<w:sz w:val="{int(size * 2)}"/></w:rPr>'
    )
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(escape(part) for part in clean(text).split("\n"))
    return f'<w:r>{look}<w:t xml:space="preserve">{lines}</w:t></w:r>'


_BORDERS = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
                   for side in ("top", "left", "bottom", "right", "insideH", "insideV"))  # fmt: skip


def table(grid: Grid, *, width_mm: float, size: float = 9) -> str:
    """A grid as a table of the given width, its header repeated on every page."""
    total = sum(grid.widths)
    widths = [int(width_mm * _TWIPS_PER_MM * width / total) for width in grid.widths]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    out = [
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
    ]
    for lines, is_head in ((grid.head, True), (grid.body, False)):
        reaching: dict[int, tuple[int, int]] = {}
        for line in lines:
            out.append(_row(line, widths, reaching, size, is_head))
    out.append("</w:tbl>")
    return "".join(out)


def _row(line: Line, widths: list[int], reaching: dict[int, tuple[int, int]], size: float, is_head: bool) -> str:
    """One row. reaching: column → (rows still covered, columns covered) by a cell above."""
    cells, column = [], 0
    while column < len(widths):
        cell = line[column]
        if cell is None:
            left, span = reaching.get(column, (0, 1))
            if left:
                reaching[column] = (left - 1, span)
            cells.append(_cell("", widths[column : column + span], span, "continue" if left else "", Look.TEXT, size))
        else:
            span = cell.cols
            if cell.rows > 1:
                reaching[column] = (cell.rows - 1, span)
            look = Look.CENTRE if cell.value is None else cell.look
            cells.append(_cell(shown(cell), widths[column : column + span], span, "restart" if cell.rows > 1 else "", look, size))
        column += span
    properties = "<w:trPr><w:cantSplit/>" + ("<w:tblHeader/>" if is_head else "") + "</w:trPr>"
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def _cell(text: str, widths: list[int], span: int, merge: str, look: Look, size: float) -> str:
    align = "right" if look.is_figure else "left" if look is Look.TEXT else "center"
    properties = (
        f'<w:tcW w:w="{sum(widths)}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
        + (f'<w:vMerge w:val="{merge}"/>' if merge else "")
        + ('<w:shd w:val="clear" w:color="auto" w:fill="F2F4F7"/>' if look is Look.HEAD else "")
        + '<w:vAlign w:val="center"/>'
    )
    font = HEADING_FONT if look is Look.HEAD else BODY_FONT
    return (
        f'<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:pPr><w:snapToGrid w:val="0"/><w:spacing w:before="20" w:after="20" w:line="240" '
        f'w:lineRule="auto"/><w:jc w:val="{align}"/></w:pPr>{_runs(text, font, size)}</w:p></w:tc>'
    )
