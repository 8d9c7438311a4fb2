"""公式: cells whose formula carries no usable value. A reader of cached values would see them as blank."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal
from xml.etree.ElementTree import Element, fromstring

Broken = Literal["missing", "error"]
_SUSPECT = re.compile(rb"<(?:\w+:)?f[ />]|t=[\"']e[\"']")
_MOST_BYTES = 64 * 1024 * 1024  # a tree takes ten times its text; a sheet beyond this is read without this courtesy
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def broken_formulas(data: bytes) -> dict[str, dict[str, Broken]]:
    """Sheet name → cell → what is wrong with it. Empty for .xls, whose formulas always store a value."""
    if not data.startswith(b"PK"):
        return {}
    out: dict[str, dict[str, Broken]] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        suspects = {
            name: text
            for name in archive.namelist()
            if "worksheets/" in name and name.endswith(".xml") and archive.getinfo(name).file_size < _MOST_BYTES
            and _SUSPECT.search(text := archive.read(name))
        }
        if suspects:
            names = _sheet_names(archive)
            out = {names[path]: _broken_cells(text) for path, text in suspects.items() if path in names}
    return out


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    relations = {
        each.get("Id", ""): each.get("Target", "") for each in fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    names = {}
    for sheet in fromstring(archive.read("xl/workbook.xml")).iter():
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
