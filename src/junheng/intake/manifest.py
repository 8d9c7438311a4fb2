"""The manifest of a release: what it holds, from which files, who froze it and when."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from junheng.common.errors import ReleaseError
from junheng.common.findings import Finding, Level, Place
from junheng.intake.model import SourceFile, SourceKind

MANIFEST = "manifest.json"
_SCHEMA = "junheng.release/1"
_HASH = re.compile(r"sha256:[0-9a-f]{64}")


@dataclass(frozen=True)
class Manifest:
    """hash: "sha256:<64 hex>" of the content; table_sha256: plain hex of each Parquet file's bytes."""

    hash: str
    contract: str
    school_year: int
    counties: dict[str, str]
    row_counts: dict[str, int]
    table_sha256: dict[str, str]
    sources: list[SourceFile]
    findings: list[Finding]
    left_out: list[str]
    by: str
    when: datetime

    def to_json(self) -> str:
        return json.dumps(
            {
                "schema": _SCHEMA, "hash": self.hash, "contract": self.contract, "school_year": self.school_year,
                "counties": self.counties, "frozen_by": self.by, "frozen_at": self.when.isoformat(),
                "tables": {name: {"rows": rows, "sha256": self.table_sha256[name]} for name, rows in self.row_counts.items()},
                "sources": [
                    {"name": s.name, "sha256": s.sha256, "size_bytes": s.size_bytes, "kind": s.kind} for s in self.sources
                ],
                "left_out": self.left_out,
                "findings": [_finding_to_json(finding) for finding in self.findings],
            },
            ensure_ascii=False, indent=1,
        )  # fmt: skip


def read_manifest(folder: Path) -> Manifest:
    """Raises ReleaseError when there is none, or it cannot be read as one."""
    path = folder / MANIFEST
    if not path.is_file():
        raise ReleaseError("这里没有数据版本", where=str(folder), why=f"缺少 {MANIFEST}", remedy="请核对路径")
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        if read["schema"] != _SCHEMA or not _HASH.fullmatch(read["hash"]):
            raise ValueError("schema or hash")
        return _from_json(read)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReleaseError(
            "数据版本的清单读不出来", where=str(path), why=f"清单残缺或被改动（{type(error).__name__}：{error}）",
            remedy="请从备份恢复该目录，或用原表重新生成数据版本",
        ) from error  # fmt: skip


def _from_json(read: dict[str, Any]) -> Manifest:
    return Manifest(
        hash=read["hash"],
        contract=read["contract"],
        school_year=int(read["school_year"]),
        counties=dict(read["counties"]),
        row_counts={name: int(each["rows"]) for name, each in read["tables"].items()},
        table_sha256={name: str(each["sha256"]) for name, each in read["tables"].items()},
        sources=[SourceFile(s["name"], s["sha256"], s["size_bytes"], SourceKind(s["kind"])) for s in read["sources"]],
        findings=[_finding_from_json(each) for each in read["findings"]],
        left_out=list(read["left_out"]),
        by=read["frozen_by"],
        when=datetime.fromisoformat(read["frozen_at"]),
    )


def _finding_to_json(finding: Finding) -> dict[str, str]:
    place = finding.place
    return {
        "level": finding.level, "rule": finding.rule, "file": place.file, "sheet": place.sheet, "cell": place.cell,
        "field": finding.field, "message": finding.message, "remedy": finding.remedy,
        "school_code": finding.school_code, "campus": finding.campus,
    }  # fmt: skip


def _finding_from_json(read: dict[str, str]) -> Finding:
    return Finding(
        Level(read["level"]), read["rule"], Place(read["file"], read["sheet"], read["cell"]), read["message"],
        read["remedy"], read["field"], read["school_code"], read["campus"],
    )  # fmt: skip
