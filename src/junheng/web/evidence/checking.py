"""What an uploaded file really is: its kind by its content, and nothing in it that acts by itself.

Nothing is ever opened by the programs it is meant for. Pictures are decoded and written anew, which turns them
upright and drops where and with what they were taken.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from PIL import Image, ImageOps, UnidentifiedImageError

from junheng.common.errors import UserError
from junheng.web.evidence.pdf import refuse_active_pdf

MOST_BYTES = 50 * 1024 * 1024
MOST_PICTURE_BYTES = 20 * 1024 * 1024
_MOST_UNPACKED = 300 * 1024 * 1024
_MOST_ENTRIES = 5000
_MOST_PIXELS = 60_000_000
_LONGEST_SIDE, _PREVIEW_SIDE = 3000, 480
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ACTING_PARTS = ("vbaproject.bin", "activex", "oleobject", "macrosheets", "attachedtoolbars")
ALLOWED = "PDF、JPG、PNG、Word（.docx）、Excel（.xlsx）"


@dataclass(frozen=True)
class Checked:
    """A file that may be kept. data: as it is kept, which for a picture is not as it came; preview: a small JPEG, b"" = none."""

    data: bytes
    media_type: str
    preview: bytes = b""


def checked(name: str, data: bytes) -> Checked:
    """Raises UserError, in words for whoever uploaded it."""
    suffix = PurePosixPath(name).suffix.lower()
    reader = _READERS.get(suffix)
    if reader is None:
        raise UserError("这种文件不能作佐证", where=f"《{name}》", why=f"扩展名是“{suffix or '无'}”", remedy=f"请上传 {ALLOWED}")
    if not data:
        raise UserError("文件是空的", where=f"《{name}》", remedy="请重新选择文件")
    most = MOST_PICTURE_BYTES if suffix in (".jpg", ".jpeg", ".png") else MOST_BYTES
    if len(data) > most:
        raise UserError(f"文件有 {len(data) / 1024 / 1024:.0f} MB，超过 {most // 1024 // 1024} MB", where=f"《{name}》", remedy="请压缩或拆分后再传")
    try:
        return reader(data)
    except UserError as error:
        raise UserError(error.what, where=f"《{name}》", why=error.why, remedy=error.remedy) from error


def _picture(format: str, media_type: str) -> Callable[[bytes], Checked]:
    def read(data: bytes) -> Checked:
        try:
            with Image.open(io.BytesIO(data), formats=[format]) as opened:
                if opened.width * opened.height > _MOST_PIXELS:
                    raise UserError("图片太大", why=f"{opened.width}×{opened.height} 像素", remedy="请缩小后再传")
                image = ImageOps.exif_transpose(opened).convert("RGBA" if format == "PNG" and "A" in opened.mode else "RGB")
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
            raise UserError("内容不是扩展名所说的图片，或已经损坏", remedy="请重新保存图片后再传") from error
        image.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
        small = image.convert("RGB")
        small.thumbnail((_PREVIEW_SIDE, _PREVIEW_SIDE))
        return Checked(_written(image, format), media_type, _written(small, "JPEG"))

    return read


def _written(image: Image.Image, format: str) -> bytes:
    """Pixels alone: what else the file carried stays behind."""
    plain = Image.new(image.mode, image.size)
    plain.paste(image)
    out = io.BytesIO()
    plain.save(out, format, **({"quality": 88} if format == "JPEG" else {}))
    return out.getvalue()


def _pdf(data: bytes) -> Checked:
    refuse_active_pdf(data)
    return Checked(data, "application/pdf")


def _office(part: str, media_type: str, word: str) -> Callable[[bytes], Checked]:
    def read(data: bytes) -> Checked:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                _refuse_acting(archive, part, word)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
            raise UserError(f"内容不是 {word} 文件，或已经损坏", remedy="请重新保存后再传") from error
        except RuntimeError as error:
            raise UserError("文件设有密码", remedy="请取消密码后再传") from error
        return Checked(data, media_type)

    return read


def _refuse_acting(archive: zipfile.ZipFile, part: str, word: str) -> None:
    entries = archive.infolist()
    names = [entry.filename.lower() for entry in entries]
    if part not in names or "[content_types].xml" not in names:
        raise UserError(f"内容不是 {word} 文件", remedy=f"请在 Office 或 WPS 中另存为 {word} 格式后再传")
    if len(entries) > _MOST_ENTRIES or sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
        raise UserError("文件解压后过大", remedy="请删去多余的内容后再传")
    if any(word in name for name in names for word in _ACTING_PARTS):
        raise UserError("文件带有宏或嵌入的程序", remedy="请另存为不带宏的文件，删去嵌入对象后再传")
    types = next(entry for entry in entries if entry.filename.lower() == "[content_types].xml")
    if b"macroenabled" in archive.read(types).lower():
        raise UserError("文件带有宏", remedy="请另存为不带宏的文件后再传")


_READERS: Mapping[str, Callable[[bytes], Checked]] = {
    ".pdf": _pdf, ".jpg": _picture("JPEG", "image/jpeg"), ".jpeg": _picture("JPEG", "image/jpeg"), ".png": _picture("PNG", "image/png"),
    ".docx": _office("word/document.xml", _WORD, "Word（.docx）"), ".xlsx": _office("xl/workbook.xml", _EXCEL, "Excel（.xlsx）"),
}  # fmt: skip
