"""Results appear whole or not at all: they are written into a hidden folder and moved when all of them are there."""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from xlsxwriter.exceptions import XlsxWriterException

from junheng.common.errors import UserError

DETAIL, PROVINCE = "detail.json", "province.json"
RELEASES = "releases"
_UNKNOWN = "未知区县"
_REASONS = {errno.ENOSPC: "磁盘已满", errno.EDQUOT: "磁盘配额已用完", errno.EROFS: "磁盘是只读的", errno.EACCES: "没有写入的权限",
            errno.EPERM: "没有写入的权限", errno.EFBIG: "文件超过系统允许的大小", errno.ENOTDIR: "上级路径是一个文件", errno.EEXIST: "上级路径是一个文件"}  # fmt: skip


def county_folder(code: str) -> str:
    """The folder of one of several counties: its code, in characters that cannot lead elsewhere."""
    return re.sub(r"\W", "_", code) or _UNKNOWN


def refuse_out(out: Path, sources: Sequence[Path]) -> None:
    """Raises UserError when results would be written over what was handed in, or over a file."""
    if out.exists() and not out.is_dir():
        raise UserError("结果要写到一个文件夹，这里却是一个文件", where=str(out), remedy="请用 --out 另写一个文件夹")
    for source in sources:
        if out.resolve() == source.resolve() or out.resolve() in source.resolve().parents:
            raise UserError("结果文件夹就是上报文件夹（或包含它），会与上报的文件混在一起", where=str(out), remedy="请用 --out 另写一个文件夹")


class Staging:
    """A folder whose entries replace the target's when the block ends without an error.

    What cannot be written raises UserError, with nothing left behind and the target as it was.
    """

    def __init__(self, out: Path) -> None:
        self._out = out

    def __enter__(self) -> Path:
        try:
            # Inside a target that is there: it may be a volume of its own, whose parent cannot be written or moved from.
            beside = self._out if self._out.is_dir() else self._out.parent
            beside.mkdir(parents=True, exist_ok=True)
            self._folder = Path(tempfile.mkdtemp(prefix=f".{self._out.name}-", dir=beside))
        except OSError as error:
            raise _cannot_write(self._out, error) from error
        return self._folder

    def __exit__(self, kind: object, error: BaseException | None, _: object) -> None:
        try:
            if kind is None:
                self._publish()
        except OSError as failed:
            raise _cannot_write(self._out, failed) from failed
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)
        if isinstance(error, UserError):
            return  # it says already what to do, also where a file could not be read
        cause = next((each for each in _chain(error) if isinstance(each, OSError)), None)
        if cause is not None or isinstance(error, XlsxWriterException):
            raise _cannot_write(self._out, cause) from error

    def _publish(self) -> None:
        """Releases are added to those already there; the results that name them go last."""
        self._out.mkdir(exist_ok=True)
        (self._out / RELEASES).mkdir(exist_ok=True)
        for release in (self._folder / RELEASES).iterdir():
            if not (self._out / RELEASES / release.name).exists():
                release.rename(self._out / RELEASES / release.name)
        shutil.rmtree(self._folder / RELEASES)
        outdated = self._outdated()
        for entry in sorted(self._folder.iterdir(), key=lambda path: path.suffix == ".json"):
            _remove(self._out / entry.name, only_folder=True)
            os.replace(entry, self._out / entry.name)
        for name in outdated:
            _remove(self._out / name)

    def _outdated(self) -> list[str]:
        """What an earlier run left that this one does not replace: one county's documents where there are now several,
        or the folders of counties that are no longer assessed."""
        new = {entry.name for entry in self._folder.iterdir()}
        counties = [entry.name for entry in self._out.iterdir() if (entry / DETAIL).is_file() and entry != self._folder]
        documents = {entry.name for county in self._folder.iterdir() if (county / DETAIL).is_file() for entry in county.iterdir()}
        return [name for name in (*counties, *sorted(documents), PROVINCE) if name not in new]


def _remove(path: Path, *, only_folder: bool = False) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    elif not only_folder:
        path.unlink(missing_ok=True)


def _chain(error: BaseException | None) -> list[BaseException]:
    out: list[BaseException] = []
    while error is not None and error not in out:
        out.append(error)
        error = error.__cause__ or error.__context__
    return out


def _cannot_write(out: Path, error: OSError | None) -> UserError:
    why = _REASONS.get(error.errno or 0, error.strerror or "") if error is not None else ""
    return UserError("结果写不进去，没有留下任何新文件", where=str(out), why=why, remedy="请腾出空间或换一个可写的文件夹后重试")
