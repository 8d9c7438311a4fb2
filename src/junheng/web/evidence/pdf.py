"""A PDF that does something by itself is refused: scripts, programs to start, files inside.

Names may be written with #-codes and stand in compressed streams, so both are undone before looking. What is encrypted
cannot be looked into and is refused too.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from junheng.common.errors import UserError

_ACTING = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|GoToE)(?![A-Za-z])")
_ENCRYPTED = re.compile(rb"/Encrypt(?![A-Za-z])")
_CODED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"stream\r?\n")
_MOST_UNPACKED = 200 * 1024 * 1024


def refuse_active_pdf(data: bytes) -> None:
    """Raises UserError."""
    if b"%PDF-" not in data[:1024]:
        raise UserError("内容不是 PDF", remedy="请重新导出为 PDF 后再传")
    if b"%%EOF" not in data[-2048:]:
        raise UserError("PDF 不完整", why="文件没有结尾，可能没有传完", remedy="请重新导出后再传")
    for part in (data, *_streams(data)):
        names = _CODED.sub(lambda found: bytes([int(found[1], 16)]), part)
        if _ENCRYPTED.search(names):
            raise UserError("PDF 设有密码或加密", why="加密的内容无法检查", remedy="请取消加密后再传")
        if _ACTING.search(names):
            raise UserError("PDF 带有脚本、附件或会启动程序的内容", remedy="请打印成新的 PDF 后再传")


def _streams(data: bytes) -> Iterator[bytes]:
    """Every compressed stream, unpacked; those in other encodings hold pictures and fonts, which do nothing."""
    left = _MOST_UNPACKED
    for found in _STREAM.finditer(data):
        unpacking = zlib.decompressobj()
        try:
            unpacked = unpacking.decompress(data[found.end() :], left)
        except zlib.error:
            continue
        left -= len(unpacked)
        if left <= 0:
            raise UserError("PDF 解压后过大", remedy="请缩小后再传")
        yield unpacked
