"""The main way in one function: files in, every report out; nothing half-written.

Everything is written into a folder beside the target first and moved there when it is whole.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from junheng.common.errors import IntakeError
from junheng.common.findings import Finding
from junheng.common.school_years import as_of_date
from junheng.engine.measure import measure
from junheng.intake.assemble import Progress, read_folder
from junheng.intake.checks import run_checks
from junheng.intake.model import Intake, sorted_findings
from junheng.intake.release import Release, freeze
from junheng.intake.release_split import split_by_county
from junheng.judging.county import Judgement, judge
from junheng.judging.result import CountyVerdict
from junheng.policy import resolve_many
from junheng.policy.in_force import PolicyInForce
from junheng.reports.write_all import write_province, write_reports

DETAIL_SCHEMA = "junheng.detail/1"
DETAIL = "detail.json"
_RELEASES = "releases"


@dataclass(frozen=True)
class Request:
    """What is to be assessed. policy: pack id or YAML file; school_year: None = as the county forms say;
    previous: last year's release, for the year-on-year checks."""

    paths: Sequence[Path]
    out: Path
    policy: str
    engine: str
    school_year: int | None
    by: str
    when: datetime
    previous: Release | None = None


@dataclass
class Outcome:
    """What came of it. verdicts, folders: by county code; findings: all of them, worst first."""

    verdicts: dict[str, CountyVerdict] = field(default_factory=dict)
    folders: dict[str, Path] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def assess(request: Request, on_read: Progress, on_county: Callable[[str], None]) -> Outcome:
    """Read, check, freeze, measure, judge, report. Nothing is written when no school could be read."""
    intake = read_folder(request.paths, request.school_year, on_read)
    earlier = request.previous.facts() if request.previous else None
    intake.findings = sorted_findings([*intake.findings, *run_checks(intake.facts, earlier)])
    outcome = Outcome(findings=intake.findings, left_out=intake.left_out)
    if not intake.facts.school:
        return outcome
    with _Staging(request.out) as staging:
        releases = {
            code: (part, freeze(part, staging / _RELEASES, by=request.by, when=request.when))
            for code, part in split_by_county(intake).items()
        }
        outcome.verdicts = report(staging, releases, request.policy, request.engine, on_county, outcome.findings)
    several = len(outcome.verdicts) > 1
    outcome.folders = {code: request.out / code if several else request.out for code in outcome.verdicts}
    return outcome


def report(
    out: Path, releases: Mapping[str, tuple[Intake, Release]], policy: str, engine: str, on_county: Callable[[str], None],
    findings: list[Finding],
) -> dict[str, CountyVerdict]:  # fmt: skip
    """Measure and judge frozen releases and write every report below `out`; one county's straight into it.

    releases: county code → what was read and the release it became, inside `out`. Judging's own findings are added
    to `findings`.
    """
    years = {intake.facts.school_year for intake, _ in releases.values()}
    if len(years) != 1:
        raise IntakeError("数据属于不同的学年", why=f"读到 {sorted(years)}", remedy="请用 --school-year 指明一个学年")
    (school_year,) = years
    policies = resolve_many(policy, tuple(releases), as_of_date(school_year))
    hashes = {code: release.hash for code, (_, release) in releases.items()}
    measured = measure([release.path for _, release in releases.values()], policies, school_year, engine, hashes)
    judgement = judge(measured, policies.__getitem__)
    verdicts: dict[str, CountyVerdict] = {}
    for code, (intake, release) in releases.items():
        folder = out / code if len(releases) > 1 else out
        verdicts[code] = _report_county(folder, judgement, code, policies[code], intake, release, policy, findings)
        on_county(verdicts[code].county_name or code)
    if len(releases) > 1:
        write_province(out, verdicts, policies)
    return verdicts


def _report_county(
    folder: Path, judgement: Judgement, code: str, policy: PolicyInForce, intake: Intake, release: Release, pack: str,
    findings: list[Finding],
) -> CountyVerdict:  # fmt: skip
    verdict = judgement.county(code)
    judged = judgement.findings(code)
    findings += judged
    folder.mkdir(parents=True, exist_ok=True)
    write_reports(folder, verdict, intake.facts, sorted_findings([*intake.findings, *judged]), policy)
    detail = detail_document(verdict, policy, release, folder, pack, intake.left_out)
    (folder / DETAIL).write_text(json.dumps(detail, ensure_ascii=False, indent=1), "utf-8")
    return verdict


def detail_document(
    verdict: CountyVerdict, policy: PolicyInForce, release: Release, folder: Path, pack: str, left_out: Sequence[str]
) -> dict[str, Any]:
    """detail.json: what a person needs to recompute result.json, and what the public contract has no room for."""
    return {
        "schema": DETAIL_SCHEMA,
        "unit": {"code": verdict.county_code, "name": verdict.county_name},
        "school_year": verdict.school_year,
        "policy": {"pack": pack, "area": policy.area_code, "as_of": str(policy.as_of), "overlays": list(policy.overlays)},
        "release": {"path": os.path.relpath(release.path, folder), "hash": release.hash, "formal": release.is_formal},
        "engine": verdict.engine,
        "reasons": list(verdict.reasons),
        "unverified": list(verdict.unverified),
        "exceptions": list(verdict.exceptions),
        "left_out": list(left_out),
    }


class _Staging:
    """A folder beside the target, whose entries replace the target's when the block ends without an error."""

    def __init__(self, out: Path) -> None:
        self._out = out

    def __enter__(self) -> Path:
        self._out.parent.mkdir(parents=True, exist_ok=True)
        self._folder = Path(tempfile.mkdtemp(prefix=f".{self._out.name}-", dir=self._out.parent))
        return self._folder

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._publish()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _publish(self) -> None:
        """Releases are added to those already there; the results that name them go last."""
        self._out.mkdir(exist_ok=True)
        (self._out / _RELEASES).mkdir(exist_ok=True)
        for release in (self._folder / _RELEASES).iterdir():
            if not (self._out / _RELEASES / release.name).exists():
                release.rename(self._out / _RELEASES / release.name)
        shutil.rmtree(self._folder / _RELEASES)
        for entry in sorted(self._folder.iterdir(), key=lambda path: path.suffix == ".json"):
            target = self._out / entry.name
            if target.is_dir():
                shutil.rmtree(target)
            os.replace(entry, target)
