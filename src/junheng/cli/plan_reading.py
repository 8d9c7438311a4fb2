"""What `junheng plan` commands read: one county's facts, from a release or from the folder it hands in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from junheng.common.errors import UserError
from junheng.intake.assemble import read_folder
from junheng.intake.checks import run_checks
from junheng.intake.manifest import MANIFEST
from junheng.intake.model import sorted_findings
from junheng.intake.release import Release
from junheng.intake.release_split import split_by_county
from junheng.judging.rejudge import find_releases
from junheng.planners.county_facts import CountyFacts, facts_of_release, not_counted
from junheng.planners.model import Scope


def facts_for(scope: Scope, paths: Sequence[Path], school_year: int | None, county: str) -> list[CountyFacts]:
    """What a planner of this scope reads. county: code, "" = the only one, or all of them."""
    return [county_facts(paths, school_year, county)] if scope is Scope.COUNTY else some_county_facts(paths, school_year, county)


def county_facts(paths: Sequence[Path], school_year: int | None = None, county: str = "") -> CountyFacts:
    """The facts of one county. county: its code, needed when there are several. Raises UserError when it is not clear which."""
    found = all_county_facts(paths, school_year)
    chosen = [each for each in found if each.code == county] if county else found
    if len(chosen) != 1:
        codes = "、".join(sorted({each.code or "未知区县" for each in found})[:10])
        raise UserError("读到的不是一个县（市、区）的一份数据", why=f"读到 {codes or '没有学校'}", remedy="请给出一个县的文件夹或数据版本，或用 --county 指明代码")
    return chosen[0]


def some_county_facts(paths: Sequence[Path], school_year: int | None = None, county: str = "") -> list[CountyFacts]:
    """The facts of all counties, or of the one with this code, of one school year. Raises UserError when there are none, or several years."""
    found = [each for each in all_county_facts(paths, school_year) if county in ("", each.code)]
    if not found or len({each.facts.school_year for each in found}) != 1:
        raise UserError("没有读到要预测的县，或各县不是同一学年" if found else "没有读到要预测的县（市、区）", remedy="请核对文件夹、数据版本和 --county")
    return found


def all_county_facts(paths: Sequence[Path], school_year: int | None = None) -> list[CountyFacts]:
    """Every county's facts, by code; of several releases of a county the latest."""
    return _releases(paths) if any(_has_release(path) for path in paths) else _workbooks(paths, school_year)


def _has_release(path: Path) -> bool:
    return path.is_dir() and ((path / MANIFEST).is_file() or any(path.glob(f"*/{MANIFEST}")) or any(path.glob(f"releases/*/{MANIFEST}")))


def _releases(paths: Sequence[Path]) -> list[CountyFacts]:
    latest: dict[str, Release] = {}
    for release in find_releases(paths):
        for code in release.counties:
            if code not in latest or (release.school_year, release.when) > (latest[code].school_year, latest[code].when):
                latest[code] = release
    return [each for code, release in latest.items() for each in facts_of_release(release, frozenset({code}))]


def _workbooks(paths: Sequence[Path], school_year: int | None) -> list[CountyFacts]:
    intake = read_folder(paths, school_year, lambda *_: None)
    intake.findings = sorted_findings([*intake.findings, *run_checks(intake.facts)])
    out = []
    for code, part in split_by_county(intake).items():
        errors = sum(each.level == "error" for each in part.findings)
        warnings = [*not_counted(part.left_out)]
        if errors:
            warnings.append(f"上报数据有 {errors} 处错误级发现，方案按现有数字计算；请先用 junheng check 核对。")
        out.append(CountyFacts(code, part.facts, "", tuple(warnings)))
    return out
