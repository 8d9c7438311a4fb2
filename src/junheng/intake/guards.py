"""入口检查: what is refused before a parser sees it — macros, passwords, bombs and cells that would exhaust memory."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import ParseError, iterparse

from junheng.common.errors import IntakeError

MAX_BYTES = 50 * 1024 * 1024
MAX_UNPACKED = 500 * 1024 * 1024
MAX_COLUMNS = 100_000
MAX_CELLS = 20_000_000
"""A sheet is held as a full grid, so one stray cell far away costs as much as a full sheet."""

_DEFLATE_LIMIT = 1032  # deflate cannot expand further than this, whatever the zip directory claims
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORKBOOK_PART = re.compile(r"xl/workbook\d*\.xml")
"""Some exporters number it."""

_GLOBALS = b"\x09\x08\x10\x00\x00\x06\x05\x00"  # BOF of the workbook globals, BIFF8
_FILEPASS, _FIRST_RECORDS = 0x2F, 12
_FAR = re.compile(rb"""r=["'](?:[A-Za-z]{3,}\d|[A-Za-z]*\d{6})""")
_FORMULA = (b"<f>", b"<f ", b"<f/", b":f>", b't="e"', b"t='e'")
_DIMENSION = re.compile(rb"""<(?:\w+:)?dimension[^>]*?ref=["'][^"']*?([A-Za-z]+)\d+["']""")
_CELL = re.compile(r"([A-Za-z]*)(\d+)")
_CHUNK = 4 * 1024 * 1024


class RejectedFileError(IntakeError):
    """A file that is not read at all. rule: its id in READING_RULES."""

    def __init__(self, rule: str, what: str, remedy: str) -> None:
        self.rule = rule
        super().__init__(what, remedy=remedy)


def check_size(size: int) -> None:
    """Raises RejectedFileError for an empty file or one over MAX_BYTES."""
    if size == 0:
        raise RejectedFileError("E-empty-file", "文件是空的（0 字节）", "请重新上报这份文件")
    if size > MAX_BYTES:
        raise RejectedFileError("E-file-too-large", f"文件有 {size / 1024 / 1024:.0f} MB，超过 50 MB 的上限",
                                "请删去图片、附件和多余的工作表后重新保存")  # fmt: skip


def check_container(data: bytes, suffix: str) -> list[str]:
    """Raises RejectedFileError unless the bytes are a plain, sane .xlsx or .xls workbook.

    Returns the parts of an .xlsx that hold formulas or error values; they are met in the same pass.
    """
    if data.startswith(_OLE):
        _check_ole(data)
        return []
    if data.startswith(b"PK"):
        return _check_zip(data, suffix)
    raise RejectedFileError("E-not-a-spreadsheet", f"扩展名是 {suffix}，内容却不是 Excel 工作簿",
                            "请用 Excel 或 WPS 打开后另存为 .xlsx")  # fmt: skip


def _check_ole(data: bytes) -> None:
    if "EncryptedPackage".encode("utf-16-le") in data or _has_file_password(data):
        raise encrypted()
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        raise _macros()
    if any(name.encode("utf-16-le") in data for name in ("WordDocument", "PowerPoint Document")):
        raise RejectedFileError("E-not-a-spreadsheet", "文件不是 Excel 工作簿（是 Word 或 PowerPoint 文件）", "请用 Excel 或 WPS 另存为 .xlsx")


def _has_file_password(data: bytes) -> bool:
    """Whether an .xls has a FILEPASS record, which stands among the first of its globals."""
    at = data.find(_GLOBALS)
    for _ in range(_FIRST_RECORDS if at >= 0 else 0):
        kind, length = struct.unpack_from("<HH", data, at)
        if kind == _FILEPASS:
            return True
        at += 4 + length
        if at + 4 > len(data):
            break
    return False


def encrypted() -> RejectedFileError:
    return RejectedFileError("E-encrypted", "文件设有打开密码", "请在 Excel 或 WPS 中取消密码后重新保存")


def _macros() -> RejectedFileError:
    return RejectedFileError("E-macro-workbook", "文件带有宏", "请另存为不带宏的 .xlsx 工作簿")


def unreadable() -> RejectedFileError:
    return RejectedFileError("E-unreadable", "文件损坏或不完整，无法打开", "请用 Excel 或 WPS 打开原文件重新保存，再上报")


def _check_zip(data: bytes, suffix: str) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            if suffix == ".xlsm" or any(name.endswith("vbaProject.bin") for name in names):
                raise _macros()
            if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise RejectedFileError("E-unpacks-too-large", "文件解压后超过 500 MB", "请删去多余的内容后重新保存；若文件来历不明，请勿打开")
            if not any(WORKBOOK_PART.fullmatch(name) for name in names):
                raise RejectedFileError("E-not-a-spreadsheet", "文件不是 .xlsx 工作簿", "请用 Excel 或 WPS 打开后另存为 .xlsx")
            if sum(entry.compress_size for entry in entries) * _DEFLATE_LIMIT > MAX_UNPACKED:
                _check_true_sizes(archive)
            sheets = [each for each in entries if "worksheets/" in each.filename and each.filename.endswith(".xml")]
            return [entry.filename for entry in sheets if _check_extent(archive, entry)]
    except (zipfile.BadZipFile, zlib.error, EOFError, ParseError, NotImplementedError, ValueError, OSError) as error:
        raise unreadable() from error
    except RuntimeError as error:  # zipfile's way of saying that an entry has a password
        raise encrypted() from error


def _check_true_sizes(archive: zipfile.ZipFile) -> None:
    # The directory's sizes are only a claim; reading to the end makes zipfile compare length and checksum.
    for entry in archive.infolist():
        with archive.open(entry) as stream:
            while stream.read(_CHUNK):
                pass


def _check_extent(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """Whether the sheet has formulas or error values. Raises RejectedFileError when its cells reach too far."""
    seen_far, seen_formula, tail, first = False, False, b"", True
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            if first and (claim := _DIMENSION.search(chunk)) and _column_number(claim[1].decode()) > MAX_COLUMNS:
                raise too_many_columns()
            first = False
            seen_far = seen_far or _FAR.search(tail + chunk) is not None
            seen_formula = seen_formula or any(mark in chunk for mark in _FORMULA)
            tail = chunk[-32:]
    if seen_far:
        _check_filled_extent(archive, entry)
    return seen_formula


def _check_filled_extent(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    last_row = last_column = 0
    farthest = ""
    for reference, row, column in _filled_cells(archive, entry):
        if column > MAX_COLUMNS:
            raise too_many_columns()
        if row > last_row or column > last_column:
            last_row, last_column, farthest = max(row, last_row), max(column, last_column), reference
    if last_row * last_column > MAX_CELLS:
        raise RejectedFileError("E-far-cell", f"单元格 {farthest} 离数据极远，整张表大到无法读入",
                                f"请用“定位”到 {farthest}，删除它所在的行和列后重新保存")  # fmt: skip


def _filled_cells(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[tuple[str, int, int]]:
    row = column = 0
    with archive.open(entry) as stream:
        for event, element in iterparse(stream, events=("start", "end")):
            tag = element.tag.rpartition("}")[2]
            if event == "start":
                if tag == "row":
                    row, column = int(element.get("r", row + 1)), 0
            elif tag == "c":
                reference = element.get("r", "")
                match = _CELL.fullmatch(reference)
                column = _column_number(match[1]) if match else column + 1
                row = int(match[2]) if match else row
                if any(child.tag.rpartition("}")[2] in ("v", "is") for child in element):
                    yield reference, row, column
                element.clear()
            elif tag == "row":
                element.clear()


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def too_many_columns() -> RejectedFileError:
    return RejectedFileError("E-too-many-columns", "表格超过 100000 列", "请删去右侧多余的列后重新保存")
