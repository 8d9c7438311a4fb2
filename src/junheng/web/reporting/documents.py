"""Every report document of a frozen release, in one .zip."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from junheng.reports.write_all import write_reports
from junheng.web.reporting.frozen import reopened
from junheng.web.reporting.models import CountyRelease

Step = Callable[[str, int, int], None]


def documents_of(frozen: CountyRelease, on_step: Step | None = None) -> bytes:
    """申报表, 学校自评表, the lists, 自评报告, result.json and index.html, written anew from the bytes in the store."""
    outcome = reopened(frozen)
    out = io.BytesIO()
    with tempfile.TemporaryDirectory(prefix="junheng-documents-") as name:
        folder = Path(name)
        write_reports(folder, outcome.verdict, outcome.facts, outcome.findings, outcome.policy, on_step, outcome.further)
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    archive.write(path, path.relative_to(folder).as_posix())
    return out.getvalue()
