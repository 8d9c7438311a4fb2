"""A whole folder at once: many files or one .zip, unpacked where nothing can come out of its folder."""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from junheng.common.errors import UserError
from junheng.intake.guards import MAX_BYTES, check_size
from junheng.web.reporting.uploads import file_name
from junheng.web.store import content, keep_content

MOST_FILES = 1000
_MOST_ZIP_BYTES = 300 * 1024 * 1024
_MOST_UNPACKED = 1024 * 1024 * 1024
_MOST_ENTRIES = 5000
_CHUNK = 1024 * 1024
_UTF8 = 0x800


def keep_uploads(uploads: Sequence[UploadedFile[Any]]) -> list[list[str]]:
    """[name, sha256] of each, kept in the store. Raises UserError."""
    if not uploads:
        raise UserError("没有选择文件", remedy="请选择整个文件夹的表格，或一个 .zip")
    if len(uploads) > MOST_FILES:
        raise UserError(f"一次最多上传 {MOST_FILES} 个文件", remedy="请分几次上传，或压缩成一个 .zip")
    for each in uploads:
        if _is_zip(each.name or ""):
            if (each.size or 0) > _MOST_ZIP_BYTES:
                raise UserError("压缩包超过 300 MB", where=f"《{each.name}》", remedy="请分成几个压缩包")
        else:
            check_size(each.size or 0)
    return [[each.name or "上传文件", keep_content(each.read())] for each in uploads]


@contextmanager
def unpacked_folder(files: Sequence[Sequence[str]]) -> Iterator[Path]:
    """All files in one folder that is gone afterwards; what an archive holds stands below the archive's name."""
    with tempfile.TemporaryDirectory(prefix="junheng-upload-") as name:
        folder = Path(name)
        for given, sha256 in files:
            if _is_zip(given):
                _unzip(given, content(sha256), folder)
            else:
                _write(folder, file_name(given), content(sha256))
        yield folder


def _is_zip(name: str) -> bool:
    return name.lower().endswith(".zip")


def _unzip(name: str, data: bytes, folder: Path) -> None:
    path = folder / "archive.part"
    path.write_bytes(data)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [each for each in archive.infolist() if not each.is_dir()]
            if len(entries) > _MOST_ENTRIES:
                raise UserError(f"压缩包里超过 {_MOST_ENTRIES} 个文件", where=f"《{name}》", remedy="请只压缩填报表")
            left = _MOST_UNPACKED
            for each in entries:
                left -= _extract(archive, each, folder, left, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise UserError("压缩包损坏或格式不支持", where=f"《{name}》", remedy="请重新压缩成 .zip 后再传") from error
    except RuntimeError as error:
        raise UserError("压缩包设有密码", where=f"《{name}》", remedy="请取消密码后再传") from error
    finally:
        path.unlink(missing_ok=True)


def _extract(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path, left: int, name: str) -> int:
    """Writes one entry and returns its size as it really is: what the directory of the archive says is only a claim."""
    parts = [part for part in PurePosixPath(_readable(entry).replace("\\", "/")).parts if part not in ("/", ".", "..")]
    if not parts or any(part.startswith((".", "~$", "__MACOSX")) for part in parts):
        return 0
    read = bytearray()
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            read += chunk
            if len(read) > left:
                raise UserError("压缩包解压后超过 1 GB", where=f"《{name}》", remedy="请只压缩填报表，分几次上传")
            if len(read) > MAX_BYTES + _CHUNK:
                break  # written cut off above the limit, so that the reader refuses it in its own words
    _write(folder.joinpath(*(file_name(part) for part in parts[:-1])), file_name(parts[-1]), bytes(read))
    return len(read)


def _readable(entry: zipfile.ZipInfo) -> str:
    """Names without the UTF-8 mark come from Chinese Windows, in GBK."""
    if entry.flag_bits & _UTF8:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return entry.filename


def _write(folder: Path, name: str, data: bytes) -> None:
    """A second file of the same name stands beside the first under its own number."""
    folder.mkdir(parents=True, exist_ok=True)
    path, number = folder / name, 2
    while path.exists():
        path, number = folder / f"{Path(name).stem}（{number}）{Path(name).suffix}", number + 1
    path.write_bytes(data)
