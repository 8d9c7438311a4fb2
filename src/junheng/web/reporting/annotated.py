"""The workbook a unit uploaded last, given back with every finding at its cell."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from junheng.intake.annotate import LEFT_OVER_FILE, annotate
from junheng.web.reporting import stored
from junheng.web.reporting.models import Submission
from junheng.web.store import content


@dataclass(frozen=True)
class Copy:
    name: str
    content: bytes


def annotated_copy(submission: Submission) -> Copy | None:
    """None while nothing was uploaded. Where no finding is about the file itself, all of them come on a sheet of their own."""
    version = submission.latest
    sources = stored.sources_from(version.sources) if version else []
    if version is None or not sources:
        return None
    with tempfile.TemporaryDirectory(prefix="junheng-annotate-") as folder:
        root, out = Path(folder) / "in", Path(folder) / "out"
        for source in sources:
            path = root / source.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content(source.sha256))
        written = annotate(root, version.read_findings(), out)
        if not written:
            return Copy(Path(sources[0].name).name, content(sources[0].sha256))
        path = next((each for each in written if each.name != LEFT_OVER_FILE), written[0])
        return Copy(f"批注-{path.name}", path.read_bytes())
