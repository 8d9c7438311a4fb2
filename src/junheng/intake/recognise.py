"""识别: what each file is, by what stands in it, and its rows as records. A file never makes reading stop."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from junheng.common.findings import Finding, Place
from junheng.intake.guards import MAX_BYTES, RejectedFileError, check_size, unreadable
from junheng.intake.judgement_sheet import read_judgements
from junheng.intake.labels import normalise
from junheng.intake.model import SourceFile, SourceKind
from junheng.intake.reading_rules import finding
from junheng.intake.records import Record, SheetAt, SheetOutcome
from junheng.intake.vertical import looks_headless, read_vertical
from junheng.intake.wide import read_wide
from junheng.intake.workbook import Sheet, read_sheets

_READERS: tuple[Callable[[SheetAt], SheetOutcome | None], ...] = (read_vertical, read_judgements, read_wide)
_NOT_DATA = frozenset({"指标计算说明", "特殊情况说明", "需上传材料说明", "填表说明", "填报说明", "代码表", "选项", "上年数据", "校核结果"})
"""Sheets of the official forms, of our templates and of annotated workbooks that report nothing."""


@dataclass
class ReadFile:
    """A file as read. folder: where it lies, for finding its county; recognised: some sheet is a known table, if a blank one."""

    source: SourceFile
    folder: Path
    records: list[Record] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    recognised: bool = False


def read_file(path: Path, name: str, folder: Path) -> ReadFile:
    """name: as findings show it. What is wrong with the file is among its findings."""
    sha256, size = hashlib.sha256().hexdigest(), 0
    try:
        if path.exists() and not path.is_file():
            raise unreadable()  # a pipe or a device: opening it would wait for ever
        size = path.stat().st_size
        if size > MAX_BYTES:
            sha256 = _sha256(path)
            check_size(size)
        data = path.read_bytes()
        sha256, size = hashlib.sha256(data).hexdigest(), len(data)
        sheets = read_sheets(data, path.suffix.lower())
    except OSError:
        return _rejected(SourceFile(name, sha256, size, SourceKind.UNREADABLE), folder, unreadable())
    except RejectedFileError as error:
        return _rejected(SourceFile(name, sha256, size, SourceKind.UNREADABLE), folder, error)
    read = ReadFile(SourceFile(name, sha256, size, SourceKind.UNREADABLE), folder)
    for sheet in sheets:
        _read_sheet(SheetAt(name, sheet), read)
    if read.records:
        kind = next((each.kind for each in read.records if each.table != "judgement"), read.records[0].kind)
        read.source = SourceFile(name, sha256, size, kind)
    elif not read.recognised and not read.findings:
        _nothing_known(read, sheets, name)
    return read


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _rejected(source: SourceFile, folder: Path, error: RejectedFileError) -> ReadFile:
    problem = finding(error.rule, Place(source.name), f"{error.what}，没有读入", error.remedy)
    return ReadFile(source, folder, findings=[problem], left_out=[f"《{source.name}》：{error.what}，未读入。"])


def _read_sheet(at: SheetAt, read: ReadFile) -> None:
    if normalise(at.sheet.name) in _NOT_DATA or not at.sheet.rows:
        return
    for reader in _READERS:
        outcome = reader(at)
        if outcome is not None:
            read.recognised = True
            if reader is read_wide and not outcome.records and not outcome.findings:
                read.findings.append(finding("E-blank-form", at.here(), "表里没有一行数据，没有采用", "请填写后重新上报"))
            read.records.extend(outcome.records)
            read.findings.extend(outcome.findings)
            read.left_out.extend(outcome.left_out)
            if at.sheet.hidden and outcome.records:
                read.findings.append(finding("W-hidden-sheet", at.here(), f"“{at.sheet.name}”是隐藏的工作表，其中的数据已读入",
                                             "请核对是否有意；不用的请删除"))  # fmt: skip
            return
    if looks_headless(at):
        read.findings.append(finding("E-header-missing", at.here(), "列有填报项目，但找不到“填报项目”“填报值”表头，没有读入",
                                     "请恢复表头一行，或改用官方表格"))  # fmt: skip
    if not at.sheet.hidden or looks_headless(at):
        where = f"《{at.file}》" + (f"工作表“{at.sheet.name}”" if at.sheet.name else "")
        read.left_out.append(f"{where}：不是可识别的填报表，未采用。")


def _nothing_known(read: ReadFile, sheets: list[Sheet], name: str) -> None:
    names = "、".join(f"“{sheet.name}”" for sheet in sheets if sheet.name)
    found = f"现有工作表{names}" if names else "内容不是填报表"
    read.findings.append(finding("E-unknown-sheet", Place(name), f"没有找到可识别的填报表（{found}）",
                                 "请使用官方表格，保留“学校填报数据”或“区县填报数据”工作表"))  # fmt: skip
    read.left_out.append(f"《{name}》：没有可识别的填报表，未采用。")
