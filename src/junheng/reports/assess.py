"""The main way in one function: files in, every report out; nothing half-written.

Everything is written into a folder beside the target first and moved there when it is whole.
"""

from __future__ import annotations

import json
import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from junheng.common.errors import IntakeError
from junheng.common.findings import Finding
from junheng.common.school_years import as_of_date
from junheng.engine.measure import measure
from junheng.intake.assemble import Progress, read_folder
from junheng.intake.checks import run_checks
from junheng.intake.model import Facts, Intake, sorted_findings
from junheng.intake.release import Release, freeze
from junheng.intake.release_split import split_by_county
from junheng.intake.unassessed import unassessed
from junheng.judging.county import Judgement, judge
from junheng.judging.result import CountyVerdict
from junheng.policy import resolve_many
from junheng.policy.in_force import PolicyInForce
from junheng.reports.further_measures import county_measures
from junheng.reports.staging import DETAIL, RELEASES, Staging, county_folder, refuse_out
from junheng.reports.write_all import write_province, write_reports

DETAIL_SCHEMA = "junheng.detail/1"
Step = Callable[[str], None]
Frozen = Mapping[str, tuple[Intake, Release]]
"""County code → what was read, and the release it became."""
_WORTH_PROCESSES = 6


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


def assess(request: Request, on_read: Progress, on_county: Step) -> Outcome:
    """Read, check, freeze, measure, judge, report. Nothing is written when no school could be read."""
    refuse_out(request.out, request.paths)
    intake = read_folder(request.paths, request.school_year, on_read)
    earlier = request.previous.facts() if request.previous else None
    intake.findings = sorted_findings([*intake.findings, *run_checks(intake.facts, earlier)])
    outcome = Outcome(findings=intake.findings, left_out=intake.left_out)
    if not intake.facts.school:
        return outcome

    def freeze_all(store: Path) -> Frozen:
        return {
            code: (part, freeze(part, store, by=request.by, when=request.when))
            for code, part in split_by_county(intake).items()
        }

    outcome.verdicts = evaluate_releases(request.out, freeze_all, request.policy, on_county, request.engine, outcome.findings)
    several = len(outcome.verdicts) > 1
    outcome.folders = {code: request.out / county_folder(code) if several else request.out for code in outcome.verdicts}
    return outcome


def evaluate_releases(
    out: Path, freeze_all: Callable[[Path], Frozen], policy: str, on_county: Step, engine: str = "duckdb",
    findings: list[Finding] | None = None,
) -> dict[str, CountyVerdict]:  # fmt: skip
    """Measure and judge what `freeze_all` freezes into the store it is given, and write every report below `out`:
    one county's straight into it, several counties' into a folder each, with a page over them.

    findings: judging's own findings are added to it. Raises IntakeError when the counties' school years differ.
    """
    with Staging(out) as staging:
        frozen = freeze_all(staging / RELEASES)
        judgement, policies = _judge(frozen, policy, engine)
        jobs = [
            _Job(staging / county_folder(code) if len(frozen) > 1 else staging, judgement.county(code), policies[code], intake, release,
                 policy, _placed(judgement.findings(code), intake.facts, code), county_measures(judgement.measured, intake.facts, policies[code], code))
            for code, (intake, release) in frozen.items()
        ]  # fmt: skip
        for job in _each_done(jobs):
            on_county(job.verdict.county_name or job.verdict.county_code)
        verdicts = {job.verdict.county_code: job.verdict for job in jobs}
        if len(jobs) > 1:
            write_province(staging, verdicts, policies, judgement)
    if findings is not None:
        findings += [finding for job in jobs for finding in job.judged]
    return verdicts


def _placed(findings: Sequence[Finding], facts: Facts, county: str) -> tuple[Finding, ...]:
    """Judging knows which school's which line it speaks of; here the cell is known too."""
    return tuple(
        replace(each, place=facts.place_of("school", (county, each.school_code, each.campus, ""), each.field)) if each.school_code else each
        for each in findings
    )


def _judge(frozen: Frozen, pack: str, engine: str) -> tuple[Judgement, Mapping[str, PolicyInForce]]:
    years = {intake.facts.school_year for intake, _ in frozen.values()}
    if len(years) != 1:
        raise IntakeError("数据属于不同的学年", why=f"读到 {sorted(years)}", remedy="请用 --school-year 指明一个学年")
    (school_year,) = years
    policies = resolve_many(pack, tuple(frozen), as_of_date(school_year))
    hashes = {code: release.hash for code, (_, release) in frozen.items()}
    measured = measure([release.path for _, release in frozen.values()], policies, school_year, engine, hashes)
    left_out = {code: what for code, (intake, _) in frozen.items() if (what := unassessed(intake.findings, intake.sources))}
    return judge(measured, policies.__getitem__, left_out), policies


@dataclass(frozen=True)
class _Job:
    """The reports of one county. judged: findings made by judging; further: measures for reference."""

    folder: Path
    verdict: CountyVerdict
    policy: PolicyInForce
    intake: Intake
    release: Release
    pack: str
    judged: tuple[Finding, ...]
    further: Mapping[str, Any]

    def write(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        findings = sorted_findings([*self.intake.findings, *self.judged])
        write_reports(self.folder, self.verdict, self.intake.facts, findings, self.policy, further=self.further)
        detail = detail_document(self.verdict, self.policy, self.release, self.folder, self.pack, self.intake.left_out)
        detail["further_measures"] = self.further
        (self.folder / DETAIL).write_text(json.dumps(detail, ensure_ascii=False, indent=1), "utf-8")


def _each_done(jobs: Sequence[_Job]) -> Iterator[_Job]:
    """Write the counties, several at a time when there are enough of them to pay for the processes."""
    if len(jobs) < _WORTH_PROCESSES:
        for job in jobs:
            job.write()
            yield job
        return
    # Spawned, not forked: the engines hold threads that a fork would not carry over.
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as pool:
        waiting = {pool.submit(job.write): job for job in jobs}
        for done in as_completed(waiting):
            done.result()
            yield waiting[done]


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
        "stages": {str(stage): str(each.verdict) for stage, each in verdict.stages.items()},
        "reasons": list(verdict.reasons),
        "unverified": list(verdict.unverified),
        "exceptions": list(verdict.exceptions),
        "left_out": list(left_out),
        "unassessed": list(verdict.unassessed),
        "by_school": by_school(verdict),
    }


def by_school(verdict: CountyVerdict) -> dict[str, Any]:
    """"criterion/indicator/stage" of every demand on each school → the schools that fail it, and those that meet it."""
    return {
        f"{criterion.id}/{each.indicator}/{each.stage}": {"failing": list(each.failing), "met": list(each.met)}
        for criterion in verdict.criteria.values() for each in criterion.demands if each.met is not None
    }  # fmt: skip
