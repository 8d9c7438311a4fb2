"""公式: cells whose formula carries no usable value. A reader of cached values would see them as blank."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Literal
from xml.etree.ElementTree import Element, fromstring

from junheng.intake.guards import WORKBOOK_PART

Broken = Literal["missing", "error"]
_MOST_BYTES = 64 * 1024 * 1024  # a tree takes ten times its text; a sheet beyond this is read without this courtesy
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def broken_formulas(data: bytes, parts: Sequence[str]) -> dict[str, dict[str, Broken]]:
    """Sheet name → cell → what is wrong with it. parts: the worksheets of the .xlsx that hold formulas or errors."""
    if not parts:
        return {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = _sheet_names(archive)
        return {
            names[path]: _broken_cells(archive.read(path))
            for path in parts
            if path in names and archive.getinfo(path).file_size < _MOST_BYTES
        }


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    workbook = next(name for name in archive.namelist() if WORKBOOK_PART.fullmatch(name))
    related = archive.read(f"xl/_rels/{workbook.removeprefix('xl/')}.rels")
    relations = {each.get("Id", ""): each.get("Target", "") for each in fromstring(related)}
    names = {}
    for sheet in fromstring(archive.read(workbook)).iter():
        if _local(sheet) == "sheet":
            target = relations.get(sheet.get(_RELATION, ""), "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            names[path] = sheet.get("name", "")
    return names


def _broken_cells(text: bytes) -> dict[str, Broken]:
    out: dict[str, Broken] = {}
    for cell in fromstring(text).iter():
        if _local(cell) != "c":
            continue
        parts = {_local(part): (part.text or "") for part in cell}
        if cell.get("t") == "e":
            out[cell.get("r", "")] = "error"
        elif "f" in parts and not parts.get("v") and cell.get("t") != "str":
            out[cell.get("r", "")] = "missing"
    return out
