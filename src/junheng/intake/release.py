"""数据版本: freeze what was handed in, open it again, prove that it has not changed.

On disk: <store>/<first 16 hex of the hash>/{school,county,judgement,source_cell}.parquet and manifest.json.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import time
import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from junheng.common.errors import ReleaseError
from junheng.common.findings import Finding, Level
from junheng.intake.manifest import MANIFEST, Manifest, read_manifest
from junheng.intake.model import Facts, Intake, RowKey, SourceCell, SourceFile
from junheng.intake.release_frames import (
    Columns,
    cells_of,
    content_hash,
    fact_columns,
    rows_of,
    source_cell_frame,
)
from junheng.tables import CONTRACT_VERSION, table
from junheng.tables.catalogue import FACT_TABLES

_TABLES = (*(each.name for each in FACT_TABLES), "source_cell")
_TEMPORARY = ".tmp-"
_STALE_SECONDS = 3600.0
_REMEDY = "请从备份恢复该目录，或用原表重新生成数据版本"


@dataclass(frozen=True)
class Release:
    """A frozen release. hash: "sha256:<64 hex>"."""

    path: Path
    manifest: Manifest

    @property
    def hash(self) -> str:
        return self.manifest.hash

    @property
    def school_year(self) -> int:
        return self.manifest.school_year

    @property
    def counties(self) -> dict[str, str]:
        """county_code → name as reported ("" where none was)."""
        return self.manifest.counties

    @property
    def by(self) -> str:
        return self.manifest.by

    @property
    def when(self) -> datetime:
        return self.manifest.when

    @property
    def row_counts(self) -> dict[str, int]:
        return self.manifest.row_counts

    @property
    def sources(self) -> list[SourceFile]:
        return self.manifest.sources

    @property
    def findings(self) -> list[Finding]:
        return self.manifest.findings

    @property
    def left_out(self) -> list[str]:
        return self.manifest.left_out

    @property
    def is_formal(self) -> bool:
        """正式数据版本: no error finding stood when it was frozen (rules.md §2.5)."""
        return not any(finding.level is Level.ERROR for finding in self.findings)

    def parquet(self, table_name: str) -> Path:
        """The Parquet file of "school", "county", "judgement" or "source_cell"."""
        return self.path / f"{table_name}.parquet"

    def figures(self) -> Facts:
        """The reported values alone, without the cells they stood in: what measuring needs."""
        facts = Facts(self.school_year)
        for each in FACT_TABLES:
            facts.rows(each.name).extend(rows_of(_read(self.parquet(each.name)), each))
        return facts

    def facts(self) -> Facts:
        """Everything the release holds, as intake handed it in."""
        facts = self.figures()
        facts.cells = self.cells()
        return facts

    def cells(self, school_code: str | None = None) -> dict[tuple[str, RowKey, str], SourceCell]:
        """Where the reported values stood. school_code: those of this school and of the county's own rows alone."""
        frame = _read(self.parquet("source_cell"))
        return cells_of(frame if school_code is None else frame.filter(pl.col("school_code").is_in([school_code, ""])))


def freeze(intake: Intake, store: Path, *, by: str, when: datetime) -> Release:
    """Write the release, or return the one that already holds exactly this content (then `by` and `when` stay its own).

    Nothing half-written is ever visible: the folder appears in one rename after everything is on the disk.
    """
    facts = intake.facts
    tables = fact_columns(facts)
    release_hash = content_hash(
        tables, school_year=facts.school_year, source_hashes=(source.sha256 for source in intake.sources)
    )
    final = store / release_hash.removeprefix("sha256:")[:16]
    store.mkdir(parents=True, exist_ok=True)
    _clean(store)
    if final.exists():
        return _existing(final, release_hash)
    temporary = store / f"{_TEMPORARY}{uuid.uuid4().hex}"
    temporary.mkdir()
    try:
        shas = _write_tables(temporary, tables, facts)
        manifest = Manifest(
            release_hash, CONTRACT_VERSION, facts.school_year, _counties(facts),
            {**{each.table.name: len(each) for each in tables}, "source_cell": len(facts.cells)}, shas,
            sorted(intake.sources, key=lambda source: (source.name, source.sha256)), list(intake.findings),
            list(intake.left_out), by, when,
        )  # fmt: skip
        _write_synced(temporary / MANIFEST, manifest.to_json().encode())
        _sync_folder(temporary)
        try:
            temporary.rename(final)
        except OSError:
            if not final.exists():  # not the race with another process that froze the same content
                raise
            return _existing(final, release_hash)
        _sync_folder(store)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return Release(final, manifest)


def open_release(path: Path, *, verify: bool = False) -> Release:
    """Open a release folder; `verify` also recomputes every hash. Raises ReleaseError with what to do."""
    manifest = read_manifest(path)
    if manifest.contract != CONTRACT_VERSION:
        raise ReleaseError(
            f"数据版本按 {manifest.contract} 写成，本软件使用 {CONTRACT_VERSION}", where=str(path),
            remedy="请用写出它的那一版软件打开，或用原表重新生成",
        )  # fmt: skip
    release = Release(path, manifest)
    for name in _TABLES:
        if not release.parquet(name).is_file():
            raise ReleaseError(f"数据版本缺少文件 {name}.parquet", where=str(path), why="目录不完整", remedy=_REMEDY)
    if verify:
        _verify(release)
    return release


def release_paths(store: Path) -> list[Path]:
    """The release folders of a store. Unfinished writes are not among them."""
    if not store.is_dir():
        raise ReleaseError("没有这个数据版本库", where=str(store), remedy="请核对路径；assess 命令会把数据版本写在输出目录里")
    return sorted(each.parent for each in store.glob(f"*/{MANIFEST}") if not each.parent.name.startswith("."))


def list_releases(store: Path) -> list[Release]:
    """All releases of a store, oldest first. Raises ReleaseError at the first damaged one."""
    return sorted(map(open_release, release_paths(store)), key=lambda release: (release.when.isoformat(), release.hash))


def find_release(text: str, store: Path | None = None) -> Release:
    """A release by its folder, or by the beginning of its hash within a store."""
    if (Path(text) / MANIFEST).is_file():
        return open_release(Path(text))
    if store is None:
        raise ReleaseError("找不到数据版本", where=text, remedy="请给出数据版本目录；用哈希开头查找时请加 --store 指明版本库")
    prefix = text.removeprefix("sha256:")[:16]
    matches = [path for path in release_paths(store) if prefix and path.name.startswith(prefix)]
    if len(matches) != 1:
        raise ReleaseError(
            f"哈希开头“{text}”对应 {len(matches)} 个数据版本", where=str(store),
            remedy="请多写几位哈希" if matches else "请用 junheng release list 查看已有版本",
        )  # fmt: skip
    return open_release(matches[0])


def _existing(path: Path, release_hash: str) -> Release:
    release = open_release(path, verify=True)
    if release.hash != release_hash:
        raise ReleaseError("同名的数据版本内容不同", where=str(path), why="目录被改动", remedy=_REMEDY)
    return release


def _verify(release: Release) -> None:
    for name in _TABLES:
        if hashlib.sha256(release.parquet(name).read_bytes()).hexdigest() != release.manifest.table_sha256.get(name):
            raise ReleaseError(
                f"{table(name).label}（{name}.parquet）与清单不符", where=str(release.path),
                why="文件在冻结之后被改动或损坏", remedy=_REMEDY,
            )  # fmt: skip
    found = content_hash(
        fact_columns(release.facts()), school_year=release.school_year, contract=release.manifest.contract,
        source_hashes=(source.sha256 for source in release.sources),
    )  # fmt: skip
    if found != release.hash:
        raise ReleaseError(
            "内容的哈希与清单所记不同", where=str(release.path), why=f"清单记为 {release.hash}，实算为 {found}", remedy=_REMEDY
        )


def _counties(facts: Facts) -> dict[str, str]:
    codes = {str(row["county_code"] or "") for name in ("school", "county", "judgement") for row in facts.rows(name)}
    names = {str(row["county_code"] or ""): str(row["county_name"] or "") for row in facts.county}
    return {code: names.get(code, "") for code in sorted(codes)}


def _write_tables(folder: Path, tables: list[Columns], facts: Facts) -> dict[str, str]:
    frames = {each.table.name: each.frame() for each in tables} | {"source_cell": source_cell_frame(facts.cells)}
    shas = {}
    for name, frame in frames.items():
        content = io.BytesIO()  # written here, so that a full disk is an OSError and not the writer's own
        frame.write_parquet(content)
        _write_synced(folder / f"{name}.parquet", content.getvalue())
        shas[name] = hashlib.sha256(content.getvalue()).hexdigest()
    return shas


def _read(path: Path) -> pl.DataFrame:
    try:
        return pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise ReleaseError(f"读不出 {path.name}", where=str(path.parent), why="文件缺失或损坏", remedy=_REMEDY) from error


def _clean(store: Path) -> None:
    """Remove what a killed process left behind. Recent ones may belong to a process still writing."""
    for left in store.glob(f"{_TEMPORARY}*"):
        if time.time() - left.stat().st_mtime > _STALE_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())


def _sync_folder(path: Path) -> None:
    if not hasattr(os, "O_DIRECTORY"):  # Windows has no handle to a folder
        return
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
