"""From an uploaded file to a draft of a version; what cannot be taken is refused in the reader's own words."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from junheng.common.errors import UserError
from junheng.intake.checks import run_checks
from junheng.intake.model import sorted_findings
from junheng.reports.text import clean
from junheng.web.areas.models import Unit
from junheng.web.reporting.actions.versions import Draft
from junheng.web.reporting.completing import complete
from junheng.web.reporting.handed import Handed, Sorted, read_handed_in
from junheng.web.reporting.last_year import last_year_of
from junheng.web.reporting.models import Origin, Submission

_LONGEST = 80


def file_name(name: str) -> str:
    """The file's own name: no path, no control characters, never hidden, its ending kept."""
    bare = clean(PurePosixPath(name.replace("\\", "/")).name).strip().lstrip(".~") or "上传文件"
    stem, suffix = PurePosixPath(bare).stem, PurePosixPath(bare).suffix
    return f"{stem[:_LONGEST]}{suffix[:10]}"


@contextmanager
def unpacked(name: str, data: bytes) -> Iterator[Path]:
    """The file alone in a folder of its own, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="junheng-upload-") as folder:
        (Path(folder) / file_name(name)).write_bytes(data)
        yield Path(folder)


def draft_of(submission: Submission, name: str, data: bytes, sha256: str) -> Draft:
    """Raises UserError when the file holds nothing of this unit for this school year."""
    county = submission.unit if submission.is_county else Unit.objects.get(code=submission.county_code)
    schools = [] if submission.is_county else [submission.unit]
    with unpacked(name, data) as folder:
        found = read_handed_in(folder, county, schools, submission.round.school_year)
    handed = found.by_unit.get(submission.unit_id)
    if handed is None:
        raise _refused(submission, name, found)
    return drafted(submission, handed, sha256)


def drafted(submission: Submission, handed: Handed, sha256: str = "") -> Draft:
    """What one unit hands in, with every rule checked against last year's figures. Raises UserError for another year's."""
    other_year = next((each for each in handed.findings if each.rule == "E-other-school-year"), None)
    if other_year is not None:
        raise UserError(f"没有采用：{other_year.text.rstrip('。')}", remedy="已有的数据没有改动")
    if submission.latest is not None:
        complete(handed, submission.latest)
    checked = run_checks(handed.facts, last_year_of(submission.round, handed.unit))
    return Draft(
        Origin.UPLOAD, handed.facts, sorted_findings([*handed.findings, *checked]), handed.sources, handed.left_out,
        file_name="、".join(dict.fromkeys(handed.files)), file_sha256=sha256 or (handed.sources[0].sha256 if handed.sources else ""),
    )  # fmt: skip


def _refused(submission: Submission, name: str, found: Sorted) -> UserError:
    told = found.strange or [each.text for each in found.intake.findings] or found.intake.left_out
    why = "；".join(dict.fromkeys(each.rstrip("。") for each in told[:3])) or "文件里没有填报数据"
    what = "县级填报表" if submission.is_county else f"{submission.unit.name}（{submission.unit.code}）的数据"
    return UserError(f"没有采用：文件里没有{what}", where=f"《{file_name(name)}》", why=why, remedy="已有的数据没有改动；请核对文件后重新上传")
