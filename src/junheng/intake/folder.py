"""上报文件夹: which files there are, in a fixed order, and which of them are worth opening."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from junheng.common.errors import IntakeError
from junheng.intake.register_files import register_table
from junheng.intake.workbook import TEXT_SUFFIXES, WORKBOOK_SUFFIXES

_SYSTEM_NAMES = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


@dataclass(frozen=True)
class Found:
    """A file to read. name: relative to the root, with forward slashes."""

    path: Path
    name: str

    @property
    def folder(self) -> Path:
        return self.path.parent


@dataclass
class Folder:
    """tables: workbooks and CSV files; registers: folders with person-level files; others: names of files that are neither;
    closed: names of folders that could not be looked into."""

    root: Path
    tables: list[Found] = field(default_factory=list)
    registers: list[Path] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)


def source_root(paths: Sequence[Path]) -> Path:
    """The folder that names of source files are relative to: the folder given, or the nearest one holding all."""
    return Path(os.path.commonpath([path.resolve() if path.is_dir() else path.resolve().parent for path in paths]))


def look_into(paths: Sequence[Path]) -> Folder:
    """All files below the paths, each once, by name. Raises IntakeError for a path that does not exist."""
    for path in paths:
        if not os.path.exists(path):
            raise IntakeError("没有这个文件或文件夹", where=str(path), remedy="请核对路径")
    found = Folder(source_root(paths))
    closed: list[Path] = []
    for file in sorted({each for path in paths for each in _files(path.resolve(), closed)}):
        each = Found(file, readable_name(file, found.root))
        if register_table(file):
            if file.parent not in found.registers:
                found.registers.append(file.parent)
        elif file.suffix.lower() in WORKBOOK_SUFFIXES + TEXT_SUFFIXES:
            found.tables.append(each)
        else:
            found.others.append(each.name)
    found.closed = [readable_name(each, found.root) for each in sorted(closed)]
    return found


def readable_name(file: Path, root: Path) -> str:
    """A file's name relative to the root. Names unpacked by old tools are GBK bytes; any others show � for what they hide."""
    name = os.fsencode(file.relative_to(root).as_posix())
    for encoding in ("utf-8", "gb18030"):
        try:
            return name.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name.decode("utf-8", "replace")


def _files(path: Path, closed: list[Path]) -> list[Path]:
    if path.is_file():
        return [path]
    files: list[Path] = []
    for folder, folders, names in os.walk(path, onerror=lambda error: closed.append(Path(os.fsdecode(error.filename)))):
        folders[:] = [name for name in folders if not _is_system(name) and not _is_result(Path(folder, name))]
        files.extend(Path(folder, name) for name in names if not _is_system(name))
    return files


def _is_result(folder: Path) -> bool:
    """Whether `junheng assess` wrote this folder: its tables report nothing new."""
    return os.path.isdir(folder / "releases") and os.path.isfile(folder / "index.html")  # no error where not permitted


def _is_system(name: str) -> bool:
    return name.startswith(("~$", ".~", ".")) or name.lower() in _SYSTEM_NAMES
