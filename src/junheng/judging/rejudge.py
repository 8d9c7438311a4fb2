"""Judge frozen releases under two policies and list every verdict that changes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from junheng.common.errors import ReleaseError
from junheng.common.school_years import as_of_date
from junheng.common.stages import COMPULSORY_STAGES
from junheng.engine.compile import measuring_key
from junheng.engine.measure import measure
from junheng.intake.manifest import MANIFEST
from junheng.intake.release import Release, open_release
from junheng.intake.unassessed import unassessed
from junheng.judging.balance import STAGES
from junheng.judging.columns import JudgedColumns
from junheng.judging.compare import verdict_of
from junheng.judging.county import Judgement, judge
from junheng.judging.criterion_detail import school_key
from junheng.judging.result import Verdict
from junheng.policy import resolve_many

Item = tuple[str, str, str]
"""(kind, stage, id): ("county", "", ""), ("cv", stage, indicator), ("composite", stage, ""), ("school", stage, school
key) or ("criterion", "", criterion id)."""


@dataclass(frozen=True)
class Change:
    """One verdict that is another under the second policy. name: the school's or item's Chinese name."""

    school_year: int
    county_code: str
    county_name: str
    kind: str
    stage: str
    id: str
    name: str
    old: Verdict
    new: Verdict


@dataclass(frozen=True)
class Rejudgement:
    """What came of judging twice. counties: how many were judged; superseded: release folders left aside because a
    later release holds the same county and school year; only_old, only_new: items that just one policy judges."""

    counties: int
    changes: tuple[Change, ...]
    superseded: tuple[Path, ...]
    only_old: tuple[Item, ...]
    only_new: tuple[Item, ...]


def find_releases(paths: Sequence[Path]) -> list[Release]:
    """Every release at or below the paths (release folders, stores, or the output folders of `assess`)."""
    folders = {Path(found) for path in paths for found in _folders(path)}
    if not folders:
        raise ReleaseError("没有找到数据版本", where="、".join(map(str, paths)), why=f"这些目录里没有 {MANIFEST}",
                           remedy="请给出数据版本目录、版本库，或 junheng assess 的输出目录")  # fmt: skip
    return [open_release(folder) for folder in sorted(folders)]


def _folders(path: Path) -> Iterator[str]:
    for folder, inside, files in os.walk(path):
        inside[:] = [name for name in inside if not name.startswith(".")]
        if MANIFEST in files:
            inside.clear()
            yield folder


def rejudge(releases: Sequence[Release], policy_a: str | Path, policy_b: str | Path, engine: str = "duckdb") -> Rejudgement:
    """Compare the verdicts under two policies (pack ids or files), school year by school year. Raises PolicyError for a
    policy that has no value on a year's day."""
    kept, superseded = _latest(releases)
    changes: list[Change] = []
    only: tuple[set[Item], set[Item]] = (set(), set())
    counties = 0
    for year in sorted({release.school_year for release in kept}):
        of_year = [release for release in kept if release.school_year == year]
        old, new = _judge_both(of_year, year, policy_a, policy_b, engine)
        counties += len(old.county_codes)
        for code in old.county_codes:
            before, after = items(old, code), items(new, code)
            only[0].update(_general(before.keys() - after.keys()))
            only[1].update(_general(after.keys() - before.keys()))
            changes += changes_of(old, code, before, after)
    return Rejudgement(counties, tuple(changes), tuple(superseded), tuple(sorted(only[0])), tuple(sorted(only[1])))


def _latest(releases: Sequence[Release]) -> tuple[list[Release], list[Path]]:
    kept: list[Release] = []
    superseded: list[Path] = []
    taken: set[tuple[int, str]] = set()
    for release in sorted(releases, key=lambda each: (each.when.isoformat(), each.hash), reverse=True):
        held = {(release.school_year, code) for code in release.counties}
        if held & taken:
            superseded.append(release.path)
        else:
            kept.append(release)
            taken |= held
    return kept, superseded


def _judge_both(releases: list[Release], year: int, a: str | Path, b: str | Path, engine: str) -> tuple[Judgement, Judgement]:
    """Measured once where the policies measure alike."""
    codes = tuple(code for release in releases for code in release.counties)
    hashes = {code: release.hash for release in releases for code in release.counties}
    folders = [release.path for release in releases]
    first, second = (resolve_many(each, codes, as_of_date(year)) for each in (a, b))
    measured = measure(folders, first, year, engine, hashes)
    alike = all(measuring_key(first[code]) == measuring_key(second[code]) for code in codes)
    again = measured if alike else measure(folders, second, year, engine, hashes)
    left_out = {code: what for each in releases if (what := unassessed(each.findings, each.sources)) for code in each.counties}
    return judge(measured, first.__getitem__, left_out), judge(again, second.__getitem__, left_out)


def items(judgement: Judgement, county_code: str) -> dict[Item, tuple[str, Verdict]]:
    """Everything judged of a county: item → (Chinese name, verdict)."""
    judged, at = judgement.place(county_code)
    out: dict[Item, tuple[str, Verdict]] = {("county", "", ""): ("总结论", verdict_of(judged.verdict[at]))}
    for each in judged.criteria:
        out["criterion", "", each.criterion.id] = (each.criterion.title, verdict_of(each.conclusion[at]))
    for position, stage in enumerate(COMPULSORY_STAGES):
        out |= _stage_items(judged, at * STAGES + position, str(stage))
    return out


def _stage_items(judged: JudgedColumns, group: int, stage: str) -> dict[Item, tuple[str, Verdict]]:
    out: dict[Item, tuple[str, Verdict]] = {}
    if judged.composite is not None:
        out["composite", stage, ""] = ("综合差异系数", verdict_of(judged.composite[group]))
    for number, resource in enumerate(judged.policy.resources if judged.composite is None else ()):
        out["cv", stage, resource.indicator] = (resource.title, verdict_of(judged.balance.verdict[group, number]))
    rows, at = judged.counties.school_stage.rows, judged.counties.school_stage.at
    if judged.policy.school_rule is not None:
        for row in (row for part in judged.balance.members.get(group, ()) for row in part):
            key = school_key(rows.school_code[at[row]], rows.campus[at[row]])
            out["school", stage, key] = (str(rows.school_name[at[row]] or key), verdict_of(judged.schools.verdict[row]))
    return out


def _general(found: set[Item]) -> set[Item]:
    """Without single schools: a rule for schools is there or not, and exclusions differ school by school."""
    return {(kind, stage, "" if kind == "school" else id) for kind, stage, id in found}


def changes_of(
    old: Judgement, code: str, before: Mapping[Item, tuple[str, Verdict]], after: Mapping[Item, tuple[str, Verdict]]
) -> Iterator[Change]:
    """What came out otherwise for one county. before, after: its `items`; what only one of them judges is left aside."""
    county, year = old.measured.county_names.get(code, ""), old.measured.school_year
    for item, (name, verdict) in before.items():
        if item in after and after[item][1] is not verdict:
            kind, stage, id = item
            yield Change(year, code, county, kind, stage, id, name, verdict, after[item][1])

